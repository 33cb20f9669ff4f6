#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/unit/kernel/graph_test_support.h"

using namespace mlw;
using namespace mlw::kernel;

namespace {

/// Both are float64 computations of the same sums in other orders and with other roundings of the same products.
void require_same(const std::vector<reference::Tensor>& a, const std::vector<reference::Tensor>& b) {
  REQUIRE(a.size() == b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    REQUIRE(a[i].size() == b[i].size());
    for (size_t k = 0; k < a[i].size(); ++k) REQUIRE(a[i][k] == Approx(b[i][k]).epsilon(1e-9).margin(1e-11));
  }
}

Graph dense_step() {
  GraphBuilder b;
  const auto x0 = f32_argument(0), x1 = f32_argument(1), zero = constant(Type::f32, 0);
  const Value x = b.input("x", {8, 3}), y = b.input("y", {8, 1});
  const Value w1 = b.input("w1", {3, 4}), b1 = b.input("b1", {4}), w2 = b.input("w2", {4, 1});
  const ScalarArgument rate = b.scalar("learning_rate");
  const Value z1 = b.map("ij,j->ij", add(x0, x1), {b.contract("ik,kj->ij", x, w1), b1}, "z1");
  const Value h1 = b.map("ij->ij", select(greater(x0, zero), x0, zero), {z1}, "h1");
  const Value z2 = b.contract("ik,kj->ij", h1, w2, "z2");
  const Expression error = subtract(x0, x1);
  const Value loss = b.reduce("ij,ij->", Reduction::sum, multiply(error, error), {z2, y}, "loss");
  const std::vector<Value> weights{w1, b1, w2}, gradients = b.gradients(loss, weights);
  b.output("loss", loss);
  const char* subscripts[] = {"ij,ij,->ij", "i,i,->i", "ij,ij,->ij"};
  for (size_t i = 0; i < weights.size(); ++i) {
    const Expression step = subtract(x0, multiply(f32_argument(2), x1));
    b.output("new " + b.graph()[weights[i]].name, b.map(subscripts[i], step, {weights[i], gradients[i], rate}),
             weights[i]);
  }
  return b.finish();
}

}  // namespace

TEST_CASE("passes keep what random graphs mean") {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    test::Numbers numbers(seed);
    const Graph graph = test::RandomGraph().make(numbers, 1 + static_cast<int>(seed % 9));
    const auto inputs = test::random_inputs(graph, numbers);
    const std::vector<double> scalars{0.75};
    const auto expected = reference::interpret(graph, inputs, scalars);
    const Graph fused = fuse(tidy(graph));
    require_same(expected, reference::interpret(fused, inputs, scalars));
    const Graph ordered = order_sums(fused);
    require_same(expected, reference::interpret(ordered, inputs, scalars));
    const Graph planned = plan_memory(ordered);
    REQUIRE(verify(planned).empty());
    REQUIRE(to_text(planned) == to_text(lower(graph)));
  }
}

TEST_CASE("a dense step fuses into contractions and writes weights in place") {
  const Graph graph = lower(dense_step());
  int maps = 0, contractions = 0;
  for (const TensorNode& node : graph.nodes) {
    maps += std::holds_alternative<Map>(node.work);
    contractions += std::holds_alternative<Contract>(node.work);
  }
  CHECK(contractions == 5);  // two forward, the gradients of w1 and w2 with their updates, that of h1
  CHECK(maps <= 2);          // what the loss leaves
  CHECK(graph.outputs.size() == 4);
  for (size_t i = 1; i < 4; ++i) CHECK(graph.outputs[i].in_place_of == static_cast<int>(i + 1));
}

TEST_CASE("memory is reused and written in place") {
  GraphBuilder b;
  const auto x0 = f32_argument(0), x1 = f32_argument(1);
  Value value = b.input("x", {64, 64});
  std::vector<Value> chain;
  for (int i = 0; i < 6; ++i) {
    // Two uses each, so that nothing is fused away.
    const Value next = b.map("ij->ij", elementary(Elementary::tanh, x0), {value});
    value = b.map("ij,ji->ij", add(x0, x1), {next, next});
  }
  b.output("y", value);
  const Graph graph = plan_memory(b.finish());
  REQUIRE(verify(graph).empty());
  CHECK(graph.memory.arena_bytes == 2 * 64 * 64 * 4);
}

TEST_CASE("the plan of a graph that is not planned is refused") {
  Graph graph = lower(dense_step());
  const std::string valid = verify(graph);
  CHECK(valid.empty());
  for (int64_t& offset : graph.memory.offsets)
    if (offset > 0) offset = 0;
  CHECK(verify(graph).find("share bytes") != std::string::npos);
}

TEST_CASE("golden texts of a dense step after each pass") {
  const Graph built = dense_step();
  const Graph fused = fuse(built), ordered = order_sums(fused);
  const std::string text = "# built\n" + to_text(built) + "\n# fuse\n" + to_text(fused) + "\n# order_sums\n" +
                           to_text(ordered) + "\n# plan_memory\n" + to_text(plan_memory(ordered));
  const std::string path = MLW_SOURCE_DIR "/tests/golden/kernel_graph_dense_step.txt";
  if (std::getenv("MLW_BLESS")) std::ofstream(path) << text;
  std::ifstream file(path);
  const std::string expected{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  CHECK(text == expected);
}
