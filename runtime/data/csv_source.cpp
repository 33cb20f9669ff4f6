#include "runtime/data/csv_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/diagnostics/kinds/reading.h"
#include "runtime/data/csv_options.h"

namespace mlw {
namespace {

constexpr int lines_looked_at = 1000;

std::string text_list(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ", ") + quote_text(item);
  return "[" + list + "]";
}

/// Options of the dialect, as the engine's functions of CSV take them.
std::string dialect_options(const CsvPlan& plan) {
  const CsvDialect& d = plan.dialect;
  std::vector<std::string> missing{""};
  missing.insert(missing.end(), plan.missing_words.begin(), plan.missing_words.end());
  return fmt::format(
      ", delim = {}, quote = {}, escape = {}, header = {}, skip = {}, decimal_separator = {}, encoding = {}, nullstr = "
      "{}",
      quote_text(d.delimiter), quote_text(d.quote), quote_text(d.escape), d.header, d.skip, quote_text(d.decimal),
      quote_text(d.encoding), text_list(missing));
}

/// The first lines of a file as one text.
std::string beginning_of(QueryEngine& engine, const std::string& file, const CsvDialect& dialect) {
  const std::string sql = fmt::format(
      "SELECT line FROM read_csv({}, auto_detect = false, delim = chr(1), quote = '', escape = '', header = false, "
      "columns = {{'line': 'VARCHAR'}}, strict_mode = false, parallel = false, skip = {}, encoding = {}) LIMIT {}",
      quote_text(file), dialect.skip, quote_text(dialect.encoding), lines_looked_at);
  std::string text;
  for (const auto& row : engine.rows(sql)) text += row.front().value_or("") + "\n";
  return text;
}

/// Runs `look`; when the file turns out not to be UTF-8 and no encoding was declared, once more as Latin-1.
template <typename Look>
auto with_encoding(CsvPlan& plan, const DeclaredDialect& given, const Look& look) {
  try {
    return look();
  } catch (const QueryFault& fault) {
    if (fault.cause != QueryFault::Cause::encoding || given.encoding || plan.dialect.encoding != "utf-8") throw;
    plan.dialect.encoding = "latin-1";
    return look();
  }
}

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// The columns' names: declared, from the header, or made up for a file without one.
std::vector<std::string> find_names(const std::vector<std::string>& first_record, const CsvPlan& plan,
                                    const std::vector<std::string>& declared, const std::string& file, const Data& data,
                                    Diagnostics& diagnostics) {
  std::vector<std::string> names = declared;
  if (names.empty() && plan.dialect.header)
    for (const std::string& field : first_record) names.push_back(trimmed(field));
  if (!declared.empty() && declared.size() != first_record.size())
    diagnostics.report(kinds::source_option, data.source.range,
                       {{"option", "names"},
                        {"value", fmt::format("{} names", declared.size())},
                        {"cause", fmt::format("`{}` has {} columns", file, first_record.size())}});
  names.resize(first_record.size());
  for (size_t c = 0; c < names.size(); ++c) {
    if (!names[c].empty()) continue;
    names[c] = fmt::format("column{}", c + 1);
    if (plan.dialect.header || !declared.empty())
      diagnostics.report(kinds::column_unnamed, data.source.range,
                         {{"number", std::to_string(c + 1)}, {"path", file}, {"column", names[c]}});
  }
  std::map<std::string, int> count;
  for (const std::string& name : names) ++count[name];
  for (const auto& [name, times] : count)
    if (times > 1)
      diagnostics.report(kinds::column_duplicated, data.source.range,
                         {{"data", data.name}, {"count", std::to_string(times)}, {"column", name}});
  return names;
}

/// Later files must have the header of the first.
void check_headers(QueryEngine& engine, const CsvPlan& plan, const std::vector<std::string>& first, const Data& data,
                   Diagnostics& diagnostics) {
  for (size_t f = 1; f < plan.files.size(); ++f) {
    const auto records = split_records(beginning_of(engine, plan.files[f], plan.dialect), plan.dialect, 1);
    const std::vector<std::string> record = records.empty() ? std::vector<std::string>{} : records.front();
    const bool same = plan.dialect.header ? record == first : record.size() == first.size();
    if (same) continue;
    std::string difference = fmt::format("it has {} columns where {} are due", record.size(), first.size());
    for (size_t c = 0; c < std::min(record.size(), first.size()) && record.size() == first.size(); ++c)
      if (record[c] != first[c]) {
        difference = fmt::format("its column {} is `{}` where `{}` is due", c + 1, record[c], first[c]);
        break;
      }
    diagnostics.report(kinds::files_differ, data.source.range,
                       {{"path", shown_path(plan.files[f], plan.folder)},
                        {"first", shown_path(plan.files.front(), plan.folder)},
                        {"difference", difference}});
  }
}

/// The SQL type that a declared kind asks for; empty: as found.
std::string declared_type(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::number:
    case ColumnKind::integer:
    case ColumnKind::weight:
      return "DOUBLE";
    case ColumnKind::category:
    case ColumnKind::ordinal:
    case ColumnKind::text:
    case ColumnKind::id:
      return "VARCHAR";
    case ColumnKind::flag:
    case ColumnKind::date:
      return "";
  }
  return "";
}

