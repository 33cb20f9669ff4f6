#pragma once

#include <cstdint>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/target.h"

namespace llvm {
class IRBuilderBase;
class Value;
}  // namespace llvm

namespace mlw::codegen {

/// Dense layers for one row, in the predictor numeric profile: float32, a product and a sum are two roundings, and
/// every sum has one tree whatever the target's vectors are: the product of input i is added to lane i mod 16, in order
/// of i; then lanes are added in halves (l and l + 8, l and l + 4, l + 2, l + 1), then the bias.
///
/// Lanes begin with their first product instead of a zero, and products with a zero input may be left out: both only
/// ever change the sign of a zero, which the addition of the bias (never -0, see `packed_bias`) swallows.
inline constexpr int tree_lanes = 16;

enum class DenseForm {
  /// A vector holds the sums of neighbouring outputs; inputs are broadcast; the tree is walked depth first, so that few
  /// sums are
  /// alive. Weights lie in the order in which they are read.
  outputs_across,
  /// For few outputs: a vector holds 16 lanes of one output's sum.
  inputs_across,
  /// For inputs that are mostly zeros of indicators: lanes are kept in memory, and each input that is not zero adds its
  /// weights to its lane.
  gathered,
};

struct DensePlan {
  DenseForm form = DenseForm::outputs_across;
  int inputs = 0, outputs = 0;
  Activation activation = Activation::identity;
  int lanes = 4;        ///< of a vector
  int vectors = 1;      ///< outputs_across: vectors of outputs at once
  int64_t weights = 0;  ///< where the packed weights begin in the parameters, in bytes
  int64_t bias = 0;

  /// Number of vectors that hold all outputs.
  int output_vectors() const { return (outputs + lanes - 1) / lanes; }
};

/// Numbers that a layer's buffers hold, so that whole vectors can be read and written; what is beyond the layer's own
/// is finite.
int padded(int width);

DensePlan plan_dense(const DenseLayer& layer, const Target& target, bool gathered);

/// The weights as the plan reads them, with zeros where vectors reach beyond the layer.
std::vector<float> packed_weights(const DenseLayer& layer, const DensePlan& plan);
/// The biases for all of `output_vectors`; a bias of -0 becomes 0.
std::vector<float> packed_bias(const DenseLayer& layer, const DensePlan& plan);

/// The sum of a vector of 16 lanes: halves added, as in the tree above.
llvm::Value* sum_of_lanes(llvm::IRBuilderBase& builder, llvm::Value* lanes);

/// output[0 … padded(outputs)) = activation(W input + b) for `outputs_across` and `inputs_across`.
/// `input`: padded(inputs) floats, zeros behind the inputs. Both 64-byte aligned.
void emit_dense(llvm::IRBuilderBase& builder, const DensePlan& plan, llvm::Value* parameters, llvm::Value* input,
                llvm::Value* output);

/// The `gathered` form, step by step, inputs in ascending order. `lanes`: 16 × output_vectors vectors of memory.
class GatheredLayer {
 public:
  GatheredLayer(llvm::IRBuilderBase& builder, const DensePlan& plan, llvm::Value* parameters, llvm::Value* lanes)
      : builder_(builder), plan_(plan), parameters_(parameters), lanes_(lanes) {}
  void begin();
  /// Inputs [begin, begin + count) with the values at `values`.
  void add_numbers(int begin, int count, llvm::Value* values);
  /// The input begin + position is 1, where 0 <= position < width (`position`: i64).
  void add_indicator(int begin, int width, llvm::Value* position);
  void finish(llvm::Value* output);

 private:
  void add(llvm::Value* input, llvm::Value* factor);
  llvm::IRBuilderBase& builder_;
  const DensePlan& plan_;
  llvm::Value* parameters_;
  llvm::Value* lanes_;
};

}  // namespace mlw::codegen
