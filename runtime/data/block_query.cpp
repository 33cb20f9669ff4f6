#include "runtime/data/block_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/diagnostics/kinds/reading.h"
#include "runtime/data/csv_types.h"
#include "runtime/data/source_files.h"

namespace mlw {
namespace {

constexpr int shown_values = 3;

std::string path_list(const std::vector<std::string>& files) {
  std::string list;
  for (const std::string& file : files) list += (list.empty() ? "" : ", ") + quote_text(file);
  return "[" + list + "]";
}

/// The SQL type that a column of this type must be converted to for a declared kind; empty: none.
std::string conversion(const RawColumn& column, ColumnKind kind) {
  const bool numeric = !column.date && (column.storage == Storage::float32 || column.storage == Storage::float64 ||
                                        column.storage == Storage::int64);
  switch (kind) {
    case ColumnKind::number:
    case ColumnKind::weight:
      return numeric ? "" : "DOUBLE";
    case ColumnKind::integer:
      return numeric ? "" : "BIGINT";
    case ColumnKind::category:
    case ColumnKind::ordinal:
    case ColumnKind::text:
    case ColumnKind::id:
      return column.type == "VARCHAR" ? "" : "VARCHAR";
    case ColumnKind::date:
      return column.date ? "" : "TIMESTAMP";
    case ColumnKind::flag:
      return "";
  }
  return {};
}

/// Name and type of each column that is converted.
std::vector<std::pair<std::string, std::string>> conversions(const std::vector<RawColumn>& columns, const Data& data) {
  std::vector<std::pair<std::string, std::string>> list;
  for (const RawColumn& column : columns)
    for (const ColumnDeclaration& declaration : data.columns)
      if (declaration.name == column.name && declaration.kind)
        if (std::string type = conversion(column, *declaration.kind); !type.empty())
          list.emplace_back(column.name, std::move(type));
  return list;
}

class QueryMaker {
 public:
  QueryMaker(QueryEngine& engine, const std::vector<Data>& blocks, const std::string& folder, Diagnostics& diagnostics)
      : engine_(engine), blocks_(blocks), folder_(folder), diagnostics_(diagnostics) {}

  BlockQuery make(size_t block);

 private:
  /// False when a fault was reported.
  bool make_views(size_t block);
  BlockQuery join_query(const Data& data);
  BlockQuery files_query(const Data& data);

