#include "runtime/data/matrix.h"

#include <cstring>
#include <new>

#include "runtime/data/matrix_memory.h"

namespace mlw {
namespace {

int64_t width(const MatrixBlock& block) {
  return std::visit([](const auto& b) { return b.columns; }, block);
}

/// Writes a block's columns into `to`, from column `first` on.
void expand(const DenseBlock& from, DenseBlock& to, int64_t first) {
  for (int64_t i = 0; i < from.rows; ++i)
    std::memcpy(to.row(i) + first, from.row(i), static_cast<size_t>(from.columns) * sizeof(float));
}

void expand(const SparseBlock& from, DenseBlock& to, int64_t first) {
  for (int64_t i = 0; i < from.rows; ++i)
    for (uint64_t at = from.row_begin[static_cast<size_t>(i)]; at < from.row_begin[static_cast<size_t>(i) + 1]; ++at)
      to.row(i)[first + from.column[at]] = from.value.empty() ? 1.0F : from.value[at];
}

/// A bin stands for its number: dense learners never ask for it, tree learners read the bins themselves.
void expand(const BinnedBlock& from, DenseBlock& to, int64_t first) {
  for (int64_t c = 0; c < from.columns; ++c)
    for (int64_t i = 0; i < from.rows; ++i) {
      const auto at = static_cast<size_t>(c * from.rows + i);
      const uint32_t bin =
          from.bits == 8 ? from.values[at] : from.values[2 * at] | static_cast<uint32_t>(from.values[2 * at + 1]) << 8;
      to.row(i)[first + c] = static_cast<float>(bin);
    }
}

}  // namespace

DenseBlock make_dense(int64_t rows, int64_t columns) {
  DenseBlock block{rows, columns, columns, nullptr};
  const auto count = static_cast<size_t>(rows * columns);
  auto* memory = static_cast<float*>(::operator new[](count * sizeof(float) + 64, std::align_val_t{64}));
  std::memset(memory, 0, count * sizeof(float));
  block.values = {memory, [](float* p) { ::operator delete[](p, std::align_val_t{64}); }};
  return block;
}

int64_t PreparedMatrix::columns() const {
  int64_t sum = 0;
  for (const MatrixBlock& block : blocks) sum += width(block);
  return sum;
}

DenseBlock PreparedMatrix::dense() const {
  if (blocks.size() == 1)
    if (const auto* only = std::get_if<DenseBlock>(&blocks.front())) return *only;
  DenseBlock result = make_dense(rows, columns());
  int64_t first = 0;
  for (const MatrixBlock& block : blocks) {
    std::visit([&](const auto& b) { expand(b, result, first); }, block);
    first += width(block);
  }
  return result;
}

}  // namespace mlw
