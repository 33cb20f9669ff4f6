#include "runtime/data/csv_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>

#include "compiler/diagnostics/kinds/reading.h"

namespace mlw {
namespace {

/// From this share of fitting values on, the others are faults; below it the column may well be text.
constexpr double nearly_all = 0.9;
constexpr double partly = 0.5;
constexpr size_t shown_misfits = 3;

int64_t to_integer(const std::optional<std::string>& text) {
  int64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

std::string fault_of(const std::string& type, bool plural) {
  const bool date = type == "DATE" || type.starts_with("TIMESTAMP");
  const std::string thing = date ? "date" : type == "BOOLEAN" ? "flag" : "number";
  return plural ? "are not " + thing + "s" : "is not a " + thing;
}

/// The type to try when not all fields fit this one.
std::string wider(const std::string& type) {
  return type == "DATE" ? "TIMESTAMP" : type == "BIGINT" ? "DOUBLE" : "VARCHAR";
}

Diagnostic& with_first(Diagnostic& diagnostic, const Misfits& misfits) {
  for (const std::string& line : misfits.first) diagnostic.note(line);
  return diagnostic;
}

SourceRange place_of(const Data& data, const std::string& column) {
  for (const ColumnDeclaration& declaration : data.columns)
    if (declaration.name == column) return declaration.range;
  return data.source.range;
}

void report_misfits(const Misfits& misfits, const Data& data, Diagnostics& diagnostics) {
  with_first(diagnostics.report(kinds::values_do_not_belong, place_of(data, misfits.column),
                                {{"column", misfits.column},
                                 {"data", data.name},
                                 {"count", std::to_string(misfits.count)},
                                 {"fault", fault_of(misfits.type, true)}}),
             misfits);
}

/// A column that nobody declared and that is not of one type: a fault when nearly all fit, a question to a person when
/// many do.
void report_mixed(const Misfits& misfits, const Data& data, Diagnostics& diagnostics) {
  const double fits =
      1 - static_cast<double>(misfits.count) / static_cast<double>(std::max<int64_t>(1, misfits.present));
  if (fits >= nearly_all) return report_misfits(misfits, data, diagnostics);
  if (fits < partly) return;
  const bool date = misfits.type == "DATE" || misfits.type.starts_with("TIMESTAMP");
  with_first(diagnostics.report(kinds::looks_numeric, data.source.range,
                                {{"column", misfits.column},
                                 {"data", data.name},
                                 {"share", fmt::format("{:.0f}%", fits * 100)},
                                 {"what", date ? "dates" : "numbers"}}),
             misfits);
}

/// Words such as `inf`, which the engine takes for numbers.
void report_infinite(QueryEngine& engine, const CsvPlan& plan, size_t column, const Data& data,
                     Diagnostics& diagnostics) {
  const std::string name = quote_identifier(plan.columns[column].name);
  const auto words = engine.rows(
      fmt::format("SELECT {0}, count(*) FROM {1} WHERE NOT isfinite(TRY_CAST({0} AS DOUBLE)) GROUP BY 1 ORDER BY 1",
                  name, csv_call(plan, "")));
  Misfits misfits{.column = plan.columns[column].name, .type = "DOUBLE"};
  for (const auto& word : words) {
    misfits.count += to_integer(word[1]);
    if (misfits.first.size() < shown_misfits)
      misfits.first.push_back(fmt::format("\"{}\" in {} rows is not a number that can be calculated with",
                                          word[0].value_or(""), word[1].value_or("")));
  }
  if (misfits.count > 0) report_misfits(misfits, data, diagnostics);
}

}  // namespace

std::vector<Misfits> find_misfits(QueryEngine& engine, const CsvPlan& plan) {
  static std::atomic<int> next{0};
  const int serial = ++next;
  const std::string errors = fmt::format("reject_errors_{}", serial), scans = fmt::format("reject_scans_{}", serial);
  std::string counts;
  for (const CsvColumn& column : plan.columns)
    counts += (counts.empty() ? "" : ", ") + fmt::format("count({})", quote_identifier(column.name));
  const auto fitting = engine.rows(
      "SELECT " + counts + " FROM " +
      csv_call(plan, fmt::format(", store_rejects = true, rejects_table = '{}', rejects_scan = '{}'", errors, scans)));
  const auto rejected = engine.rows(fmt::format(
      "SELECT column_idx, line, csv_line, file_path FROM (SELECT *, row_number() OVER (PARTITION BY column_idx ORDER "
      "BY file_id, line) AS n, "
      "FROM {} JOIN {} USING (scan_id, file_id)) WHERE error_type = 'CAST' AND n <= {} ORDER BY column_idx, n",
      errors, scans, shown_misfits));
  const auto totals = engine.rows(
      fmt::format("SELECT column_idx, count(*) FROM {} WHERE error_type = 'CAST' GROUP BY 1 ORDER BY 1", errors));
  // A row with a misfit in any column is left out of the counts of all: add those rows' fields back where they fit.
  const int64_t rejected_rows = to_integer(
      engine.rows(fmt::format("SELECT count(*) FROM (SELECT DISTINCT file_id, line FROM {})", errors))[0][0]);
  std::map<int64_t, Misfits> by_column;
  for (const auto& row : totals) {
    const int64_t number = to_integer(row[0]);
    const auto c = static_cast<size_t>(number - 1);
    Misfits& misfits = by_column[number];
    misfits.column = plan.columns[c].name;
    misfits.type = plan.columns[c].type;
    misfits.count = to_integer(row[1]);
    misfits.present = to_integer(fitting[0][c]) + std::max(misfits.count, rejected_rows);
  }
  for (const auto& row : rejected) {
    Misfits& misfits = by_column[to_integer(row[0])];
    const auto record = split_records(row[2].value_or(""), plan.dialect, 1);
    const auto c = static_cast<size_t>(to_integer(row[0]) - 1);
    const std::string value = record.empty() || c >= record.front().size() ? "" : record.front()[c];
    misfits.first.push_back(fmt::format("{}:{} column {}: \"{}\" {}", shown_path(row[3].value_or(""), plan.folder),
                                        row[1].value_or(""), misfits.column, value, fault_of(misfits.type, false)));
  }
  std::vector<Misfits> list;
  for (auto& [number, misfits] : by_column) list.push_back(std::move(misfits));
  return list;
}

void settle_types(QueryEngine& engine, CsvPlan& plan, const Data& data, Diagnostics& diagnostics) {
  // Every round makes at least one column's type wider, and each type can be made wider twice at most.
  for (size_t round = 0; round <= 2 * plan.columns.size(); ++round) {
    const std::vector<Misfits> list = find_misfits(engine, plan);
    if (list.empty()) return;
    for (const Misfits& misfits : list) {
      const auto column = std::find_if(plan.columns.begin(), plan.columns.end(),
                                       [&](const CsvColumn& c) { return c.name == misfits.column; });
      const std::string next = wider(column->type);
      if (column->declared && column->type != "BOOLEAN" && next == "VARCHAR") {
        report_misfits(misfits, data, diagnostics);
      } else if (next == "VARCHAR") {
        report_mixed(misfits, data, diagnostics);
      }
      column->type = next;
      column->widened = true;
      column->whole = false;
    }
  }
}

void report_numeric_text(QueryEngine& engine, const CsvPlan& plan, size_t column, const Data& data,
                         Diagnostics& diagnostics) {
  CsvPlan as_number = plan;
  as_number.columns[column].type = "DOUBLE";
  const std::vector<Misfits> unreadable = find_misfits(engine, as_number);
  for (const Misfits& misfits : unreadable) report_mixed(misfits, data, diagnostics);
  if (unreadable.empty()) report_infinite(engine, plan, column, data, diagnostics);
}

void settle_integers(QueryEngine& engine, CsvPlan& plan) {
  std::string tests;
  std::vector<CsvColumn*> asked;
  for (CsvColumn& column : plan.columns) {
    if (!column.whole) continue;
    const std::string name = quote_identifier(column.name);
    tests += (tests.empty() ? "" : ", ") +
             fmt::format("count(*) FILTER (WHERE {0} <> trunc({0}) OR abs({0}) >= 9.2e18)", name);
    asked.push_back(&column);
  }
  if (asked.empty()) return;
  const auto counts = engine.rows("SELECT " + tests + " FROM " + csv_call(plan, ""));
  for (size_t i = 0; i < asked.size(); ++i) {
    asked[i]->whole = false;
    if (to_integer(counts[0][i]) == 0) asked[i]->type = "BIGINT";
  }
}

}  // namespace mlw
