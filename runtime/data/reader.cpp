#include "runtime/data/reader.h"

#include <fmt/format.h>
#include <malloc.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "compiler/diagnostics/kinds/reading.h"
#include "runtime/data/block_query.h"
#include "runtime/data/build_columns.h"
#include "runtime/data/count_distinct.h"
#include "runtime/data/csv_types.h"
#include "runtime/data/query_engine.h"
#include "runtime/data/raw_facts.h"
#include "runtime/data/source_files.h"

namespace mlw {
namespace {

/// Above this a whole number in float64 may have been rounded.
constexpr double exact_integers = 0x1p53;

class Reading {
 public:
  Reading(const std::vector<Data>& blocks, size_t block, const std::string& folder, const ReadOptions& options,
          Diagnostics& diagnostics)
      : blocks_(blocks),
        block_(block),
        data_(blocks[block]),
        folder_(std::filesystem::absolute(folder.empty() ? "." : folder).lexically_normal().string()),
        options_(options),
        diagnostics_(diagnostics) {
    while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  }

  LoadedData run();

 private:
  EngineSettings settings() const;
  RawTable take(QueryEngine& engine, BlockQuery& query);
  RawTable take_csv(QueryEngine& engine, CsvPlan& plan);
  RawTable take_typed(QueryEngine& engine, const std::string& plain);
  bool settle_large_integers(const RawTable& raw, CsvPlan& plan) const;
  void check_names(const RawTable& raw);
  void report_mixed_text(QueryEngine& engine, const RawTable& raw, const CsvPlan& plan, const Schema& schema);
  void note_dialect(const CsvPlan& plan);

