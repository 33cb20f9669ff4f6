#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/data/csv_source.h"

namespace mlw {

/// How the rows of a data block are asked for. Blocks that it reads are views of the engine by then.
struct BlockQuery {
  std::string sql;
  std::optional<CsvPlan> csv;  ///< when the block is a csv source of its own
};

/// Makes the block's query, and the views of the blocks that it reads. Faults go to `diagnostics`; with an error the
/// query is empty.
BlockQuery query_of_block(QueryEngine& engine, const std::vector<Data>& blocks, size_t block, const std::string& folder,
                          Diagnostics& diagnostics);

/// What the engine says against a block that is no csv source, as a diagnostic; files are named from `folder`.
Diagnostic block_fault(const QueryFault& fault, const Data& data, const std::string& folder);

/// Of a query whose conversion to declared types failed: which columns and values (D105). `plain` is the query without
/// conversions.
void report_conversions(QueryEngine& engine, const std::string& plain, const Data& data, Diagnostics& diagnostics);

/// The query of a typed source with its columns converted to the declared kinds; as it is where nothing differs.
std::string with_declared_types(QueryEngine& engine, const std::string& plain, const Data& data);

/// A block's column declarations and those of the blocks that it joins, its own first.
std::vector<ColumnDeclaration> all_declarations(const std::vector<Data>& blocks, size_t block);

}  // namespace mlw
