#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/column.h"
#include "runtime/data/query_engine.h"

namespace mlw {

/// Rows in canonical order: `from` says where each stands, piece << 16 | row of the piece.
struct RowOrder {
  std::vector<uint64_t> identity;  ///< ascending, each once
  std::vector<uint32_t> from;
};

/// A row's identity is the hash of its key, or of its content; what has the same key (or content) once more gets a hash
/// of that and its occurrence. The order depends on the rows alone, not on how they arrived; rows that are added move
/// none of the others. `key`: column number, -1 without.
RowOrder canonical_order(const RawTable& table, int key);

/// The hash of each row's content: equal rows have equal hashes. A value has the same hash in whatever storage it lies:
/// 3 and 3.0, a category and the same text.
std::vector<uint64_t> row_hashes(const Table& table);

}  // namespace mlw