  QueryEngine& engine_;
  const std::vector<Data>& blocks_;
  const std::string& folder_;
  Diagnostics& diagnostics_;
  std::set<size_t> views_;
};

bool QueryMaker::make_views(size_t block) {
  for (const size_t other : blocks_read(blocks_, block)) {
    if (!views_.insert(other).second) continue;
    BlockQuery query = make(other);
    if (query.sql.empty()) return false;
    if (query.csv) {
      settle_types(engine_, *query.csv, blocks_[other], diagnostics_);
      settle_integers(engine_, *query.csv);
      if (diagnostics_.has_errors()) return false;
      query.sql = csv_query(*query.csv);
    }
    engine_.execute("CREATE VIEW " + quote_identifier(blocks_[other].name) + " AS " + query.sql);
  }
  return true;
}

BlockQuery QueryMaker::join_query(const Data& data) {
  std::string on;
  for (const std::string& column : data.join->on) on += (on.empty() ? "" : ", ") + quote_identifier(column);
  const std::string right = quote_identifier(data.join->right), left = quote_identifier(data.join->left);
  for (const std::string& side : {data.join->left, data.join->right}) {
    const auto columns = engine_.columns("SELECT * FROM " + quote_identifier(side));
    for (const std::string& column : data.join->on)
      if (std::none_of(columns.begin(), columns.end(), [&](const RawColumn& c) { return c.name == column; })) {
        std::string names;
        for (const RawColumn& c : columns) names += (names.empty() ? "`" : ", `") + c.name + "`";
        diagnostics_.report(kinds::column_absent, data.source.range,
                            {{"data", side}, {"column", column}, {"columns", names}});
      }
  }
  if (diagnostics_.has_errors()) return {};
  const auto repeated = engine_.rows(
      fmt::format("SELECT count(*) FROM (SELECT {0} FROM {1} GROUP BY {0} HAVING count(*) > 1)", on, right));
  if (repeated[0][0] != "0") {
    diagnostics_.report(kinds::join_multiplies, data.source.range,
                        {{"count", repeated[0][0].value_or("")},
                         {"column", data.join->on.empty() ? "" : data.join->on.front()},
                         {"left", data.join->left},
                         {"right", data.join->right}});
    return {};
  }
  return {fmt::format("SELECT * FROM {} LEFT JOIN {} USING ({})", left, right, on), std::nullopt};
}

BlockQuery QueryMaker::files_query(const Data& data) {
  const std::vector<std::string> files = find_files(data, folder_, diagnostics_);
  if (diagnostics_.has_errors()) return {};
  if (data.source.form == DataSource::Form::csv) {
    BlockQuery query;
    query.csv = plan_csv(engine_, data, files, folder_, diagnostics_);
    if (!diagnostics_.has_errors()) query.sql = csv_query(*query.csv);
    return query;
  }
  for (const auto& [option, value] : data.source.options)
    diagnostics_.report(kinds::source_option, data.source.range,
                        {{"option", option}, {"value", value}, {"cause", "this source has no such option"}});
  if (diagnostics_.has_errors()) return {};
  const char* function = data.source.form == DataSource::Form::parquet ? "read_parquet" : "read_json";
  return {fmt::format("SELECT * FROM {}({})", function, path_list(files)), std::nullopt};
}

BlockQuery QueryMaker::make(size_t block) {
  const Data& data = blocks_[block];
  try {
    if (!make_views(block)) return {};
    if (data.join) return join_query(data);
    if (data.source.form == DataSource::Form::sql)
      return {with_absolute_files(data.source.path, folder_), std::nullopt};
    return files_query(data);
  } catch (const QueryFault& fault) {
    throw Failure{block_fault(fault, data, folder_)};
  }
}

}  // namespace

BlockQuery query_of_block(QueryEngine& engine, const std::vector<Data>& blocks, size_t block, const std::string& folder,
                          Diagnostics& diagnostics) {
  return QueryMaker(engine, blocks, folder, diagnostics).make(block);
}

Diagnostic block_fault(const QueryFault& fault, const Data& data, const std::string& folder) {
  std::string cause = fault.message.substr(0, fault.message.find('\n'));
  for (size_t at = 0; !folder.empty() && (at = cause.find(folder + "/", at)) != std::string::npos;)
    cause.erase(at, folder.size() + 1);
  if (const size_t colon = cause.find(": "); colon != std::string::npos) cause = cause.substr(colon + 2);
  Diagnostics one;
  switch (fault.cause) {
    case QueryFault::Cause::memory:
      return one.report(kinds::reading_out_of_memory, data.source.range, {{"data", data.name}, {"cause", cause}});
    case QueryFault::Cause::unsupported_type:
      return one.report(kinds::type_unsupported, data.source.range,
                        {{"column", fault.column}, {"data", data.name}, {"type", fault.message}});
    case QueryFault::Cause::malformed:
      if (data.source.form != DataSource::Form::sql && !data.join)
        return one.report(kinds::file_malformed, data.source.range, {{"path", data.source.path}, {"cause", cause}});
      break;
    default:
      break;
  }
  return one.report(kinds::query_failed, data.source.range, {{"data", data.name}, {"cause", cause}});
}

std::string with_declared_types(QueryEngine& engine, const std::string& plain, const Data& data) {
  const auto list = conversions(engine.columns(plain), data);
  if (list.empty()) return plain;
  std::string replaced;
  for (const auto& [column, type] : list)
    replaced += (replaced.empty() ? "" : ", ") + fmt::format("CAST({0} AS {1}) AS {0}", quote_identifier(column), type);
  return fmt::format("SELECT * REPLACE ({}) FROM ({}\n)", replaced, plain);
}

void report_conversions(QueryEngine& engine, const std::string& plain, const Data& data, Diagnostics& diagnostics) {
  for (const auto& [column, type] : conversions(engine.columns(plain), data)) {
    const std::string name = quote_identifier(column);
    const std::string misfits =
        fmt::format("FROM ({}\n) WHERE {} IS NOT NULL AND TRY_CAST({} AS {}) IS NULL", plain, name, name, type);
    const auto count = engine.rows("SELECT count(*) " + misfits);
    if (count[0][0] == "0") continue;
    const std::string thing = type == "TIMESTAMP" ? "date" : "number";
    Diagnostic& diagnostic = diagnostics.report(kinds::values_do_not_belong, data.source.range,
                                                {{"column", column},
                                                 {"data", data.name},
                                                 {"count", count[0][0].value_or("")},
                                                 {"fault", "are not " + thing + "s"}});
    for (const auto& row :
         engine.rows(fmt::format("SELECT DISTINCT {} {} ORDER BY 1 LIMIT {}", name, misfits, shown_values)))
      diagnostic.note(fmt::format("column {}: \"{}\" is not a {}", column, row[0].value_or(""), thing));
  }
}

std::vector<ColumnDeclaration> all_declarations(const std::vector<Data>& blocks, size_t block) {
  std::vector<ColumnDeclaration> list = blocks[block].columns;
  if (!blocks[block].join) return list;
  for (const size_t other : blocks_read(blocks, block))
    for (const ColumnDeclaration& theirs : all_declarations(blocks, other))
      if (std::none_of(list.begin(), list.end(), [&](const auto& ours) { return ours.name == theirs.name; }))
        list.push_back(theirs);
  return list;
}

}  // namespace mlw
