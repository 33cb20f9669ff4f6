#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/kernel/formula.h"

namespace mlw {

/// What a column means to the workflow. `id`, `weight`, key and time columns are never inputs.
enum class ColumnKind : uint8_t { number, integer, category, ordinal, flag, text, date, id, weight };
std::string_view name(ColumnKind kind);
/// The type of the column's values in formulas.
ValueType value_type(ColumnKind kind);

/// One column as found in the data, or as declared.
struct ColumnSchema {
  std::string name;
  ColumnKind kind = ColumnKind::number;
  std::string unit;
  bool inferred = true;               ///< the kind was inferred, not declared
  std::string reason;                 ///< why this kind was inferred, for people
  std::string storage;                ///< DuckDB's type as read: "DOUBLE", "BIGINT", "VARCHAR" …
  int64_t distinct = -1;              ///< number of different values, where counted
  int64_t missing = -1;               ///< rows without a value, where counted
  double rarest_share = -1;           ///< share of the rows with the least frequent value, where counted (values of a target)
  std::vector<std::string> categories;  ///< of a category, ordinal or flag written as text, sorted; at most 1,000 (then empty)
};

/// The columns of one data block.
struct Schema {
  std::string data;                   ///< name of the data block
  std::vector<ColumnSchema> columns;
  int64_t rows = -1;

  const ColumnSchema* find(std::string_view name) const;
};

}  // namespace mlw