void set_type(CsvColumn& column, const std::string& found, const Data& data) {
  column.type = found;
  for (const ColumnDeclaration& declaration : data.columns) {
    if (declaration.name != column.name || !declaration.kind) continue;
    const std::string type = declared_type(*declaration.kind);
    column.declared = true;
    if (!type.empty()) column.type = type;
    if (*declaration.kind == ColumnKind::date && found != "DATE" && !found.starts_with("TIMESTAMP"))
      column.type = "TIMESTAMP";
    column.whole = *declaration.kind == ColumnKind::integer;
    if (*declaration.kind != ColumnKind::flag) return;
  }
  if (found == "BIGINT") {
    column.type = "DOUBLE";
    column.whole = true;
  } else if (found == "TIME" || found == "BOOLEAN") {
    column.type = "VARCHAR";  // of flags the words are kept: they are the names of the classes
  }
}

/// Types as the engine finds them in the first 20,480 rows of the first file.
void find_types(QueryEngine& engine, CsvPlan& plan, const std::vector<std::string>& names, const Data& data) {
  const std::string sql = fmt::format(
      "SELECT c.type, CAST(d AS VARCHAR), CAST(m AS VARCHAR) FROM (SELECT unnest(Columns) AS c, DateFormat AS d, "
      "TimestampFormat AS m "
      "FROM sniff_csv({}{}, ignore_errors = true, null_padding = true))",
      quote_text(plan.files.front()), dialect_options(plan));
  std::vector<std::vector<QueryEngine::Cell>> found;
  try {
    found = engine.rows(sql);
  } catch (const QueryFault& fault) {
    // Rows that do not fit the dialect: the strict reading that follows says where they stand.
    if (fault.cause != QueryFault::Cause::malformed && fault.cause != QueryFault::Cause::other) throw;
  }
  plan.columns.clear();
  for (size_t c = 0; c < names.size(); ++c) {
    // A file whose first rows confuse the engine is read as text: the strict reading that follows says where it is
    // ragged.
    const bool sound = found.size() == names.size();
    CsvColumn column{names[c], {}, false, false};
    set_type(column, sound ? found[c][0].value_or("VARCHAR") : "VARCHAR", data);
    plan.columns.push_back(std::move(column));
  }
  if (!found.empty()) {
    plan.date_format = found.front()[1].value_or("");
    plan.moment_format = found.front()[2].value_or("");
  }
}

std::string number_after(const std::string& text, const std::string& label) {
  const size_t at = text.find(label);
  if (at == std::string::npos) return {};
  const size_t begin = at + label.size();
  size_t end = begin;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return text.substr(begin, end - begin);
}

std::string line_after(const std::string& text, std::string_view label) {
  const size_t at = text.find(label);
  if (at == std::string::npos) return {};
  const std::string rest = text.substr(at + label.size(), 120);
  return rest.substr(0, rest.find('\n'));
}

std::string first_sentence(const std::string& message) {
  std::string text = message.substr(0, message.find('\n'));
  const size_t colon = text.find(": ");
  return colon == std::string::npos ? text : text.substr(colon + 2);
}

}  // namespace

