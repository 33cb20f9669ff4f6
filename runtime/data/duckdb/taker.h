#pragma once

#include <duckdb.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/data/duckdb/part_builder.h"

namespace mlw::duckdb_reader {

/// The SQL function `mlw_take(column, …)`: keeps the rows that it is called with and answers true. DuckDB calls it on
/// every thread of a query with up to 2,048 rows at a time, so columns are built in parallel while files are parsed;
/// each thread fills pieces of its own.
class Taker {
 public:
  Taker(std::vector<TypePlan> plans, Buffer (*allocate)(size_t));
  ~Taker();
  Taker(const Taker&) = delete;

  /// Makes the function known to a connection under `name()`; the taker must live as long as the query runs.
  void join(duckdb_connection connection);
  const std::string& name() const { return name_; }
  /// The pieces of all threads; call when the query has ended.
  std::vector<RawPiece> finish();
  /// The column that held a value with no counterpart; -1: none.
  int refused() const { return refused_; }

 private:
  struct ThreadState;
  static void called(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output);
  void take(duckdb_data_chunk input);
  ThreadState& state();
  void start_piece(ThreadState& state);
  void end_piece(ThreadState& state);

  std::vector<TypePlan> plans_;
  Buffer (*allocate_)(size_t);
  uint64_t serial_;
  std::string name_;
  std::atomic<int> refused_{-1};
  std::mutex mutex_;
  std::vector<std::unique_ptr<ThreadState>> states_;
};

}  // namespace mlw::duckdb_reader
