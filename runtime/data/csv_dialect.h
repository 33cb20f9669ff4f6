#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlw {

/// How a CSV file is written.
struct CsvDialect {
  std::string delimiter = ",";
  std::string quote = "\"";
  std::string escape = "\"";
  std::string decimal = ".";
  std::string encoding = "utf-8";
  bool header = true;
  int64_t skip = 0;  ///< lines before the header
};

/// What of a dialect was declared and is not looked for.
struct DeclaredDialect {
  bool delimiter = false, quote = false, escape = false, decimal = false, encoding = false, header = false;
};

/// Finds what was not declared from the first lines of a file. The delimiter is the candidate with which most records
/// have as many fields as the first one, and at least two; common ones are preferred.
CsvDialect find_dialect(std::string_view beginning, CsvDialect declared, const DeclaredDialect& given);

/// The records of a text in a dialect, at most `limit`; a record cut off by the text's end counts too.
std::vector<std::vector<std::string>> split_records(std::string_view text, const CsvDialect& dialect, size_t limit);

/// "delimiter `;`, no header": what was found that differs from comma, double quotes, a header and UTF-8. Empty:
/// nothing. What was declared is known and not told.
std::string describe(const CsvDialect& dialect, const DeclaredDialect& given);

/// Whether a field as a whole is a number in that dialect.
bool is_number(std::string_view field, char decimal);

}  // namespace mlw
