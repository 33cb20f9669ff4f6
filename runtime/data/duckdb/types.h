#pragma once

#include <duckdb.h>

#include <optional>
#include <string>

#include "runtime/data/column.h"

namespace mlw::duckdb_reader {

/// How a DuckDB type is asked for and taken into a column of ours.
struct TypePlan {
  duckdb_type type = DUCKDB_TYPE_INVALID;  ///< as it arrives, after `cast`
  std::string cast;                        ///< SQL type that it is cast to first; empty: as it is
  Storage storage = Storage::float64;
  bool date = false;
  duckdb_type internal = DUCKDB_TYPE_INVALID;  ///< of a decimal: the integer that carries it
  int scale = 0;                               ///< of a decimal
};

/// Nothing when the type has no place in a table (lists, structs, bytes).
std::optional<TypePlan> plan_type(duckdb_logical_type type);
/// DuckDB's name of a type: "DECIMAL(18,3)".
std::string type_name(duckdb_logical_type type);

}  // namespace mlw::duckdb_reader
