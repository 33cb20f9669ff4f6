#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "compiler/kernel/expression_passes.h"
#include "compiler/kernel/graph_builder.h"
#include "compiler/kernel/graph_passes.h"
#include "runtime/data/random.h"
#include "tests/reference/graph_interpreter.h"

/// What the tests of kernel graphs share: numbers by counter, inputs for a signature, graphs made at random.
namespace mlw::test {

struct Numbers {
  Philox philox;
  uint64_t next = 0;

  explicit Numbers(uint64_t seed) : philox{seed} {}
  double uniform(double low, double high) { return low + (high - low) * philox.uniform(next++); }
  int64_t integer(int64_t low, int64_t high) {  ///< both included
    return low + static_cast<int64_t>(philox.uniform(next++) * static_cast<double>(high - low + 1));
  }
};

/// Values that float32 holds exactly, away from 0; indices of an i32 input are smaller than `rows`.
inline std::vector<reference::Tensor> random_inputs(const kernel::Graph& graph, Numbers& numbers, int64_t rows = 1) {
  std::vector<reference::Tensor> inputs;
  for (const kernel::Value value : graph.inputs) {
    reference::Tensor tensor(static_cast<size_t>(kernel::elements(graph[value].shape)));
    for (double& element : tensor) {
      if (graph[value].type == kernel::Type::i32) {
        element = static_cast<double>(numbers.integer(0, rows - 1));
      } else {
        const double size = numbers.uniform(0.125, 1.5);
        element = static_cast<float>(numbers.uniform(0, 1) < 0.5 ? -size : size);
      }
    }
    inputs.push_back(std::move(tensor));
  }
  return inputs;
}

/// A graph of maps, reductions, contractions and views over matrices, with a loss at its end. Values stay of moderate
/// size.
struct RandomGraph {
  kernel::GraphBuilder builder;
  std::vector<kernel::Value> inputs;
  std::vector<kernel::Value> matrices;
  kernel::ScalarArgument factor;

  static int64_t extent(Numbers& numbers) {
    constexpr int64_t extents[] = {1, 1, 2, 3, 5, 7, 16, 17, 31, 40};
    return extents[numbers.integer(0, 9)];
  }

  kernel::Value pick(Numbers& numbers) {
    return matrices[numbers.integer(0, static_cast<int64_t>(matrices.size()) - 1)];
  }

  kernel::Value add_input(Numbers& numbers, kernel::Shape shape) {
    inputs.push_back(builder.input("x" + std::to_string(inputs.size()), std::move(shape)));
    return inputs.back();
  }

  kernel::Expression unary(Numbers& numbers, kernel::Expression x) {
    using namespace kernel;
    switch (numbers.integer(0, 6)) {
      case 0:
        return elementary(Elementary::tanh, x);
      case 1:
        return elementary(Elementary::sigmoid, x);
      case 2:
        return select(greater(x, constant(Type::f32, 0)), x, constant(Type::f32, 0));
      case 3:
        return multiply(x, argument(Type::f32, 1));
      case 4:
        return divide(x, add(constant(Type::f32, 1), multiply(x, x)));
      case 5:
        return add(x, multiply(constant(Type::f32, 0.125), convert(position(1, Type::i32), Type::f32)));
      default:
        return absolute(x);
    }
  }

  void step(Numbers& numbers) {
    using namespace kernel;
    const Value a = pick(numbers);
    const int64_t rows = builder.shape(a)[0], columns = builder.shape(a)[1];
    const auto x0 = argument(Type::f32, 0), x1 = argument(Type::f32, 1);
    switch (numbers.integer(0, 7)) {
      case 0:
        matrices.push_back(builder.map("ij,->ij", unary(numbers, x0), {a, factor}));
        break;
      case 1:
        matrices.push_back(builder.map("ij,j->ij", add(x0, x1), {a, add_input(numbers, {columns})}));
        break;
      case 2:
        matrices.push_back(builder.map("ij,i->ij", multiply(x0, x1), {a, add_input(numbers, {rows})}));
        break;
      case 3: {
        const Value b = add_input(numbers, {columns, extent(numbers)});
        const Value sum = builder.contract("ik,kj->ij", a, b);
        matrices.push_back(
            builder.map("ij->ij", multiply(x0, constant(Type::f32, 1.0 / static_cast<double>(columns))), {sum}));
        break;
      }
      case 4: {
        const Value sum = builder.contract("ki,kj->ij", a, a);
        matrices.push_back(
            builder.map("ij->ij", multiply(x0, constant(Type::f32, 1.0 / static_cast<double>(rows))), {sum}));
        break;
      }
      case 5:
        matrices.push_back(builder.transpose(a, {1, 0}));
        break;
      case 6: {
        const auto which = numbers.integer(0, 1) ? Reduction::maximum : Reduction::minimum;
        const Value best = builder.reduce("ij->i", which, a);
        matrices.push_back(builder.map("ij,i->ij", subtract(x0, x1), {a, best}));
        break;
      }
      default: {
        const Value b = add_input(numbers, {extent(numbers), columns});
        const Value sum = builder.contract("ik,jk->ij", a, b);
        matrices.push_back(
            builder.map("ij->ij", multiply(x0, constant(Type::f32, 1.0 / static_cast<double>(columns))), {sum}));
      }
    }
  }

  /// `steps` nodes over a first matrix, and the mean square of the last one as loss; gradients with respect to all
  /// inputs are outputs.
  kernel::Graph make(Numbers& numbers, int steps) {
    using namespace kernel;
    factor = builder.scalar("factor");
    matrices.push_back(add_input(numbers, {extent(numbers), extent(numbers)}));
    for (int i = 0; i < steps; ++i) step(numbers);
    const Value last = matrices.back();
    const auto x0 = argument(Type::f32, 0);
    const double count = static_cast<double>(elements(builder.shape(last)));
    const Value loss =
        builder.reduce("ij->", Reduction::sum, multiply(multiply(x0, x0), constant(Type::f32, 1 / count)), {last});
    const std::vector<Value> gradients = builder.gradients(loss, inputs);
    builder.output("loss", loss);
    for (size_t i = 0; i < gradients.size(); ++i) builder.output("gradient " + std::to_string(i), gradients[i]);
    builder.output("last", last);
    return builder.finish();
  }
};

}  // namespace mlw::test
