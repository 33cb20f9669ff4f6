#include <catch2/catch.hpp>
#include <deque>
#include <limits>
#include <unordered_map>

#include "compiler/codegen/native_code_generator.h"
#include "compiler/codegen/target_machine.h"
#include "compiler/diagnostics/diagnostic.h"
#include "tests/unit/codegen/graph_test_run.h"

using namespace mlw;
using namespace mlw::kernel;

namespace {

const Target& host() {
  static const Target target = codegen::detect_host();
  return target;
}

/// The machine as it is and with narrower vectors: results must have the same bytes.
std::vector<std::unique_ptr<CodeGenerator>>& generators() {
  static std::vector<std::unique_ptr<CodeGenerator>> all = [] {
    std::vector<std::unique_ptr<CodeGenerator>> made;
    made.push_back(codegen::make_code_generator(host()));
    if (host().vector_bits > 256) made.push_back(codegen::make_code_generator(codegen::host_with_vectors(host(), 256)));
    return made;
  }();
  return all;
}

/// A float32 sum of n products has an error of at most about n · 2⁻²⁴ of the sum of their sizes; with a chain of such
/// steps 2⁻²⁴ · 2¹⁰ of the largest element is generous, and far below what a wrong index or a lost element would do.
void require_close(const std::vector<reference::Tensor>& expected, const std::vector<reference::Tensor>& found) {
  REQUIRE(expected.size() == found.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    REQUIRE(expected[i].size() == found[i].size());
    double largest = 1e-6;
    for (const double value : expected[i]) largest = std::max(largest, std::fabs(value));
    for (size_t k = 0; k < expected[i].size(); ++k) {
      CAPTURE(k);
      REQUIRE(found[i][k] == Approx(expected[i][k]).epsilon(0).margin(6e-5 * largest));
    }
  }
}

/// Compiled on every width: close to the reference, and equal among each other bit for bit.
std::vector<reference::Tensor> check(const Graph& graph, const std::vector<reference::Tensor>& inputs,
                                     const std::vector<double>& scalars = {}) {
  const auto expected = reference::interpret(graph, inputs, scalars);
  std::vector<reference::Tensor> first;
  for (const auto& generator : generators()) {
    CAPTURE(generator->host().vector_bits);
    const test::GraphRun run = test::run(*generator, graph, inputs, scalars);
    REQUIRE(run.status == 0);
    REQUIRE(run.guards_are_whole);
    require_close(expected, run.outputs);
    if (first.empty()) first = run.outputs;
    REQUIRE(first == run.outputs);
  }
  return first;
}

}  // namespace

TEST_CASE("compiled contractions of many shapes") {
  for (const std::string text : {"ik,kj->ij", "ki,kj->ij", "ik,jk->ij", "ki,jk->ij", "ik,k->i", "ki,k->i", "i,j->ij",
                                 "ik,ik->i", "ik,ik->", "bik,bkj->bij", "ik,ij->kj"})
    for (const auto& [m, n, k] : std::vector<std::array<int64_t, 3>>{
             {1, 1, 1}, {2, 3, 5}, {16, 16, 16}, {30, 64, 7}, {37, 33, 40}, {13, 1, 50}, {1, 70, 3}, {64, 10, 1}}) {
      CAPTURE(text, m, n, k);
      test::Numbers numbers(static_cast<uint64_t>(m * 10000 + n * 100 + k));
      GraphBuilder b;
      const auto shape = [&, m = m, n = n, k = k](const std::string& letters) {
        Shape found;
        for (const char letter : letters)
          found.push_back(letter == 'i' ? m : letter == 'j' ? n : letter == 'k' ? k : 2);
        return found;
      };
      const size_t comma = text.find(','), arrow = text.find("->");
      const Value x = b.input("x", shape(text.substr(0, comma)));
      const Value y = b.input("y", shape(text.substr(comma + 1, arrow - comma - 1)));
      b.output("z", b.contract(text, x, y));
      const Graph graph = b.finish();
      check(graph, test::random_inputs(graph, numbers));
    }
}

