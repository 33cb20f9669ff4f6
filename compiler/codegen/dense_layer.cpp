#include "compiler/codegen/dense_layer.h"

#include <llvm/IR/IRBuilder.h>

#include <algorithm>
#include <array>

#include "compiler/artefact/activations.h"
#include "compiler/codegen/counted_loop.h"
#include "compiler/codegen/expressions.h"

namespace mlw::codegen {
namespace {

/// The order in which a walk through the tree, depth first, meets the lanes.
constexpr std::array<int, tree_lanes> walk = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

/// More inputs than this a lane are looped over.
constexpr int most_unrolled_inputs_of_lane = 8;
/// More vectors than this are looped over.
constexpr int most_unrolled_vectors = 8;

/// Number of inputs that belong to a lane.
int inputs_of_lane(int inputs, int lane) { return (inputs - lane + tree_lanes - 1) / tree_lanes; }

/// Sums of the lanes, added as the walk comes back from them. Null stands for a lane without inputs.
class TreeSum {
 public:
  TreeSum(llvm::IRBuilderBase& builder, size_t width) : builder_(builder), width_(width) {}
  using Sums = std::vector<llvm::Value*>;

  void push(Sums sums) {
    stack_.push_back(std::move(sums));
    for (int done = ++pushed_; done % 2 == 0; done /= 2) {
      Sums right = std::move(stack_.back());
      stack_.pop_back();
      Sums& left = stack_.back();
      for (size_t i = 0; i < width_; ++i)
        if (!left[i])
          left[i] = right[i];
        else if (right[i])
          left[i] = builder_.CreateFAdd(left[i], right[i]);
    }
  }
  const Sums& total() const { return stack_.front(); }

 private:
  llvm::IRBuilderBase& builder_;
  size_t width_;
  int pushed_ = 0;
  std::vector<Sums> stack_;
};

class Emission {
 public:
  Emission(llvm::IRBuilderBase& builder, const DensePlan& plan)
      : builder_(builder), plan_(plan), vector_(llvm::FixedVectorType::get(builder.getFloatTy(), plan.lanes)) {}

  llvm::Type* vector() { return vector_; }
  llvm::Align alignment() const { return llvm::Align(static_cast<uint64_t>(plan_.lanes) * 4); }

  llvm::Value* at(llvm::Value* base, llvm::Value* floats) {
    return builder_.CreateGEP(builder_.getFloatTy(), base, floats);
  }
  llvm::Value* at(llvm::Value* base, int64_t floats) {
    return floats == 0 ? base : builder_.CreateConstGEP1_64(builder_.getFloatTy(), base, static_cast<uint64_t>(floats));
  }
  llvm::Value* load(llvm::Value* place) { return builder_.CreateAlignedLoad(vector_, place, alignment()); }
  void store(llvm::Value* value, llvm::Value* place) { builder_.CreateAlignedStore(value, place, alignment()); }
  llvm::Value* broadcast(llvm::Value* place) {
    return builder_.CreateVectorSplat(static_cast<unsigned>(plan_.lanes),
                                      builder_.CreateLoad(builder_.getFloatTy(), place));
  }
  /// activation(sum + bias)
  llvm::Value* activated(llvm::Value* sum, llvm::Value* bias, int lanes) {
    return emit_activation(builder_, plan_.activation, builder_.CreateFAdd(sum, bias), lanes);
  }

  static llvm::Value* emit_activation(llvm::IRBuilderBase& builder, Activation activation, llvm::Value* value,
                                      int lanes) {
    ExpressionEmitter emitter(builder, lanes, [value](kernel::Expression) { return value; });
    return emitter.emit_lanes(activate(activation, kernel::argument(kernel::Type::f32, 0)));
  }

