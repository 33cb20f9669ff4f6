#pragma once

#include <span>
#include <vector>

#include "runtime/data/column.h"

namespace mlw {

/// Mixes a chunk's values, row by row, into `hashes` (one a row). `words`: of codes (storage `category`) and of flags
/// written as words; may be null. `date`: an int64 is a moment.
void mix_values(const Chunk& chunk, Storage storage, const std::vector<std::string>* words, bool date,
                std::span<uint64_t> hashes);

/// What the hashes of rows begin with.
inline constexpr uint64_t row_hash_seed = 0x6D6C7720726F7773;

}  // namespace mlw