TEST_CASE("compiled contractions without elements") {
  for (const Shape& mnk : {Shape{0, 3, 4}, Shape{3, 0, 4}, Shape{3, 4, 0}, Shape{17, 1, 0}}) {
    test::Numbers numbers(1);
    GraphBuilder b;
    const Value x = b.input("x", {mnk[0], mnk[2]}), y = b.input("y", {mnk[2], mnk[1]});
    const Expression shifted = add(f32_argument(0), constant(Type::f32, 2));
    const Value z = b.map("ij->ij", shifted, {b.contract("ik,kj->ij", x, y)});
    b.output("z", z);
    b.output("sum", b.reduce("ij->", Reduction::sum, z));
    const Graph graph = b.finish();
    check(graph, test::random_inputs(graph, numbers));
  }
}

TEST_CASE("compiled epilogues, light and long, with operands of every kind") {
  const auto a = [](int i) { return f32_argument(i); };
  const Expression chosen = multiply(elementary(Elementary::exp, a(1)), a(3));
  const std::vector<Expression> epilogues{
      add(a(0), a(1)), elementary(Elementary::tanh, add(multiply(a(0), a(3)), a(1))),
      select(greater(add(a(0), a(2)), constant(Type::f32, 0)), multiply(a(0), a(2)), chosen)};
  for (const Expression epilogue : epilogues)
    for (const int64_t m : {1, 13, 128})
      for (const int64_t n : {1, 10, 64, 70}) {
        CAPTURE(to_text(epilogue), m, n);
        test::Numbers numbers(static_cast<uint64_t>(m * 100 + n));
        GraphBuilder b;
        const Value x = b.input("x", {m, 9}), w = b.input("w", {9, n}), bias = b.input("bias", {n}),
                    r = b.input("r", {m, n});
        const ScalarArgument s = b.scalar("s");
        const Value z = b.contract("ik,kj->ij", x, w);
        b.output("y", b.map("ij,j,ij,->ij", epilogue, {z, bias, r, s}));
        const Graph graph = b.finish();
        REQUIRE(lower(graph).nodes.size() == 5);
        check(graph, test::random_inputs(graph, numbers), {0.25});
      }
}

TEST_CASE("compiled reductions") {
  for (const auto reduction : {Reduction::sum, Reduction::minimum, Reduction::maximum, Reduction::argument_of_maximum})
    for (const std::string text : {"ij->i", "ij->j", "ijk->ik", "ji->i"})
      for (const int64_t m : {1, 2, 16, 37, 100})
        for (const int64_t n : {1, 5, 35}) {
          CAPTURE(static_cast<int>(reduction), text, m, n);
          test::Numbers numbers(static_cast<uint64_t>(m * 100 + n));
          GraphBuilder b;
          const Value x = b.input("x", text.size() == 7 ? Shape{3, m, n} : Shape{m, n});
          const Expression square = subtract(multiply(f32_argument(0), f32_argument(0)), f32_argument(0));
          b.output("y", b.reduce(text, reduction, square, {x}));
          const Graph graph = b.finish();
          check(graph, test::random_inputs(graph, numbers));
        }
}

TEST_CASE("among equal elements the first position wins, and nothing that is not a number does") {
  for (const char* subscripts : {"ij->i", "ij->j"})
    for (const int64_t n : {1, 3, 16, 40}) {
      CAPTURE(subscripts, n);
      GraphBuilder b;
      const Value x = b.input("x", {n, n});
      b.output("position", b.reduce(subscripts, Reduction::argument_of_maximum, x));
      b.output("largest", b.reduce(subscripts, Reduction::maximum, x));
      const Graph graph = b.finish();
      check(graph, {reference::Tensor(static_cast<size_t>(n * n), 3)});
      reference::Tensor odd(static_cast<size_t>(n * n), std::numeric_limits<double>::quiet_NaN());
      odd.back() = -7;
      const auto outputs = test::run(*generators()[0], graph, {odd}).outputs;
      CHECK(outputs[0].back() == static_cast<double>(n - 1));
      CHECK(outputs[1].back() == -7);
      if (n > 1) CHECK(outputs[1].front() == -std::numeric_limits<double>::infinity());
    }
}

