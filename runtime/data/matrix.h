#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace mlw {

/// Memory of floats, aligned to 64 bytes, rows padded to no multiple: `stride` floats from row to row.
struct DenseBlock {
  int64_t rows = 0, columns = 0, stride = 0;
  std::shared_ptr<float[]> values;
  float* row(int64_t i) { return values.get() + i * stride; }
  const float* row(int64_t i) const { return values.get() + i * stride; }
};

/// Compressed sparse rows: one-hot columns, words.
struct SparseBlock {
  int64_t rows = 0, columns = 0;
  std::vector<uint64_t> row_begin;  ///< [rows + 1]
  std::vector<uint32_t> column;
  std::vector<float> value;         ///< empty: every stored value is 1
};

/// Bins of tree learners: 8 or 16 bits a value, column by column.
struct BinnedBlock {
  int64_t rows = 0, columns = 0;
  int bits = 8;
  std::vector<uint8_t> values;                  ///< [columns][rows], `bits` each
  std::vector<std::vector<float>> upper_edges;  ///< of every column
};

using MatrixBlock = std::variant<DenseBlock, SparseBlock, BinnedBlock>;

/// What learners are given: inputs side by side in blocks, targets, weights.
struct PreparedMatrix {
  int64_t rows = 0;
  std::vector<MatrixBlock> blocks;
  std::vector<std::string> feature_names;   ///< of all blocks in turn
  DenseBlock targets;                       ///< [rows × outputs]: the value, or the class index in one column
  std::vector<float> weights;               ///< empty: all 1
  std::vector<uint64_t> identity;           ///< of the rows, for random numbers that do not depend on position

  int64_t columns() const;
  /// All blocks as one dense block; a copy only when there is more than one block or one is sparse.
  DenseBlock dense() const;
};

}  // namespace mlw
