#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/matrix.h"
#include "runtime/learn/network_graph.h"

namespace mlw {

/// Rows ready for training: inputs in one block, targets as the loss wants them, weights.
struct NetworkRows {
  int64_t rows = 0;
  DenseBlock inputs;
  DenseBlock targets;          ///< values (standardized by the caller where it wants that), or the class in one column
  std::vector<float> weights;  ///< one a row
  std::vector<uint64_t> identity;
};
NetworkRows make_rows(const PreparedMatrix& matrix);

/// The rows in an order of their own for every key: ascending in a hash of key and identity, so that a row's place does
/// not depend on where it stood before.
void shuffle(const NetworkRows& rows, uint64_t key, std::vector<uint32_t>& order);

/// One batch as a compiled step reads it. Rows behind the last one are 0 with weight 0.
class NetworkBatch {
 public:
  explicit NetworkBatch(const NetworkShape& shape);

  /// Takes the rows `order[begin]` … as many as fit; the weights are divided by their sum, which is returned.
  double fill(const NetworkRows& rows, const std::vector<uint32_t>& order, int64_t begin);

  const void* inputs() const { return inputs_.values.get(); }
  const void* targets() const { return targets_.values.get(); }
  const void* weights() const { return weights_.values.get(); }

 private:
  void set_target(const float* target, int64_t i);

  bool classes_;
  DenseBlock inputs_, targets_, weights_;  ///< classes: int32 in the memory of the targets
};

}  // namespace mlw