TEST_CASE("compiled maps: turned, spread, positions, random numbers") {
  const auto a = [](int i) { return f32_argument(i); };
  for (const int64_t m : {1, 2, 15, 16, 33, 50})
    for (const int64_t n : {1, 3, 16, 31, 64}) {
      CAPTURE(m, n);
      test::Numbers numbers(static_cast<uint64_t>(m * 100 + n));
      GraphBuilder b;
      const Value x = b.input("x", {m, n}), v = b.input("v", {m});
      const ScalarArgument seed = b.scalar("seed", Type::i64);
      b.output("turned", b.map("ij->ji", a(0), {x}));
      b.output("turned and used", b.map("ij,i->ji", multiply(a(0), a(1)), {x, v}));
      const Expression row = multiply(position(0, Type::i64), integer(Type::i64, 1000));
      const Expression u = uniform(argument(Type::i64, 1), add(row, position(1, Type::i64)), integer(Type::i64, 3), 0);
      const Expression kept = select(less(u, constant(Type::f32, 0.5)), a(0), constant(Type::f32, 0));
      b.output("dropped", b.map("ij,->ij", kept, {x, seed}));
      const Graph graph = b.finish();
      check(graph, test::random_inputs(graph, numbers), {12345678901.0});
    }
}

TEST_CASE("compiled gather and scatter_add, and an index outside the table") {
  for (const int64_t width : {1, 7, 16, 40}) {
    test::Numbers numbers(static_cast<uint64_t>(width));
    GraphBuilder b;
    const Value table = b.input("table", {5, width}), index = b.input("index", {3, 4}, Type::i32);
    const Value rows = b.gather(table, index);
    b.output("rows", rows);
    b.output("back", b.scatter_add(index, rows, 5));
    const Graph graph = b.finish();
    auto inputs = test::random_inputs(graph, numbers, 5);
    check(graph, inputs);
    for (const double wrong : {-1.0, 5.0, 1e9}) {
      inputs[1][7] = wrong;
      const test::GraphRun run = test::run(*generators()[0], graph, inputs);
      CHECK(run.status == 1);
      CHECK(run.guards_are_whole);
    }
  }
}

TEST_CASE("compiled float64 graphs") {
  test::Numbers numbers(1);
  GraphBuilder b;
  const Value x = b.input("x", {37, 20}, Type::f64), w = b.input("w", {20, 5}, Type::f64);
  const Value z = b.contract("ik,kj->ij", x, w);
  b.output("z", z);
  b.output("sum", b.reduce("ij->j", Reduction::sum, z));
  b.output("dot", b.contract("ij,ij->", z, z));
  const Graph graph = b.finish();
  const auto inputs = test::random_inputs(graph, numbers);
  const auto found = check(graph, inputs), expected = reference::interpret(graph, inputs);
  for (size_t i = 0; i < found.size(); ++i)
    for (size_t k = 0; k < found[i].size(); ++k) REQUIRE(found[i][k] == Approx(expected[i][k]).epsilon(1e-12));
}

TEST_CASE("random graphs: compiled = interpreted") {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    test::Numbers numbers(seed);
    const Graph graph = test::RandomGraph().make(numbers, 1 + static_cast<int>(seed % 7));
    check(graph, test::random_inputs(graph, numbers), {0.75});
  }
}

TEST_CASE("a graph whose expressions another module made is compiled like an own one") {
  // Copies of nodes at other addresses, as the table of another module would hold them.
  std::deque<Node> nodes;
  std::unordered_map<Expression, Expression> copies;
  const auto copied = [&](Expression expression) {
    for (const Expression node : in_order(expression)) {
      if (copies.count(node)) continue;
      nodes.push_back(*node);
      for (int i = 0; i < node->count; ++i) nodes.back().operands[i] = copies.at(node->operands[i]);
      copies[node] = &nodes.back();
    }
    return copies.at(expression);
  };
  for (const bool lowered : {false, true}) {
    test::Numbers numbers(3);
    Graph graph = test::RandomGraph().make(numbers, 8);
    const auto inputs = test::random_inputs(graph, numbers);
    if (lowered) graph = lower(graph);
    const auto expected = test::run(*generators()[0], graph, inputs, {0.75}).outputs;
    for (TensorNode& node : graph.nodes)
      for (Term* term : terms_of(node)) term->expression = copied(term->expression);
    CHECK(test::run(*codegen::make_code_generator(host()), graph, inputs, {0.75}).outputs == expected);
  }
}

TEST_CASE("a machine without fused multiply-add is refused") {
  if (host().vector_bits < 256) return;
  const auto narrow = codegen::make_code_generator(codegen::host_with_vectors(host(), 128));
  GraphBuilder b;
  b.output("y", b.map("i->i", f32_argument(0), {b.input("x", {4})}));
  CHECK_THROWS_AS(narrow->compile(b.finish()), Failure);
}
