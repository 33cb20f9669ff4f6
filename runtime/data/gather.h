#pragma once

#include <mutex>
#include <span>
#include <vector>

#include "runtime/data/column.h"
#include "runtime/data/query_engine.h"

/// Raw columns into columns of a table: values move once, each to its row's place in canonical order, a column at a
/// time so that the raw one can be let go.
namespace mlw {

/// Memory of raw columns that have been gathered, for the next column: as large as a chunk of 8-byte values. Thread
/// safe.
class SpareBuffers {
 public:
  /// Keeps the values of a part that nobody else holds.
  void keep(RawPart part);
  /// A spare buffer with whatever is in it, or fresh memory; `bytes` of it are used.
  Buffer take(size_t bytes);

 private:
  std::mutex mutex_;
  std::vector<Buffer> buffers_;
};

/// Which rows a raw column of a storage becomes; `from` as in RowOrder.
struct GatherRequest {
  const RawTable* table = nullptr;
  size_t column = 0;
  std::span<const uint32_t> from;
  SpareBuffers* spare = nullptr;
};

/// Numbers, flags and dates as `to` (float32, float64, int64 or flag); the caller knows that every value fits.
std::vector<Chunk> gather_values(const GatherRequest& request, Storage to);

/// Text, whether its parts are codes or text.
std::vector<Chunk> gather_text(const GatherRequest& request);

/// Codes into `words` (sorted, each once), which holds every value.
std::vector<Chunk> gather_codes(const GatherRequest& request, const std::vector<std::string>& words);

/// A flag out of words: `of_true` tells of each of `words` whether it means true.
std::vector<Chunk> gather_flags(const GatherRequest& request, const std::vector<std::string>& words,
                                const std::vector<bool>& of_true);

}  // namespace mlw
