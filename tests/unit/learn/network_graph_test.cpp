#include "runtime/learn/network_graph.h"

#include <catch2/catch.hpp>

#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/graph_passes.h"
#include "tests/unit/codegen/graph_test_run.h"

using namespace mlw;
using namespace mlw::kernel;

namespace {

struct Example {
  Graph graph;
  std::vector<reference::Tensor> inputs;
  std::vector<double> scalars;
};

/// A step of plain gradient descent of length 1: new weights are the old ones minus the gradient.
Example gradient_descent(const NetworkShape& shape, uint64_t seed) {
  test::Numbers numbers(seed);
  Example example{training_step(shape), {}, {}};
  example.inputs = test::random_inputs(example.graph, numbers, shape.outputs);
  for (double& weight : example.inputs[2]) weight = std::fabs(weight) / static_cast<double>(shape.batch);
  if (shape.loss == NetworkLoss::logistic)
    for (double& target : example.inputs[1]) target = target > 0 ? 1 : 0;
  example.scalars.assign(static_cast<size_t>(StepScalar::count), 0);
  example.scalars[static_cast<size_t>(StepScalar::seed)] = 77;
  example.scalars[static_cast<size_t>(StepScalar::step)] = static_cast<double>(seed);
  example.scalars[static_cast<size_t>(StepScalar::learning_rate)] = 1;
  for (const NetworkSettings::Layer& layer : shape.layers)
    if (layer.dropout > 0) example.scalars.insert(example.scalars.end(), {layer.dropout, 1 / (1 - layer.dropout)});
  return example;
}

/// Central differences of the loss in float64, with the same dropout. Constants of slopes, such as 2 / √π, are float32
/// numbers: a slope may be off by 2⁻²⁴ of the terms that it is a sum of.
void check_gradient(const NetworkShape& shape, uint64_t seed) {
  Example example = gradient_descent(shape, seed);
  const auto after = reference::interpret(example.graph, example.inputs, example.scalars);
  const size_t parameters = parameters_of(shape).size();
  const auto loss = [&] { return reference::interpret(example.graph, example.inputs, example.scalars)[0][0]; };
  for (size_t p = 0; p < parameters; ++p) {
    reference::Tensor& weights = example.inputs[3 + p];
    for (size_t k = 0; k < weights.size(); k += 1 + weights.size() / 4) {
      const double kept = weights[k], step = 1e-5;
      weights[k] = kept + step;
      const double above = loss();
      weights[k] = kept - step;
      const double below = loss();
      weights[k] = kept;
      CAPTURE(p, k);
      REQUIRE(kept - after[1 + p][k] == Approx((above - below) / (2 * step)).epsilon(2e-6).margin(3e-7));
    }
  }
}

constexpr auto sgd = NetworkSettings::Optimizer::Kind::sgd;

}  // namespace

TEST_CASE("the gradient of every activation and loss, with and without dropout") {
  uint64_t seed = 1;
  for (const Activation activation :
       {Activation::identity, Activation::relu, Activation::tanh, Activation::sigmoid, Activation::gelu})
    for (const NetworkLoss loss : {NetworkLoss::squared, NetworkLoss::logistic, NetworkLoss::softmax})
      for (const double dropout : {0.0, 0.4})
        for (const int units : {1, 5}) {
          CAPTURE(static_cast<int>(activation), static_cast<int>(loss), dropout, units);
          const int outputs = loss == NetworkLoss::softmax ? 3 : loss == NetworkLoss::squared ? 2 : 1;
          const NetworkShape shape{
              3,    outputs, 4, {{0, Activation::identity, dropout}, {units, activation, dropout}, {2, activation, 0}},
              loss, sgd};
          check_gradient(shape, seed++);
        }
}

