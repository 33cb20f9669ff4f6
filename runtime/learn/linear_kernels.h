#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "runtime/data/matrix.h"

/// The sums over rows that fitting a linear model consists of, as compiled kernels over blocks of rows.
/// Within a block sums are float32 in the fixed order of kernel graphs; blocks are added in float64, in their order.
namespace mlw {

enum class LinearLoss : uint8_t {
  squared,   ///< (z - y)² / 2
  logistic,  ///< log(1 + exp(z)) - y z, y in {0, 1}
  softmax,   ///< log sum exp(z) - z[y], y in 0 … outputs - 1
};

/// Inputs with a column of ones behind them (for the intercept), in blocks of `block_rows`, the last one filled up with
/// rows of weight 0.
struct LinearDesign {
  static constexpr int64_t block_rows = 1024;
  int64_t rows = 0, blocks = 0;
  int columns = 0;             ///< the column of ones included
  DenseBlock values;           ///< [blocks × block_rows, columns]
  std::vector<float> targets;  ///< one a row, 0 behind the last
  std::vector<float> weights;  ///< one a row, 0 behind the last
  double weight_sum = 0;
};
LinearDesign make_design(const PreparedMatrix& matrix);
/// The selected rows of a row-major array, [rows][columns]; `targets` and `weights` (or empty) have one entry a row of
/// the array.
LinearDesign make_design(const float* inputs, int columns, std::span<const uint32_t> selection,
                         std::span<const float> targets, std::span<const float> weights);

/// Loss, gradient and curvature of one shape (columns × outputs); compiled once a shape and shared by all fits of it.
class LinearKernels {
 public:
  LinearKernels(LinearLoss loss, int columns, int outputs, CodeGenerator& generator);

  int size() const { return columns_ * outputs_; }
  int columns() const { return columns_; }
  int outputs() const { return outputs_; }

  /// Mean loss and its gradient at `coefficients` ([columns × outputs], row-major), without penalties.
  double gradient(const LinearDesign& design, std::span<const double> coefficients, std::span<double> gradient) const;

  /// Second derivatives of the mean loss: [size × size], symmetric, row-major.
  void curvature(const LinearDesign& design, std::span<const double> coefficients,
                 std::vector<double>& curvature) const;

 private:
  /// Probabilities of a block into `probabilities` ([outputs][block_rows]).
  void predict(const LinearDesign& design, int64_t block, const std::vector<float>& coefficients,
               float* probabilities) const;

  LinearLoss loss_;
  int columns_, outputs_;
  std::shared_ptr<const CompiledGraph> gradient_, probabilities_, gram_;
};

}  // namespace mlw
