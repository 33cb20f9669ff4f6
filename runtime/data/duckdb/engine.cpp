#include <duckdb.h>

#include <string>
#include <utility>
#include <vector>

#include "runtime/data/duckdb/taker.h"
#include "runtime/data/duckdb/types.h"
#include "runtime/data/query_engine.h"

namespace mlw::duckdb_reader {
namespace {

using Cause = QueryFault::Cause;

Cause cause_of(duckdb_error_type type, const std::string& message) {
  const auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  if (says("invalid unicode") || says("Invalid unicode") || says("not utf-8 encoded")) return Cause::encoding;
  if (says("No files found")) return Cause::no_file;
  switch (type) {
    case DUCKDB_ERROR_CONVERSION:
    case DUCKDB_ERROR_OUT_OF_RANGE:
      return Cause::conversion;
    case DUCKDB_ERROR_PERMISSION:
      return Cause::not_allowed;
    case DUCKDB_ERROR_INVALID_INPUT:
      return Cause::malformed;
    case DUCKDB_ERROR_OUT_OF_MEMORY:
      return Cause::memory;
    default:
      return Cause::other;
  }
}

/// A result that is destroyed with its scope.
struct Result {
  duckdb_result value{};
  Result() = default;
  Result(const Result&) = delete;
  ~Result() { duckdb_destroy_result(&value); }
};

class Engine final : public QueryEngine {
 public:
  explicit Engine(const EngineSettings& settings);
  ~Engine() override {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  std::vector<std::vector<Cell>> rows(const std::string& sql) override;
  void execute(const std::string& sql) override;
  std::vector<RawColumn> columns(const std::string& sql) override;
  RawTable take(const std::string& sql) override;
  std::string version() const override { return duckdb_library_version(); }

 private:
  void open(duckdb_config config);
  void run(const std::string& sql, Result& result);
  /// The columns of a query with the way in which each is taken.
  std::vector<RawColumn> plan(const std::string& sql, std::vector<TypePlan>* plans);

  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
  Buffer (*allocate_)(size_t);
};

std::string text_list(const std::vector<std::string>& items) {
  std::string list = "[";
  for (const std::string& item : items) {
    if (list.size() > 1) list += ", ";
    list += '\'';
    for (const char c : item) list += c == '\'' ? std::string("''") : std::string(1, c);
    list += '\'';
  }
  return list + "]";
}

Engine::Engine(const EngineSettings& settings) : allocate_(settings.allocate) {
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  duckdb_set_config(config, "autoinstall_known_extensions", "false");
  duckdb_set_config(config, "autoload_known_extensions", "false");
  duckdb_set_config(config, "allow_community_extensions", "false");
  if (settings.threads > 0) duckdb_set_config(config, "threads", std::to_string(settings.threads).c_str());
  if (settings.memory_limit > 0)
    duckdb_set_config(config, "memory_limit", (std::to_string(settings.memory_limit) + " B").c_str());
  open(config);
  const auto set = [&](const std::string& name, const std::string& value) { execute("SET " + name + " = " + value); };
  const auto text = [](const std::string& value) {
    const std::string list = text_list({value});
    return list.substr(1, list.size() - 2);
  };
  set("preserve_insertion_order", "false");
  set("temp_directory", text(settings.temporary_folder));
  if (!settings.folder.empty()) set("file_search_path", text(settings.folder));
  // From here on only the named folders can be read, and no query can change that.
  set("allowed_directories", text_list(settings.directories));
  set("enable_external_access", "false");
  set("lock_configuration", "true");
}

void Engine::open(duckdb_config config) {
  char* error = nullptr;
  const duckdb_state opened = duckdb_open_ext(nullptr, &database_, config, &error);
  duckdb_destroy_config(&config);
  if (opened != DuckDBSuccess) {
    const std::string message = error ? error : "";
    duckdb_free(error);
    throw QueryFault{Cause::other, message, {}};
  }
  if (duckdb_connect(database_, &connection_) != DuckDBSuccess) throw QueryFault{Cause::other, "cannot connect", {}};
}

void Engine::run(const std::string& sql, Result& result) {
  if (duckdb_query(connection_, sql.c_str(), &result.value) == DuckDBSuccess) return;
  const char* error = duckdb_result_error(&result.value);
  const std::string message = error ? error : "";
  throw QueryFault{cause_of(duckdb_result_error_type(&result.value), message), message, {}};
}

std::vector<std::vector<QueryEngine::Cell>> Engine::rows(const std::string& sql) {
  Result result;
  run("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + sql + "\n)", result);
  const idx_t width = duckdb_column_count(&result.value);
  std::vector<std::vector<Cell>> answer;
  while (duckdb_data_chunk chunk = duckdb_fetch_chunk(result.value)) {
    const idx_t count = duckdb_data_chunk_get_size(chunk);
    const size_t first = answer.size();
    answer.resize(first + count, std::vector<Cell>(width));
    for (idx_t c = 0; c < width; ++c) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, c);
      auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
      uint64_t* validity = duckdb_vector_get_validity(vector);
      for (idx_t i = 0; i < count; ++i)
        if (!validity || duckdb_validity_row_is_valid(validity, i))
          answer[first + i][c] = std::string(duckdb_string_t_data(&texts[i]), duckdb_string_t_length(texts[i]));
    }
    duckdb_destroy_data_chunk(&chunk);
  }
  return answer;
}

void Engine::execute(const std::string& sql) {
  Result result;
  run(sql, result);
}

std::vector<RawColumn> Engine::plan(const std::string& sql, std::vector<TypePlan>* plans) {
  duckdb_prepared_statement statement = nullptr;
  if (duckdb_prepare(connection_, sql.c_str(), &statement) != DuckDBSuccess) {
    const char* error = duckdb_prepare_error(statement);
    const std::string message = error ? error : "";
    duckdb_destroy_prepare(&statement);
    // A failed preparation carries no type of error.
    const bool denied = message.starts_with("Permission Error");
    const bool malformed = message.starts_with("Invalid Input Error");
    throw QueryFault{cause_of(denied      ? DUCKDB_ERROR_PERMISSION
                              : malformed ? DUCKDB_ERROR_INVALID_INPUT
                                          : DUCKDB_ERROR_INVALID,
                              message),
                     message,
                     {}};
  }
  std::vector<RawColumn> columns;
  std::string unsupported;
  for (idx_t c = 0; c < duckdb_prepared_statement_column_count(statement); ++c) {
    duckdb_logical_type type = duckdb_prepared_statement_column_logical_type(statement, c);
    const char* name = duckdb_prepared_statement_column_name(statement, c);
    RawColumn column{name, type_name(type), Storage::text, false};
    duckdb_free(const_cast<char*>(name));
    const std::optional<TypePlan> planned = plan_type(type);
    duckdb_destroy_logical_type(&type);
    if (planned) {
      column.storage = planned->storage;
      column.date = planned->date;
    } else if (unsupported.empty()) {
      unsupported = column.name;
    }
    if (plans) plans->push_back(planned.value_or(TypePlan{}));
    columns.push_back(std::move(column));
  }
  duckdb_destroy_prepare(&statement);
  if (plans && !unsupported.empty()) {
    std::string type;
    for (const RawColumn& column : columns)
      if (column.name == unsupported) type = column.type;
    throw QueryFault{Cause::unsupported_type, type, unsupported};
  }
  return columns;
}

std::vector<RawColumn> Engine::columns(const std::string& sql) { return plan(sql, nullptr); }

RawTable Engine::take(const std::string& sql) {
  std::vector<TypePlan> plans;
  RawTable table;
  table.columns = plan(sql, &plans);
  std::string arguments, names;
  for (size_t c = 0; c < plans.size(); ++c) {
    const std::string name = "c" + std::to_string(c);
    if (c > 0) {
      arguments += ", ";
      names += ", ";
    }
    names += name;
    arguments += plans[c].cast.empty() ? name : "CAST(" + name + " AS " + plans[c].cast + ")";
  }
  Taker taker(std::move(plans), allocate_);
  taker.join(connection_);
  {
    Result result;
    try {
      run("SELECT count(" + taker.name() + "(" + arguments + ")) FROM (" + sql + "\n) AS taken(" + names + ")", result);
    } catch (QueryFault& fault) {
      if (taker.refused() >= 0) {
        fault.cause = Cause::unsupported_type;
        fault.column = table.columns[static_cast<size_t>(taker.refused())].name;
      }
      throw;
    }
  }
  table.pieces = taker.finish();
  return table;
}

}  // namespace
}  // namespace mlw::duckdb_reader

extern "C" mlw::QueryEngine* mlw_open_query_engine(const mlw::EngineSettings* settings) {
  return new mlw::duckdb_reader::Engine(*settings);
}