TEST_CASE("at an output of 0 the logistic loss has the slope 1/2 - y") {
  const NetworkShape shape{1, 1, 1, {}, NetworkLoss::logistic, sgd};
  Example example = gradient_descent(shape, 1);
  example.inputs = {{1}, {0}, {1}, {0}, {0}, {0}, {0}};
  CHECK(reference::interpret(example.graph, example.inputs, example.scalars)[1][0] == -0.5);
}

TEST_CASE("the compiled step and evaluation are what they mean") {
  CodeGenerator& generator = load_code_generator();
  uint64_t seed = 1;
  for (const NetworkLoss loss : {NetworkLoss::squared, NetworkLoss::logistic, NetworkLoss::softmax})
    for (const auto optimizer : {sgd, NetworkSettings::Optimizer::Kind::adam})
      for (const int units : {3, 20, 64}) {
        CAPTURE(static_cast<int>(loss), static_cast<int>(optimizer), units);
        const int outputs = loss == NetworkLoss::softmax ? 10 : 1;
        const NetworkShape shape{7,    outputs,  48, {{units, Activation::relu, 0.25}, {17, Activation::gelu, 0}},
                                 loss, optimizer};
        Example example = gradient_descent(shape, seed++);
        const auto set = [&](StepScalar which, double value) { example.scalars[static_cast<size_t>(which)] = value; };
        set(StepScalar::learning_rate, 0.01);
        set(StepScalar::decay, 0.001);
        set(StepScalar::beta1, 0.875);
        set(StepScalar::one_minus_beta1, 0.125);
        set(StepScalar::beta2, 0.75);
        set(StepScalar::one_minus_beta2, 0.25);
        set(StepScalar::root_scale, 2);
        set(StepScalar::epsilon, 0.0078125);
        const size_t states = 3 + parameters_of(shape).size();
        for (size_t i = states; i < example.inputs.size(); ++i)
          for (double& value : example.inputs[i]) value = std::fabs(value);
        const auto expected = reference::interpret(example.graph, example.inputs, example.scalars);
        const test::GraphRun run = test::run(generator, example.graph, example.inputs, example.scalars);
        REQUIRE(run.status == 0);
        REQUIRE(run.guards_are_whole);
        for (size_t i = 0; i < expected.size(); ++i)
          for (size_t k = 0; k < expected[i].size(); ++k) {
            CAPTURE(i, k);
            REQUIRE(run.outputs[i][k] == Approx(expected[i][k]).epsilon(1e-4).margin(2e-5));
          }
        const Graph judged = evaluation(shape);
        const std::vector<reference::Tensor> inputs(example.inputs.begin(),
                                                    example.inputs.begin() + static_cast<std::ptrdiff_t>(states));
        const double loss_alone = reference::interpret(judged, inputs)[0][0];
        REQUIRE(test::run(generator, judged, inputs).outputs[0][0] == Approx(loss_alone).epsilon(1e-5));
      }
}

TEST_CASE("dropout leaves out its share, keeps the mean, and is drawn anew in every step") {
  // One unit copies its input; the loss is that of the sum over the batch: seen through the squared loss of each row.
  const NetworkShape shape{1, 1, 4096, {{0, Activation::identity, 0.25}}, NetworkLoss::squared, sgd};
  Example example = gradient_descent(shape, 1);
  example.inputs = {
      reference::Tensor(4096, 1), reference::Tensor(4096, 0), reference::Tensor(4096, 1.0 / 4096), {1}, {0}, {0}, {0}};
  CodeGenerator& generator = load_code_generator();
  const double first = test::run(generator, example.graph, example.inputs, example.scalars).outputs[0][0];
  // Mean of (x / 0.75)² over a share of 0.75: 1 / 0.75, with a deviation of about 0.012.
  CHECK(first == Approx(1 / 0.75).margin(0.05));
  CHECK(first == test::run(generator, example.graph, example.inputs, example.scalars).outputs[0][0]);
  example.scalars[static_cast<size_t>(StepScalar::step)] += 1;
  CHECK(first != test::run(generator, example.graph, example.inputs, example.scalars).outputs[0][0]);
}
