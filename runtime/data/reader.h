#pragma once

#include <string>
#include <vector>

#include "compiler/plan/schema.h"
#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"

/// From data blocks to a table: files are read through DuckDB, whose module is loaded with the first read.
namespace mlw {

struct ReadOptions {
  int64_t memory_limit = 0;      ///< bytes that the reader may use for itself; 0: its own share of the machine
  int threads = 0;               ///< 0: all
  std::string temporary_folder;  ///< where a join or a query larger than memory may spill; empty: nowhere
};

/// A table and what was found about its columns. The schema's `distinct` is counted for columns of text;
/// `count_distinct` counts the others.
struct LoadedData {
  Table table;
  Schema schema;
};

/// Reads the block `name`; `blocks` are all data blocks of the workflow (joins and SQL refer to them by name), `folder`
/// is where the workflow lies. Declared columns and options win over what is found. Rows stand in canonical order, so
/// that the same rows in any order give the same table. Notes, warnings and errors of the data go to `diagnostics`;
/// with an error among them the table may be empty. `where` is the caller's.
LoadedData read_data(const std::vector<Data>& blocks, const std::string& name, const std::string& folder,
                     const ReadOptions& options, Diagnostics& diagnostics);

/// The block that is modelled: the last one that no other block joins.
const Data& modelled_data(const std::vector<Data>& blocks);

/// Only the rows.
Table read_table(const std::vector<Data>& blocks, const std::string& name, const std::string& folder,
                 const ReadOptions& options, Diagnostics& diagnostics);

/// Only the schema, with every column's distinct values counted.
Schema infer_schema(const std::vector<Data>& blocks, const std::string& name, const std::string& folder,
                    const ReadOptions& options, Diagnostics& diagnostics);

/// The files that a block reads, directly or through the blocks that it joins, sorted: what its rows depend on. A
/// pattern is expanded. Files that an SQL query names itself are found only when they stand in it as text ending in
/// .csv, .parquet or .json (with .gz).
std::vector<std::string> files_of(const std::vector<Data>& blocks, const std::string& name, const std::string& folder);

/// DuckDB's version: part of the keys of what was read.
std::string reader_version();

}  // namespace mlw
