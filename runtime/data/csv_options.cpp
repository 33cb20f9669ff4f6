#include "runtime/data/csv_options.h"

#include <charconv>
#include <functional>
#include <map>

#include "compiler/artefact/device/missing_words.h"
#include "compiler/diagnostics/kinds/reading.h"

namespace mlw {
namespace {

std::vector<std::string> items_of(const std::string& list) {
  std::vector<std::string> items;
  for (size_t begin = 0; begin <= list.size();) {
    const size_t end = std::min(list.find('\n', begin), list.size());
    items.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return items;
}

/// Each setter gives the fault of a value, empty when it could be used.
using Setter = std::function<std::string(CsvOptions&, const std::string&)>;

std::string set_delimiter(CsvOptions& options, const std::string& value) {
  if (value.empty() || value.size() > 4) return "a delimiter has one to four bytes";
  if (value.find_first_of("\r\n") != std::string::npos) return "a line end cannot separate fields";
  options.dialect.delimiter = value;
  options.given.delimiter = true;
  return {};
}

std::string set_quote(CsvOptions& options, const std::string& value) {
  if (value.size() > 1) return "a quote is one character";
  options.dialect.quote = value;
  if (!options.given.escape) options.dialect.escape = value;
  options.given.quote = true;
  return {};
}

std::string set_escape(CsvOptions& options, const std::string& value) {
  if (value.size() > 1) return "an escape is one character";
  options.dialect.escape = value;
  options.given.escape = true;
  return {};
}

std::string set_header(CsvOptions& options, const std::string& value) {
  if (value != "true" && value != "false") return "it is true or false";
  options.dialect.header = value == "true";
  options.given.header = true;
  return {};
}

std::string set_encoding(CsvOptions& options, const std::string& value) {
  if (value != "utf8" && value != "latin1") return "it is utf8 or latin1";
  options.dialect.encoding = value == "utf8" ? "utf-8" : "latin-1";
  options.given.encoding = true;
  return {};
}

std::string set_decimal(CsvOptions& options, const std::string& value) {
  if (value != "." && value != ",") return "it is `.` or `,`";
  options.dialect.decimal = value;
  options.given.decimal = true;
  return {};
}

std::string set_skip(CsvOptions& options, const std::string& value) {
  int64_t lines = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), lines);
  if (error != std::errc() || end != value.data() + value.size() || lines < 0) return "it is a number of lines";
  options.dialect.skip = lines;
  return {};
}

std::string set_missing(CsvOptions& options, const std::string& value) {
  options.missing_words.clear();
  for (std::string& word : items_of(value))
    if (!word.empty()) options.missing_words.push_back(std::move(word));
  return {};
}

std::string set_names(CsvOptions& options, const std::string& value) {
  options.names = items_of(value);
  return {};
}

}  // namespace

std::vector<std::string> usual_missing_words() {
#define MLW_WORD(word) word,
  return {MLW_MISSING_WORDS(MLW_WORD)};
#undef MLW_WORD
}

CsvOptions read_csv_options(const DataSource& source, Diagnostics& diagnostics) {
  static const std::map<std::string, Setter> setters = {
      {"delimiter", set_delimiter}, {"quote", set_quote},       {"escape", set_escape},
      {"header", set_header},       {"encoding", set_encoding}, {"decimal", set_decimal},
      {"skip", set_skip},           {"missing", set_missing},   {"names", set_names}};
  CsvOptions options;
  options.missing_words = usual_missing_words();
  for (const auto& [option, value] : source.options) {
    const auto setter = setters.find(option);
    const std::string fault = setter == setters.end() ? "csv has no such option" : setter->second(options, value);
    if (!fault.empty())
      diagnostics.report(kinds::source_option, source.range, {{"option", option}, {"value", value}, {"cause", fault}});
  }
  return options;
}

}  // namespace mlw