 private:
  llvm::IRBuilderBase& builder_;
  const DensePlan& plan_;
  llvm::Type* vector_;
};

/// One group of `vectors` vectors of outputs: 16 times the sum of a lane, then what the tree allows to be added.
///   for lane in walk: sums = Σ over k of weights[…] * input[16 k + lane]
void emit_group(llvm::IRBuilderBase& builder, const DensePlan& plan, int vectors, llvm::Value* weights,
                llvm::Value* bias, llvm::Value* input, llvm::Value* output) {
  Emission emission(builder, plan);
  const int width = vectors * plan.lanes;
  const auto product = [&](llvm::Value* place, llvm::Value* broadcast, int vector) {
    return builder.CreateFMul(emission.load(emission.at(place, vector * plan.lanes)), broadcast);
  };
  TreeSum tree(builder, static_cast<size_t>(vectors));
  int64_t done = 0;  // inputs whose weights were read
  for (const int lane : walk) {
    const int count = inputs_of_lane(plan.inputs, lane);
    std::vector<llvm::Value*> sums(static_cast<size_t>(vectors), nullptr);
    if (count > 0) {
      llvm::Value* first = emission.broadcast(emission.at(input, lane));
      for (int v = 0; v < vectors; ++v)
        sums[static_cast<size_t>(v)] = product(emission.at(weights, done * width), first, v);
    }
    const auto add_input = [&](llvm::Value* place, llvm::Value* x, std::span<llvm::Value* const> before) {
      llvm::Value* factor = emission.broadcast(x);
      std::vector<llvm::Value*> after;
      for (int v = 0; v < vectors; ++v)
        after.push_back(builder.CreateFAdd(before[static_cast<size_t>(v)], product(place, factor, v)));
      return after;
    };
    if (count > most_unrolled_inputs_of_lane) {
      llvm::Value* section = emission.at(weights, done * width);
      llvm::Value* column = emission.at(input, lane);
      sums = emit_counted_loop(builder, 1, count, sums, [&](llvm::Value* k, std::span<llvm::Value* const> carried) {
        llvm::Value* place = emission.at(section, builder.CreateMul(k, builder.getInt64(static_cast<uint64_t>(width))));
        return add_input(place, emission.at(column, builder.CreateMul(k, builder.getInt64(tree_lanes))), carried);
      });
    } else {
      for (int k = 1; k < count; ++k)
        sums = add_input(emission.at(weights, (done + k) * width), emission.at(input, lane + k * tree_lanes), sums);
    }
    done += count;
    tree.push(std::move(sums));
  }
  for (int v = 0; v < vectors; ++v)
    emission.store(emission.activated(tree.total()[static_cast<size_t>(v)],
                                      emission.load(emission.at(bias, v * plan.lanes)), plan.lanes),
                   emission.at(output, v * plan.lanes));
}

void emit_outputs_across(llvm::IRBuilderBase& builder, const DensePlan& plan, llvm::Value* weights, llvm::Value* bias,
                         llvm::Value* input, llvm::Value* output) {
  Emission emission(builder, plan);
  const int64_t width = static_cast<int64_t>(plan.vectors) * plan.lanes, group_weights = width * plan.inputs;
  const int groups = plan.output_vectors() / plan.vectors, rest = plan.output_vectors() % plan.vectors;
  const auto emit = [&](llvm::Value* group) {
    const auto part = [&](llvm::Value* base, int64_t size) {
      return emission.at(base, builder.CreateMul(group, builder.getInt64(static_cast<uint64_t>(size))));
    };
    emit_group(builder, plan, plan.vectors, part(weights, group_weights), part(bias, width), input,
               part(output, width));
  };
  if (groups > 0) emit_counted_loop(builder, 0, groups, emit);
  if (rest > 0)
    emit_group(builder, plan, rest, emission.at(weights, groups * group_weights), emission.at(bias, groups * width),
               input, emission.at(output, groups * width));
  // The next layer may read whole trees of lanes: what lies behind the last vector is zero.
  const int written = plan.output_vectors() * plan.lanes, all = padded(plan.outputs);
  for (int i = written; i < all; i += plan.lanes)
    emission.store(llvm::Constant::getNullValue(emission.vector()), emission.at(output, i));
}

void emit_inputs_across(llvm::IRBuilderBase& builder, const DensePlan& plan, llvm::Value* weights, llvm::Value* bias,
                        llvm::Value* input, llvm::Value* output) {
  Emission emission(builder, plan);
  auto* tree = llvm::FixedVectorType::get(builder.getFloatTy(), tree_lanes);
  const auto load = [&](llvm::Value* place) { return builder.CreateAlignedLoad(tree, place, llvm::Align(64)); };
  builder.CreateMemSet(output, builder.getInt8(0), static_cast<uint64_t>(padded(plan.outputs)) * 4, llvm::Align(64));
  const int width = padded(plan.inputs), chunks = width / tree_lanes;
  for (int row = 0; row < plan.outputs; ++row) {
    llvm::Value* row_weights = emission.at(weights, static_cast<int64_t>(row) * width);
    llvm::Value* sum = builder.CreateFMul(load(row_weights), load(input));
    const auto add_chunk = [&](llvm::Value* place, llvm::Value* x, llvm::Value* before) {
      return builder.CreateFAdd(before, builder.CreateFMul(load(place), load(x)));
    };
    if (chunks > most_unrolled_vectors) {
      sum = emit_counted_loop(
          builder, 1, chunks, std::array{sum}, [&](llvm::Value* k, std::span<llvm::Value* const> carried) {
            llvm::Value* offset = builder.CreateMul(k, builder.getInt64(tree_lanes));
            return std::vector{add_chunk(emission.at(row_weights, offset), emission.at(input, offset), carried[0])};
          })[0];
    } else {
      for (int k = 1; k < chunks; ++k)
        sum = add_chunk(emission.at(row_weights, k * tree_lanes), emission.at(input, k * tree_lanes), sum);
    }
    llvm::Value* row_bias = builder.CreateLoad(builder.getFloatTy(), emission.at(bias, row));
    builder.CreateStore(emission.activated(sum_of_lanes(builder, sum), row_bias, 1), emission.at(output, row));
  }
}

}  // namespace

int padded(int width) { return (width + tree_lanes - 1) / tree_lanes * tree_lanes; }

llvm::Value* sum_of_lanes(llvm::IRBuilderBase& builder, llvm::Value* lanes) {
  for (int width = tree_lanes / 2; width > 0; width /= 2) {
    llvm::SmallVector<int, tree_lanes> low, high;
    for (int i = 0; i < width; ++i) {
      low.push_back(i);
      high.push_back(i + width);
    }
    lanes = builder.CreateFAdd(builder.CreateShuffleVector(lanes, low), builder.CreateShuffleVector(lanes, high));
  }
  return builder.CreateExtractElement(lanes, uint64_t{0});
}

DensePlan plan_dense(const DenseLayer& layer, const Target& target, bool gathered) {
  DensePlan plan;
  plan.inputs = layer.inputs;
  plan.outputs = layer.outputs;
  plan.activation = layer.activation;
  plan.lanes = std::min(target.vector_bits / 32, tree_lanes);
  if (gathered)
    plan.form = DenseForm::gathered;
  else if (layer.outputs <= plan.lanes / 2)
    plan.form = DenseForm::inputs_across;
  // A walk keeps up to five sums a vector alive, and the broadcast input.
  plan.vectors = std::min(std::max(1, (target.vector_registers - 2) / 6), plan.output_vectors());
  return plan;
}

std::vector<float> packed_weights(const DenseLayer& layer, const DensePlan& plan) {
  const auto weight = [&](int output, int input) {
    return output < layer.outputs && input < layer.inputs
               ? layer.weights[static_cast<size_t>(output) * static_cast<size_t>(layer.inputs) +
                               static_cast<size_t>(input)]
               : 0.0f;
  };
  std::vector<float> packed;
  const int width = plan.output_vectors() * plan.lanes;
  switch (plan.form) {
    case DenseForm::outputs_across:
      for (int begin = 0; begin < width; begin += plan.vectors * plan.lanes)
        for (const int lane : walk)
          for (int input = lane; input < layer.inputs; input += tree_lanes)
            for (int output = begin; output < std::min(begin + plan.vectors * plan.lanes, width); ++output)
              packed.push_back(weight(output, input));
      break;
    case DenseForm::inputs_across:
      for (int output = 0; output < layer.outputs; ++output)
        for (int input = 0; input < padded(layer.inputs); ++input) packed.push_back(weight(output, input));
      break;
    case DenseForm::gathered:
      for (int input = 0; input < layer.inputs; ++input)
        for (int output = 0; output < width; ++output) packed.push_back(weight(output, input));
      break;
  }
  return packed;
}

std::vector<float> packed_bias(const DenseLayer& layer, const DensePlan& plan) {
  std::vector<float> packed(static_cast<size_t>(plan.output_vectors()) * static_cast<size_t>(plan.lanes), 0.0f);
  for (size_t i = 0; i < layer.bias.size(); ++i) packed[i] = layer.bias[i] + 0.0f;
  return packed;
}

void emit_dense(llvm::IRBuilderBase& builder, const DensePlan& plan, llvm::Value* parameters, llvm::Value* input,
                llvm::Value* output) {
  llvm::Value* weights =
      builder.CreateConstGEP1_64(builder.getInt8Ty(), parameters, static_cast<uint64_t>(plan.weights));
  llvm::Value* bias = builder.CreateConstGEP1_64(builder.getInt8Ty(), parameters, static_cast<uint64_t>(plan.bias));
  if (plan.form == DenseForm::inputs_across)
    emit_inputs_across(builder, plan, weights, bias, input, output);
  else
    emit_outputs_across(builder, plan, weights, bias, input, output);
}

void GatheredLayer::begin() {
  const auto bytes =
      static_cast<uint64_t>(tree_lanes) * static_cast<uint64_t>(plan_.output_vectors() * plan_.lanes) * 4;
  builder_.CreateMemSet(lanes_, builder_.getInt8(0), bytes, llvm::Align(64));
}

/// lanes[input mod 16] += weights[input] * factor, for all outputs; a null factor is 1.
void GatheredLayer::add(llvm::Value* input, llvm::Value* factor) {
  Emission emission(builder_, plan_);
  const auto width = static_cast<uint64_t>(plan_.output_vectors() * plan_.lanes);
  llvm::Value* weights =
      builder_.CreateConstGEP1_64(builder_.getInt8Ty(), parameters_, static_cast<uint64_t>(plan_.weights));
  llvm::Value* row = emission.at(weights, builder_.CreateMul(input, builder_.getInt64(width)));
  llvm::Value* lane = emission.at(
      lanes_,
      builder_.CreateMul(builder_.CreateAnd(input, builder_.getInt64(tree_lanes - 1)), builder_.getInt64(width)));
  llvm::Value* factors = factor ? builder_.CreateVectorSplat(static_cast<unsigned>(plan_.lanes), factor) : nullptr;
  const auto add_vector = [&](llvm::Value* vector) {
    llvm::Value* offset = builder_.CreateMul(vector, builder_.getInt64(static_cast<uint64_t>(plan_.lanes)));
    llvm::Value* product = emission.load(emission.at(row, offset));
    if (factors) product = builder_.CreateFMul(product, factors);
    llvm::Value* place = emission.at(lane, offset);
    emission.store(builder_.CreateFAdd(emission.load(place), product), place);
  };
  if (plan_.output_vectors() > most_unrolled_vectors)
    emit_counted_loop(builder_, 0, plan_.output_vectors(), add_vector);
  else
    for (int v = 0; v < plan_.output_vectors(); ++v) add_vector(builder_.getInt64(static_cast<uint64_t>(v)));
}

void GatheredLayer::add_numbers(int begin, int count, llvm::Value* values) {
  Emission emission(builder_, plan_);
  const auto add_number = [&](llvm::Value* i) {
    add(builder_.CreateAdd(i, builder_.getInt64(static_cast<uint64_t>(begin))),
        builder_.CreateLoad(builder_.getFloatTy(), emission.at(values, i)));
  };
  if (count * plan_.output_vectors() > most_unrolled_vectors)
    emit_counted_loop(builder_, 0, count, add_number);
  else
    for (int i = 0; i < count; ++i) add_number(builder_.getInt64(static_cast<uint64_t>(i)));
}

void GatheredLayer::add_indicator(int begin, int width, llvm::Value* position) {
  llvm::Function* function = builder_.GetInsertBlock()->getParent();
  llvm::BasicBlock* inside = llvm::BasicBlock::Create(builder_.getContext(), "indicator", function);
  llvm::BasicBlock* after = llvm::BasicBlock::Create(builder_.getContext(), "after_indicator", function);
  builder_.CreateCondBr(builder_.CreateICmpULT(position, builder_.getInt64(static_cast<uint64_t>(width))), inside,
                        after);
  builder_.SetInsertPoint(inside);
  add(builder_.CreateAdd(position, builder_.getInt64(static_cast<uint64_t>(begin))), nullptr);
  builder_.CreateBr(after);
  builder_.SetInsertPoint(after);
}

void GatheredLayer::finish(llvm::Value* output) {
  Emission emission(builder_, plan_);
  llvm::Value* bias = builder_.CreateConstGEP1_64(builder_.getInt8Ty(), parameters_, static_cast<uint64_t>(plan_.bias));
  const int64_t width = static_cast<int64_t>(plan_.output_vectors()) * plan_.lanes;
  const auto finish_vector = [&](llvm::Value* vector) {
    llvm::Value* offset = builder_.CreateMul(vector, builder_.getInt64(static_cast<uint64_t>(plan_.lanes)));
    TreeSum tree(builder_, 1);
    for (const int lane : walk) tree.push({emission.load(emission.at(emission.at(lanes_, lane * width), offset))});
    emission.store(emission.activated(tree.total()[0], emission.load(emission.at(bias, offset)), plan_.lanes),
                   emission.at(output, offset));
  };
  if (plan_.output_vectors() > 2)
    emit_counted_loop(builder_, 0, plan_.output_vectors(), finish_vector);
  else
    for (int v = 0; v < plan_.output_vectors(); ++v) finish_vector(builder_.getInt64(static_cast<uint64_t>(v)));
  for (int64_t i = width; i < padded(plan_.outputs); i += plan_.lanes)
    emission.store(llvm::Constant::getNullValue(emission.vector()), emission.at(output, i));
}

}  // namespace mlw::codegen
