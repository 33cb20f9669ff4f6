#include "runtime/data/csv_dialect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace mlw {
namespace {

constexpr size_t records_looked_at = 200;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Share of the records with as many fields as the first one; 0 when that has one field only.
double agreement(std::string_view beginning, const CsvDialect& dialect) {
  const auto records = split_records(beginning, dialect, records_looked_at);
  if (records.empty() || records.front().size() < 2) return 0;
  const auto equal = std::count_if(records.begin(), records.end(),
                                   [&](const auto& record) { return record.size() == records.front().size(); });
  return static_cast<double>(equal) / static_cast<double>(records.size());
}

/// Single quotes enclose fields when every one of them stands at an end of a field, and no double quote is used.
bool single_quoted(std::string_view text, const CsvDialect& dialect) {
  if (text.find('"') != std::string_view::npos) return false;
  const auto ends_field = [&](char c) { return c == '\n' || c == '\r' || c == dialect.delimiter.front(); };
  int64_t opening = 0, closing = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\'') continue;
    if (opening == closing && (i == 0 || ends_field(text[i - 1]))) {
      ++opening;
    } else if (opening > closing && (i + 1 == text.size() || ends_field(text[i + 1]))) {
      ++closing;
    } else {
      return false;
    }
  }
  return opening > 0;
}

std::string find_delimiter(std::string_view beginning, const CsvDialect& dialect) {
  constexpr std::array<std::array<char, 4>, 2> ranks = {{{',', ';', '\t', '|'}, {'^', '~', ':', ' '}}};
  std::string best = ",";
  double best_score = 0;
  for (const auto& rank : ranks) {
    for (const char candidate : rank) {
      CsvDialect tried = dialect;
      tried.delimiter = std::string(1, candidate);
      const double score = agreement(beginning, tried);
      if (score > best_score) {
        best_score = score;
        best = tried.delimiter;
      }
    }
    if (best_score >= 0.5) break;
  }
  return best;
}

/// Whether a space follows each delimiter outside of quotes in every record looked at: then it belongs to the
/// delimiter.
bool space_follows(std::string_view beginning, const CsvDialect& dialect) {
  bool any = false;
  for (const auto& record : split_records(beginning, dialect, records_looked_at))
    for (size_t i = 1; i < record.size(); ++i) {
      if (record[i].empty() || record[i].front() != ' ') return false;
      any = true;
    }
  return any;
}

bool decimal_comma(const std::vector<std::vector<std::string>>& records) {
  bool comma = false;
  for (size_t r = 1; r < records.size(); ++r)
    for (const std::string& field : records[r]) {
      if (field.find('.') != std::string::npos && is_number(field, '.')) return false;
      comma |= field.find(',') != std::string::npos && is_number(field, ',');
    }
  return comma;
}

/// No header: a first record that has numbers wherever the records below it have them.
bool has_header(const std::vector<std::vector<std::string>>& records, char decimal) {
  if (records.size() < 2) return true;
  bool any = false;
  for (size_t c = 0; c < records.front().size(); ++c) {
    bool below = false, all = true;
    for (size_t r = 1; r < records.size(); ++r) {
      if (c >= records[r].size() || trim(records[r][c]).empty()) continue;
      below = true;
      all &= is_number(records[r][c], decimal);
    }
    if (!below || !all) continue;
    if (!is_number(records.front()[c], decimal)) return true;
    any = true;
  }
  return !any;
}

}  // namespace

bool is_number(std::string_view field, char decimal) {
  const std::string_view trimmed = trim(field);
  if (trimmed.empty() || std::isalpha(static_cast<unsigned char>(trimmed.front()))) return false;
  std::string text(trimmed);
  if (decimal != '.') {
    if (text.find('.') != std::string::npos) return false;
    std::replace(text.begin(), text.end(), decimal, '.');
  }
  if (text.front() == '+') text.erase(0, 1);
  if (text.empty() || !(std::isdigit(static_cast<unsigned char>(text.back())) || text.back() == '.')) return false;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return end == text.data() + text.size() && error != std::errc::invalid_argument;
}

std::vector<std::vector<std::string>> split_records(std::string_view text, const CsvDialect& dialect, size_t limit) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record(1);
  const char quote = dialect.quote.empty() ? '\0' : dialect.quote.front();
  const char escape = dialect.escape.empty() ? '\0' : dialect.escape.front();
  bool quoted = false, began = false;
  const auto end_record = [&] {
    if (began) records.push_back(std::move(record));  // an empty line is no record
    record.assign(1, {});
    began = false;
  };
  for (size_t i = 0; i < text.size() && records.size() < limit; ++i) {
    const char c = text[i];
    if (quoted) {
      if (escape != '\0' && c == escape && i + 1 < text.size() && text[i + 1] == quote) {
        record.back() += text[++i];
      } else if (c == quote) {
        quoted = false;
      } else {
        record.back() += c;
      }
    } else if (quote != '\0' && c == quote && record.back().empty()) {
      quoted = began = true;
    } else if (c == '\n' || c == '\r') {
      end_record();
    } else if (text.substr(i, dialect.delimiter.size()) == dialect.delimiter && !dialect.delimiter.empty()) {
      record.emplace_back();
      began = true;
      i += dialect.delimiter.size() - 1;
    } else {
      record.back() += c;
      began = true;
    }
  }
  if (records.size() < limit) end_record();
  return records;
}

CsvDialect find_dialect(std::string_view beginning, CsvDialect dialect, const DeclaredDialect& given) {
  if (!given.delimiter) dialect.delimiter = find_delimiter(beginning, dialect);
  if (!given.quote && single_quoted(beginning, dialect)) {
    dialect.quote = "'";
    if (!given.escape) dialect.escape = "'";
    if (!given.delimiter) dialect.delimiter = find_delimiter(beginning, dialect);
  }
  if (!given.delimiter && dialect.delimiter != " " && agreement(beginning, dialect) > 0.5 &&
      space_follows(beginning, dialect))
    dialect.delimiter += ' ';
  const auto records = split_records(beginning, dialect, records_looked_at);
  if (!given.decimal && dialect.delimiter.front() != ',' && decimal_comma(records)) dialect.decimal = ",";
  if (!given.header) dialect.header = has_header(records, dialect.decimal.front());
  return dialect;
}

std::string describe(const CsvDialect& dialect, const DeclaredDialect& given) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (!given.delimiter && dialect.delimiter != ",")
    add("delimiter " + (dialect.delimiter == "\t" ? "tab" : "`" + dialect.delimiter + "`"));
  if (!given.quote && dialect.quote != "\"") add(dialect.quote.empty() ? "no quotes" : "quote `" + dialect.quote + "`");
  if (!given.escape && !dialect.escape.empty() && dialect.escape != dialect.quote)
    add("escape `" + dialect.escape + "`");
  if (!given.decimal && dialect.decimal != ".") add("decimal separator `" + dialect.decimal + "`");
  if (!given.header && !dialect.header) add("no header");
  if (!given.encoding && dialect.encoding != "utf-8") add("encoding " + dialect.encoding);
  return text;
}

}  // namespace mlw
