#pragma once

#include <string>
#include <vector>

#include "runtime/data/csv_source.h"

namespace mlw {

/// Fields of one column that could not be read as its type.
struct Misfits {
  std::string column;
  std::string type;  ///< that was asked for: "DOUBLE", "TIMESTAMP"
  int64_t count = 0;
  int64_t present = 0;             ///< fields that are not missing, misfits among them
  std::vector<std::string> first;  ///< at most three: "data.csv:1042 column age: \"n/a\" is not a number"
};

/// Reads all files once with the plan's types and gives the columns that have misfits.
std::vector<Misfits> find_misfits(QueryEngine& engine, const CsvPlan& plan);

/// After a conversion failed: finds types that all rows fit, and reports columns that are nearly of one type (D105) or
/// partly (D012). A declared type that does not fit is an error.
void settle_types(QueryEngine& engine, CsvPlan& plan, const Data& data, Diagnostics& diagnostics);

/// A text column, of `present` values `numeric` of them numbers, that nobody declared: D105, D012, or nothing when few
/// are numbers.
void report_numeric_text(QueryEngine& engine, const CsvPlan& plan, size_t column, const Data& data,
                         Diagnostics& diagnostics);

/// Reads all files once and makes integers of the columns whose every value is whole and exact, so that SQL sees
/// integers.
void settle_integers(QueryEngine& engine, CsvPlan& plan);

}  // namespace mlw