std::string csv_call(const CsvPlan& plan, const std::string& further) {
  std::string columns;
  for (const CsvColumn& column : plan.columns)
    columns += (columns.empty() ? "" : ", ") + quote_text(column.name) + ": " + quote_text(column.type);
  std::string formats;
  if (!plan.date_format.empty()) formats += ", dateformat = " + quote_text(plan.date_format);
  if (!plan.moment_format.empty()) formats += ", timestampformat = " + quote_text(plan.moment_format);
  return fmt::format("read_csv({}, auto_detect = false, columns = {{{}}}{}{}{})", text_list(plan.files), columns,
                     dialect_options(plan), formats, further);
}

std::string csv_query(const CsvPlan& plan) { return "SELECT * FROM " + csv_call(plan, ""); }

std::string shown_path(const std::string& file, const std::string& folder) {
  if (folder.empty() || !file.starts_with(folder + "/")) return file;
  return file.substr(folder.size() + 1);
}

CsvPlan plan_csv(QueryEngine& engine, const Data& data, const std::vector<std::string>& files,
                 const std::string& folder, Diagnostics& diagnostics) {
  CsvPlan plan;
  plan.files = files;
  plan.folder = folder;
  const CsvOptions options = read_csv_options(data.source, diagnostics);
  plan.dialect = options.dialect;
  plan.declared = options.given;
  plan.missing_words = options.missing_words;
  if (diagnostics.has_errors()) return plan;
  try {
    const std::string first = shown_path(files.front(), folder);
    const std::string beginning =
        with_encoding(plan, options.given, [&] { return beginning_of(engine, files.front(), plan.dialect); });
    plan.dialect = find_dialect(beginning, plan.dialect, options.given);
    const auto records = split_records(beginning, plan.dialect, 2);
    if (records.empty()) {
      diagnostics.report(kinds::file_empty, data.source.range, {{"path", first}});
      return plan;
    }
    const std::vector<std::string> names = find_names(records.front(), plan, options.names, first, data, diagnostics);
    check_headers(engine, plan, records.front(), data, diagnostics);
    if (diagnostics.has_errors()) return plan;
    if (files.size() == 1 && records.size() == 1 && plan.dialect.header) {
      diagnostics.report(kinds::no_rows, data.source.range, {{"path", first}});
      return plan;
    }
    with_encoding(plan, options.given, [&] {
      find_types(engine, plan, names, data);
      return 0;
    });
  } catch (const QueryFault& fault) {
    throw Failure{csv_fault(fault, plan, data)};
  }
  return plan;
}

Diagnostic csv_fault(const QueryFault& fault, const CsvPlan& plan, const Data& data) {
  std::string path = plan.files.empty() ? data.source.path : plan.files.front();
  for (const std::string& file : plan.files)
    if (fault.message.find("file = " + file) != std::string::npos) path = file;
  path = shown_path(path, plan.folder);
  const std::string line = number_after(fault.message, "CSV Error on Line: ");
  const std::string due = number_after(fault.message, "Expected Number of Columns: ");
  Diagnostics one;
  if (!due.empty()) {
    Diagnostic& ragged = one.report(
        kinds::ragged_row, data.source.range,
        {{"path", path}, {"line", line}, {"expected", due}, {"found", number_after(fault.message, "Found: ")}});
    const std::string original = line_after(fault.message, "Original Line: ");
    if (!original.empty()) ragged.note(fmt::format("{}:{}: {}", path, line, original));
    return ragged;
  }
  if (fault.cause == QueryFault::Cause::memory)
    return one.report(kinds::reading_out_of_memory, data.source.range,
                      {{"data", data.name}, {"cause", first_sentence(fault.message)}});
  std::string cause = first_sentence(fault.message);
  if (fault.message.find("unterminated quote") != std::string::npos) cause = "a quote is never closed";
  if (fault.cause == QueryFault::Cause::encoding) cause = "it is not in the encoding " + plan.dialect.encoding;
  if (!line.empty()) cause = "line " + line + ": " + cause;
  return one.report(kinds::file_malformed, data.source.range, {{"path", path}, {"cause", cause}});
}

}  // namespace mlw
