#include "runtime/stages/examples.h"

#include <fmt/format.h>

#include "runtime/data/reader.h"
#include "runtime/evaluate/curves.h"

namespace mlw {
namespace {

constexpr size_t shown_fields = 12, longest_text = 200;

/// "2026-11-22" or "2026-11-22 08:30:00" (proleptic Gregorian calendar, UTC; Howard Hinnant's days algorithm).
std::string date_text(int64_t microseconds) {
  constexpr int64_t day = 86'400'000'000;
  const int64_t days = microseconds / day - (microseconds % day < 0), rest = microseconds - days * day;
  const int64_t shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t of_era = shifted - era * 146097,
                year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100),
                m = (5 * of_year + 2) / 153;
  const int64_t month = m < 10 ? m + 3 : m - 9, year = year_of_era + era * 400 + (month <= 2);
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, of_year - (153 * m + 2) / 5 + 1);
  const int64_t seconds = rest / 1'000'000;
  if (rest != 0) text += fmt::format(" {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text;
}

std::string row_name(const Session& session, const Table& table, uint32_t row) {
  const std::string& key = modelled_data(session.workflow().data).key;
  const Column* column = key.empty() ? nullptr : table.find(key);
  return column == nullptr ? fmt::format("row {:016x}", table.identity[row]) : cell_text(*column, row);
}

}  // namespace

std::string cell_text(const Column& column, int64_t row) {
  if (!column.valid(row)) return "";
  switch (column.storage) {
    case Storage::text:
    case Storage::category: {
      std::string text(column.text(row));
      if (text.size() > longest_text) text = text.substr(0, longest_text) + "…";
      return text;
    }
    case Storage::flag:
      if (column.dictionary && column.dictionary->size() == 2) return (*column.dictionary)[column.number(row) != 0];
      return column.number(row) != 0 ? "true" : "false";
    case Storage::int64: {
      const int64_t value = column.chunk_of(row).as<int64_t>()[static_cast<size_t>(row % chunk_rows)];
      return column.kind == ColumnKind::date ? date_text(value) : std::to_string(value);
    }
    default:
      return fmt::format("{:.7g}", column.number(row));
  }
}

report::Diagnosis diagnosis_with_examples(Session& session, const Judged& judged, const Selection& rows,
                                          const std::string& title) {
  std::vector<WorstRow> worst;
  report::Diagnosis diagnosis = diagnose(judged, title, &worst);
  const Table& table = session.loaded().table;
  for (size_t i = 0; i < diagnosis.failures.size() && i < worst.size(); ++i) {
    const uint32_t row = rows.at(worst[i].row);
    diagnosis.failures[i].key = row_name(session, table, row);
    for (const Column& column : table.columns)
      if (diagnosis.failures[i].fields.size() < shown_fields && excluded_role(session.workflow(), column).empty())
        diagnosis.failures[i].fields.emplace_back(column.name, cell_text(column, row));
  }
  return diagnosis;
}

}  // namespace mlw
