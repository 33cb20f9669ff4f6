#pragma once

#include <memory>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "runtime/learn/network_batches.h"

namespace mlw {

/// The weights of a network and the state of their optimizer, with the compiled functions that change and judge them.
/// Everything is allocated once.
class NetworkTraining {
 public:
  /// Weights are drawn by counter from `key`: He (relu, gelu) or Glorot limits, uniform; biases are 0.
  NetworkTraining(const NetworkShape& shape, const NetworkSettings& settings, CodeGenerator& generator, uint64_t key);

  /// One step on the rows order[begin] …; returns the loss before it (weighted mean over these rows), and adds their
  /// weight to `weight`. Fails with R462 when the loss is not finite.
  double step(const NetworkRows& rows, const std::vector<uint32_t>& order, int64_t begin, double& weight);
  /// The weighted mean loss over all rows, without dropout.
  double loss(const NetworkRows& rows);

  std::vector<float> weights() const;  ///< of all parameters, in their order
  void set_weights(const std::vector<float>& weights);
  const std::vector<NetworkParameter>& parameters() const { return parameters_; }
  int64_t steps() const { return steps_; }
  /// Fails with R462 when a weight is not finite.
  void require_finite() const;

 private:
  void draw_weights(uint64_t key);
  void update_scalars();
  [[noreturn]] void diverged(const std::string& fallback) const;
  float* data(size_t tensor) const { return memory_.values.get() + begin_[tensor]; }

  NetworkShape shape_;
  NetworkSettings settings_;
  std::vector<NetworkParameter> parameters_;
  CodeGenerator& generator_;
  std::shared_ptr<const CompiledGraph> step_, evaluation_;
  NetworkBatch batch_;
  std::vector<int64_t> begin_;  ///< of each parameter, then of each state, in `memory_`
  DenseBlock memory_, arena_;
  std::vector<const void*> inputs_;
  std::vector<void*> outputs_;
  std::vector<double> scalars_;
  float loss_ = 0;
  int64_t steps_ = 0;
  double beta1_power_ = 1, beta2_power_ = 1;
};

}  // namespace mlw
