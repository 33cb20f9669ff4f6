#include "runtime/learn/network_batches.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include "runtime/data/matrix_memory.h"
#include "runtime/data/random.h"

namespace mlw {
namespace {

struct Drawn {
  uint64_t hash;
  uint32_t row;
};

/// Sorts by the upper 33 bits of the hash, 11 at a time, keeping the order of equal ones.
void radix_sort(std::vector<Drawn>& drawn, std::vector<Drawn>& other) {
  constexpr int digit = 11;
  other.resize(drawn.size());
  for (int shift = 64 - 3 * digit; shift < 64; shift += digit) {
    std::array<uint32_t, (1 << digit) + 1> begin{};
    for (const Drawn& each : drawn) ++begin[(each.hash >> shift & ((1 << digit) - 1)) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    for (const Drawn& each : drawn) other[begin[each.hash >> shift & ((1 << digit) - 1)]++] = each;
    drawn.swap(other);
  }
}

/// Rows of a shuffled order are far apart in memory: those of the next batch are on their way while this one is
/// trained.
void prefetch(const DenseBlock& block, uint32_t row) {
  constexpr int64_t line = 64 / sizeof(float);
  for (int64_t column = 0; column < block.columns; column += line) __builtin_prefetch(block.row(row) + column);
  __builtin_prefetch(block.row(row) + block.columns - 1);
}

}  // namespace

NetworkRows make_rows(const PreparedMatrix& matrix) {
  NetworkRows rows{matrix.rows, matrix.dense(), matrix.targets, matrix.weights, matrix.identity};
  const auto count = static_cast<size_t>(rows.rows);
  if (rows.weights.empty()) rows.weights.assign(count, 1.0F);
  if (rows.identity.empty()) {
    rows.identity.resize(count);
    std::iota(rows.identity.begin(), rows.identity.end(), uint64_t{0});
  }
  return rows;
}

void shuffle(const NetworkRows& rows, uint64_t key, std::vector<uint32_t>& order) {
  std::vector<Drawn> drawn(static_cast<size_t>(rows.rows)), other;
  for (size_t i = 0; i < drawn.size(); ++i) drawn[i] = {mix(key, rows.identity[i]), static_cast<uint32_t>(i)};
  radix_sort(drawn, other);
  order.resize(drawn.size());
  for (size_t i = 0; i < drawn.size(); ++i) order[i] = drawn[i].row;
}

NetworkBatch::NetworkBatch(const NetworkShape& shape)
    : classes_(shape.loss == NetworkLoss::softmax),
      inputs_(make_dense(shape.batch, shape.inputs)),
      targets_(make_dense(shape.batch, classes_ ? 1 : shape.outputs)),
      weights_(make_dense(shape.batch, 1)) {}

void NetworkBatch::set_target(const float* target, int64_t i) {
  if (classes_) {
    const auto index = static_cast<int32_t>(target[0]);
    std::memcpy(targets_.row(i), &index, sizeof index);
  } else {
    std::copy_n(target, targets_.columns, targets_.row(i));
  }
}

double NetworkBatch::fill(const NetworkRows& rows, const std::vector<uint32_t>& order, int64_t begin) {
  const int64_t count = std::min(inputs_.rows, static_cast<int64_t>(order.size()) - begin);
  double sum = 0;
  for (int64_t i = 0; i < count; ++i) {
    const uint32_t row = order[static_cast<size_t>(begin + i)];
    if (begin + i + inputs_.rows < static_cast<int64_t>(order.size()))
      prefetch(rows.inputs, order[static_cast<size_t>(begin + i + inputs_.rows)]);
    std::memcpy(inputs_.row(i), rows.inputs.row(row), static_cast<size_t>(inputs_.columns) * sizeof(float));
    set_target(rows.targets.row(row), i);
    weights_.row(i)[0] = rows.weights[row];
    sum += rows.weights[row];
  }
  const double scale = sum > 0 ? 1 / sum : 0;
  for (int64_t i = 0; i < count; ++i) weights_.row(i)[0] = static_cast<float>(weights_.row(i)[0] * scale);
  const auto rest = static_cast<size_t>(inputs_.rows - count);
  std::fill_n(inputs_.row(count), rest * static_cast<size_t>(inputs_.columns), 0.0F);
  std::fill_n(targets_.row(count), rest * static_cast<size_t>(targets_.columns), 0.0F);
  std::fill_n(weights_.row(count), rest, 0.0F);
  return sum;
}

}  // namespace mlw
