#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/column.h"

/// The door to the database engine that reads files and answers SQL. The engine is a module of its own
/// (runtime/data/duckdb): a process that reads no rows never loads it.
namespace mlw {

/// Words of a text column as one reading thread met them: codes of its parts index this list. Grows while rows are
/// read.
using RawWords = std::shared_ptr<const std::vector<std::string>>;

/// One column of a piece: a chunk, whose codes (storage `category`) mean `words`, or whose rows are text.
struct RawPart {
  Chunk chunk;
  Storage storage = Storage::float64;
  RawWords words;
};

/// Up to `chunk_rows` rows as one thread received them.
struct RawPiece {
  int64_t rows = 0;
  std::vector<RawPart> parts;  ///< one a column
};

struct RawColumn {
  std::string name;
  std::string type;                    ///< the engine's name of the type: "DOUBLE", "VARCHAR"
  Storage storage = Storage::float64;  ///< `text` of words, whether its parts are codes or text
  bool date = false;                   ///< an int64 of microseconds
};

/// What a query gave, in no particular order of rows.
struct RawTable {
  std::vector<RawColumn> columns;
  std::vector<RawPiece> pieces;
  int64_t rows() const;
};

/// What the engine had to say against a query, thrown by it.
struct QueryFault {
  enum class Cause { other, conversion, no_file, not_allowed, malformed, encoding, memory, unsupported_type };
  Cause cause = Cause::other;
  std::string message;  ///< the engine's words
  std::string column;   ///< of an unsupported type
};

struct EngineSettings {
  int64_t memory_limit = 0;              ///< bytes; 0: the engine's own share of the machine
  int threads = 0;                       ///< 0: all
  std::string folder;                    ///< relative paths begin here
  std::vector<std::string> directories;  ///< all that may be read: with everything below them
  std::string temporary_folder;          ///< where a query larger than memory may spill; empty: nowhere
  Buffer (*allocate)(size_t bytes) = nullptr;
};

/// Not thread safe; a query itself uses the engine's threads.
class QueryEngine {
 public:
  virtual ~QueryEngine() = default;
  using Cell = std::optional<std::string>;
  /// A small answer, value by value as text, missing where NULL.
  virtual std::vector<std::vector<Cell>> rows(const std::string& sql) = 0;
  virtual void execute(const std::string& sql) = 0;
  /// The columns that a query would give.
  virtual std::vector<RawColumn> columns(const std::string& sql) = 0;
  /// All rows of a query, taken from the engine's vectors as its threads make them: nothing is materialised in between.
  /// NaN becomes missing.
  virtual RawTable take(const std::string& sql) = 0;
  virtual std::string version() const = 0;
};

/// Loads the module on first use. A module that cannot be loaded is a Failure.
std::unique_ptr<QueryEngine> open_query_engine(const EngineSettings& settings);

/// The module's one exported function.
using OpenQueryEngine = QueryEngine* (*)(const EngineSettings*);
inline constexpr const char* open_query_engine_symbol = "mlw_open_query_engine";

/// `name` as an SQL identifier, `text` as an SQL string.
std::string quote_identifier(std::string_view name);
std::string quote_text(std::string_view text);

}  // namespace mlw
