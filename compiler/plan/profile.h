#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/plan/schema.h"

namespace mlw {

/// What one pass over the development rows tells about a column: the evidence of profile rules, and what the report
/// shows.
struct ColumnProfile {
  struct Bin {
    double low = 0, high = 0;  ///< of numbers and dates
    std::string label;         ///< of categories and flags; "any other" for the rest
    int64_t rows = 0;
  };
  std::string name;
  ColumnKind kind = ColumnKind::number;
  std::string unit;
  std::string role;  ///< "input", "target", "key", "time", "weight", "id", "protected", "known later", "dropped",
                     ///< "group", "text", "date"
  int64_t missing = 0;
  int64_t distinct = 0;  ///< different values, missing left out
  double minimum = 0, maximum = 0, mean = 0, median = 0,
         deviation = 0;  ///< of numbers, integers and dates (microseconds); NaN otherwise
  std::vector<Bin> histogram;
  uint64_t content = 0;  ///< hash of all values in order: equal for copies
  std::vector<std::pair<std::string, int64_t>>
      sentinels;  ///< values that look like missing ("-999", "?") with their rows
};

struct Profile {
  std::string data;  ///< name of the data block
  int64_t rows = 0;  ///< development rows
  std::vector<ColumnProfile> columns;
  std::vector<std::string> classes;  ///< of the target, in their order; empty for a value
  std::vector<int64_t> class_rows;
  int64_t target_missing = 0;  ///< rows of the population without a target: in no part, neither trained nor judged on

  const ColumnProfile* find(std::string_view name) const;
};

/// As JSON, read back exactly.
std::string to_text(const Profile& profile);
Profile parse_profile(const std::string& text);

}  // namespace mlw