  const std::vector<Data>& blocks_;
  const size_t block_;
  const Data& data_;
  std::string folder_;
  const ReadOptions& options_;
  Diagnostics& diagnostics_;
};

EngineSettings Reading::settings() const {
  EngineSettings settings;
  settings.memory_limit = options_.memory_limit;
  settings.threads = options_.threads;
  settings.temporary_folder = options_.temporary_folder;
  settings.folder = folder_;
  std::set<std::string> directories{folder_};
  for (const Data& data : blocks_)
    if (!data.join && data.source.form != DataSource::Form::sql)
      directories.insert(std::filesystem::path(resolve_path(data.source.path, folder_)).parent_path().string());
  settings.directories.assign(directories.begin(), directories.end());
  return settings;
}

/// A column whose integers are too large for float64 is read again as BIGINT: every value is known to be whole, so
/// nothing is rounded.
bool Reading::settle_large_integers(const RawTable& raw, CsvPlan& plan) const {
  bool again = false;
  for (size_t c = 0; c < plan.columns.size(); ++c) {
    if (!plan.columns[c].whole || plan.columns[c].type != "DOUBLE") continue;
    const NumberFacts facts = number_facts(raw, c);
    if (!facts.whole || facts.present == 0 || std::max(-facts.smallest, facts.largest) <= exact_integers) continue;
    plan.columns[c].whole = false;
    if (std::max(-facts.smallest, facts.largest) > 0x1p63) continue;  // no integer of 64 bits: a number
    plan.columns[c].type = "BIGINT";
    again = true;
  }
  return again;
}

RawTable Reading::take_csv(QueryEngine& engine, CsvPlan& plan) {
  const auto attempt = [&]() -> RawTable {
    try {
      return engine.take(csv_query(plan));
    } catch (const QueryFault& fault) {
      if (fault.cause == QueryFault::Cause::encoding && plan.dialect.encoding == "utf-8" &&
          !data_.source.options.contains("encoding")) {
        plan.dialect.encoding = "latin-1";
        return take_csv(engine, plan);
      }
      if (fault.cause != QueryFault::Cause::conversion) throw Failure{csv_fault(fault, plan, data_)};
    }
    settle_types(engine, plan, data_, diagnostics_);
    if (diagnostics_.has_errors()) return {};
    try {
      return engine.take(csv_query(plan));
    } catch (const QueryFault& fault) {
      throw Failure{csv_fault(fault, plan, data_)};
    }
  };
  RawTable raw = attempt();
  if (!diagnostics_.has_errors() && settle_large_integers(raw, plan)) raw = attempt();
  return raw;
}

RawTable Reading::take_typed(QueryEngine& engine, const std::string& plain) {
  try {
    return engine.take(with_declared_types(engine, plain, data_));
  } catch (const QueryFault& fault) {
    if (fault.cause == QueryFault::Cause::conversion) report_conversions(engine, plain, data_, diagnostics_);
    if (diagnostics_.has_errors()) return {};
    throw Failure{block_fault(fault, data_, folder_)};
  }
}

RawTable Reading::take(QueryEngine& engine, BlockQuery& query) {
  return query.csv ? take_csv(engine, *query.csv) : take_typed(engine, query.sql);
}

void Reading::check_names(const RawTable& raw) {
  std::vector<std::string> names;
  std::string listed;
  for (const RawColumn& column : raw.columns) {
    if (std::count(names.begin(), names.end(), column.name) == 1)
      diagnostics_.report(kinds::column_duplicated, data_.source.range,
                          {{"data", data_.name}, {"count", "several"}, {"column", column.name}});
    names.push_back(column.name);
    listed += (listed.empty() ? "`" : ", `") + column.name + "`";
  }
  const auto expect = [&](const std::string& name, SourceRange range) {
    if (name.empty() || std::count(names.begin(), names.end(), name) > 0) return;
    const std::string_view near = nearest_name(name, names);
    Diagnostic& diagnostic =
        diagnostics_.report(kinds::column_absent, range, {{"data", data_.name}, {"column", name}, {"columns", listed}});
    if (!near.empty()) diagnostic.note(fmt::format("is `{}` meant?", near));
  };
  for (const ColumnDeclaration& declaration : data_.columns) expect(declaration.name, declaration.range);
  for (const std::string& name : {data_.key, data_.time, data_.weight}) expect(name, data_.source.range);
}

void Reading::report_mixed_text(QueryEngine& engine, const RawTable& raw, const CsvPlan& plan, const Schema& schema) {
  for (size_t c = 0; c < plan.columns.size(); ++c) {
    if (raw.columns[c].storage != Storage::text || !schema.columns[c].inferred) continue;
    // A column that settle_types made text has been reported there.
    if (plan.columns[c].type != "VARCHAR" || plan.columns[c].widened) continue;
    const WordFacts facts = word_facts(raw, c, plan.dialect.decimal.front());
    if (facts.numeric * 2 >= facts.present && facts.numeric < facts.present)
      report_numeric_text(engine, plan, c, data_, diagnostics_);
  }
}

void Reading::note_dialect(const CsvPlan& plan) {
  const std::string path = shown_path(plan.files.front(), folder_);
  DeclaredDialect told = plan.declared;
  if (plan.dialect.encoding == "latin-1" && !told.encoding) {
    diagnostics_.report(kinds::file_not_utf8, data_.source.range, {{"path", path}});
    told.encoding = true;
  }
  const std::string found = describe(plan.dialect, told);
  if (!found.empty())
    diagnostics_.report(kinds::dialect_found, data_.source.range, {{"path", path}, {"dialect", found}});
}

LoadedData Reading::run() {
  LoadedData loaded;
  loaded.schema.data = data_.name;
  RawTable raw;
  std::vector<ColumnPlan> plans;
  BuildRequest request;
  std::optional<CsvPlan> csv;
  {
    // The engine and its memory are gone before columns are put in order.
    std::unique_ptr<QueryEngine> engine;
    try {
      engine = open_query_engine(settings());
    } catch (const QueryFault& fault) {
      throw Failure{block_fault(fault, data_, folder_)};
    }
    BlockQuery query = query_of_block(*engine, blocks_, block_, folder_, diagnostics_);
    if (diagnostics_.has_errors()) return loaded;
    raw = take(*engine, query);
    if (diagnostics_.has_errors()) return loaded;
    csv = std::move(query.csv);
    if (csv) note_dialect(*csv);
    check_names(raw);
    loaded.schema.rows = raw.rows();
    if (loaded.schema.rows == 0)
      diagnostics_.report(kinds::no_rows, data_.source.range,
                          {{"path", csv ? shown_path(csv->files.front(), folder_) : data_.name}});
    if (diagnostics_.has_errors()) return loaded;
    request = {&raw, &data_, all_declarations(blocks_, block_), csv ? &*csv : nullptr};
    plans = plan_columns(request, loaded.schema, diagnostics_);
    if (csv) report_mixed_text(*engine, raw, *csv, loaded.schema);
    if (diagnostics_.has_errors()) return loaded;
  }
  // The engine's memory goes back to the system before the columns are built a second time.
  malloc_trim(0);
  int key = -1;
  for (size_t c = 0; c < raw.columns.size(); ++c)
    if (!data_.key.empty() && raw.columns[c].name == data_.key) key = static_cast<int>(c);
  RowOrder order = canonical_order(raw, key);
  loaded.table.rows = loaded.schema.rows;
  loaded.table.columns = build_columns(request, plans, loaded.schema, order);
  loaded.table.identity = std::move(order.identity);
  return loaded;
}

}  // namespace

const Data& modelled_data(const std::vector<Data>& blocks) {
  for (size_t block = blocks.size(); block-- > 0;) {
    const bool joined = std::any_of(blocks.begin(), blocks.end(), [&](const Data& other) {
      return other.join && (other.join->left == blocks[block].name || other.join->right == blocks[block].name);
    });
    if (!joined) return blocks[block];
  }
  return blocks.back();
}

LoadedData read_data(const std::vector<Data>& blocks, const std::string& name, const std::string& folder,
                     const ReadOptions& options, Diagnostics& diagnostics) {
  const size_t block = block_index(blocks, name);
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  // Only this block's own errors end its reading.
  Diagnostics own;
  try {
    LoadedData loaded = arena.execute([&] { return Reading(blocks, block, folder, options, own).run(); });
    diagnostics.append(own);
    return loaded;
  } catch (...) {
    diagnostics.append(own);
    throw;
  }
}

Table read_table(const std::vector<Data>& blocks, const std::string& name, const std::string& folder,
                 const ReadOptions& options, Diagnostics& diagnostics) {
  return read_data(blocks, name, folder, options, diagnostics).table;
}

Schema infer_schema(const std::vector<Data>& blocks, const std::string& name, const std::string& folder,
                    const ReadOptions& options, Diagnostics& diagnostics) {
  LoadedData loaded = read_data(blocks, name, folder, options, diagnostics);
  count_distinct(loaded.table, loaded.schema);
  return std::move(loaded.schema);
}

std::vector<std::string> files_of(const std::vector<Data>& blocks, const std::string& name, const std::string& folder) {
  std::set<std::string> files;
  std::set<size_t> seen;
  std::vector<size_t> open{block_index(blocks, name)};
  while (!open.empty()) {
    const size_t block = open.back();
    open.pop_back();
    if (block >= blocks.size() || !seen.insert(block).second) continue;
    const Data& data = blocks[block];
    for (const size_t other : blocks_read(blocks, block)) open.push_back(other);
    if (data.join) continue;
    Diagnostics ignored;  // reading reports what is wrong with them
    for (std::string& file : data.source.form == DataSource::Form::sql ? files_in_query(data.source.path, folder)
                                                                       : find_files(data, folder, ignored))
      files.insert(std::move(file));
  }
  return {files.begin(), files.end()};
}

std::string reader_version() {
  EngineSettings settings;
  settings.threads = 1;
  return open_query_engine(settings)->version();
}

}  // namespace mlw
