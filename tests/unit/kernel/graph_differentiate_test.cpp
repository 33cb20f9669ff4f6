#include <catch2/catch.hpp>

#include "compiler/diagnostics/diagnostic.h"
#include "tests/unit/kernel/graph_test_support.h"

using namespace mlw;
using namespace mlw::kernel;

namespace {

/// Output 0 is the loss, outputs 1 … the gradients with respect to the float inputs. Central differences in float64:
/// the error is of the order of step² (1e-10), and of the rounding of the loss over the step (1e-16 / 1e-5).
void check_gradients(const Graph& graph, std::vector<reference::Tensor> inputs, const std::vector<double>& scalars) {
  const auto outputs = reference::interpret(graph, inputs, scalars);
  size_t next = 1;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!is_float(graph[graph.inputs[i]].type)) continue;
    const reference::Tensor& gradient = outputs.at(next++);
    REQUIRE(gradient.size() == inputs[i].size());
    const size_t stride = std::max<size_t>(1, inputs[i].size() / 5);
    for (size_t k = 0; k < inputs[i].size(); k += stride) {
      const double kept = inputs[i][k], step = 1e-5;
      inputs[i][k] = kept + step;
      const double above = reference::interpret(graph, inputs, scalars)[0][0];
      inputs[i][k] = kept - step;
      const double below = reference::interpret(graph, inputs, scalars)[0][0];
      inputs[i][k] = kept;
      REQUIRE(gradient[k] == Approx((above - below) / (2 * step)).epsilon(1e-6).margin(1e-8));
    }
  }
}

Value weighted_sum(GraphBuilder& b, Value value, std::string_view letters) {
  // Weights that differ, so that a gradient that ends at the wrong place shows.
  const Value weight = b.fill(b.shape(value), constant(Type::f32, 1));
  Expression w = constant(Type::f32, 0.5);
  for (size_t axis = 0; axis < letters.size(); ++axis)
    w = add(w, multiply(constant(Type::f32, 0.25 + 0.5 * static_cast<double>(axis)),
                        convert(position(static_cast<int>(axis), Type::i32), Type::f32)));
  const std::string l(letters);
  return b.reduce(l + "," + l + "->", Reduction::sum, multiply(multiply(f32_argument(0), f32_argument(1)), w),
                  {value, weight});
}

Graph with_gradients(GraphBuilder& b, Value loss, const std::vector<Value>& inputs) {
  const std::vector<Value> gradients = b.gradients(loss, inputs);
  b.output("loss", loss);
  for (const Value gradient : gradients) b.output("gradient", gradient);
  return b.finish();
}

const std::vector<std::array<int64_t, 3>> shapes{{1, 1, 1}, {3, 5, 2}, {7, 1, 4}, {1, 6, 3}, {4, 3, 17}};

}  // namespace

TEST_CASE("gradients of elementary maps") {
  const auto x = f32_argument(0);
  const auto c = [](double value) { return constant(Type::f32, value); };
  std::vector<Expression> functions{
      multiply(x, x),
      divide(c(1), add(c(2), x)),
      unary(Op::square_root, add(c(3), x)),
      select(greater(x, c(0)), x, c(0)),
      binary(Op::maximum, x, c(0.1)),
      binary(Op::minimum, multiply(x, x), c(0.7)),
      absolute(x),
      fused_multiply_add(x, x, multiply(c(3), x)),
      elementary(Elementary::power, add(c(2), x), c(1.5)),
  };
  for (const auto f :
       {Elementary::exp, Elementary::exp2, Elementary::expm1, Elementary::sin, Elementary::cos, Elementary::tan,
        Elementary::atan, Elementary::sinh, Elementary::cosh, Elementary::tanh, Elementary::erf, Elementary::sigmoid})
    functions.push_back(elementary(f, x));
  for (const auto f : {Elementary::log, Elementary::log2, Elementary::log10, Elementary::log1p})
    functions.push_back(elementary(f, add(c(2), x)));
  for (const auto f : {Elementary::asin, Elementary::acos}) functions.push_back(elementary(f, multiply(c(0.5), x)));
  for (size_t i = 0; i < functions.size(); ++i) {
    CAPTURE(to_text(functions[i]));
    test::Numbers numbers(i);
    GraphBuilder b;
    const Value input = b.input("x", {3, 5});
    const Value y = b.map("ij->ij", functions[i], {input});
    const Graph graph = with_gradients(b, weighted_sum(b, y, "ij"), {input});
    check_gradients(graph, test::random_inputs(graph, numbers), {});
  }
}

TEST_CASE("gradients of maps with several operands, broadcast and turned") {
  for (const auto& [m, n, k] : shapes) {
    test::Numbers numbers(static_cast<uint64_t>(m * 100 + n));
    GraphBuilder b;
    const Value x = b.input("x", {m, n}), y = b.input("y", {n, m}), v = b.input("v", {n}), s = b.input("s", {});
    const ScalarArgument scale = b.scalar("scale");
    const auto a = [](int i) { return f32_argument(i); };
    const Expression f =
        multiply(add(multiply(a(0), a(1)), elementary(Elementary::tanh, multiply(a(2), a(4)))), add(a(3), a(0)));
    const Value z = b.map("ij,ji,j,,->ij", f, {x, y, v, s, scale});
    const Graph graph = with_gradients(b, weighted_sum(b, z, "ij"), {x, y, v, s});
    check_gradients(graph, test::random_inputs(graph, numbers), {0.5});
  }
}

TEST_CASE("gradients of reductions") {
  for (const auto reduction : {Reduction::sum, Reduction::maximum, Reduction::minimum})
    for (const char* subscripts : {"ij->i", "ij->j", "ji->j"})
      for (const auto& [m, n, k] : shapes) {
        CAPTURE(subscripts, m, n);
        test::Numbers numbers(static_cast<uint64_t>(m * 100 + n));
        GraphBuilder b;
        const Value x = b.input("x", {m, n});
        const Value r = b.reduce(subscripts, reduction, elementary(Elementary::exp, f32_argument(0)), {x});
        const Graph graph = with_gradients(b, weighted_sum(b, r, "i"), {x});
        check_gradients(graph, test::random_inputs(graph, numbers), {});
      }
}

TEST_CASE("gradients of contractions") {
  struct Case {
    const char* subscripts;
    std::vector<int> left, right;  // which of m, n, k
    const char* result;
  };
  const std::vector<Case> cases{{"ik,kj->ij", {0, 2}, {2, 1}, "ij"}, {"ki,kj->ij", {2, 0}, {2, 1}, "ij"},
                                {"ik,jk->ij", {0, 2}, {1, 2}, "ij"}, {"ik,k->i", {0, 2}, {2}, "i"},
                                {"ik,i->k", {0, 2}, {0}, "k"},       {"bik,bkj->bij", {1, 0, 2}, {1, 2, 1}, "bij"},
                                {"i,j->ij", {0}, {1}, "ij"},         {"ij,ij->", {0, 1}, {0, 1}, ""},
                                {"ij,ij->i", {0, 1}, {0, 1}, "i"},   {"ij,k->i", {0, 1}, {2}, "i"}};
  for (const Case& each : cases)
    for (const auto& mnk : shapes) {
      CAPTURE(each.subscripts);
      test::Numbers numbers(static_cast<uint64_t>(mnk[0] * 100 + mnk[1]));
      GraphBuilder b;
      Shape left, right;
      for (const int d : each.left) left.push_back(mnk[d]);
      for (const int d : each.right) right.push_back(mnk[d]);
      const Value x = b.input("x", left), y = b.input("y", right);
      const Value z = b.contract(each.subscripts, x, y);
      const Graph graph = with_gradients(b, weighted_sum(b, z, each.result), {x, y});
      check_gradients(graph, test::random_inputs(graph, numbers), {});
    }
}

TEST_CASE("gradients of a product of three") {
  test::Numbers numbers(1);
  GraphBuilder b;
  const Value x = b.input("x", {6, 4}), s = b.input("s", {6});
  const Value h = b.contract("ia,ib,i->ab", x, x, s);
  const Graph graph = with_gradients(b, weighted_sum(b, h, "ab"), {x, s});
  check_gradients(graph, test::random_inputs(graph, numbers), {});
}

TEST_CASE("gradients of gather, scatter_add and views") {
  for (const auto& [m, n, k] : shapes) {
    test::Numbers numbers(static_cast<uint64_t>(m));
    GraphBuilder b;
    const Value table = b.input("table", {m, k}), index = b.input("index", {n, 2}, Type::i32);
    const Value rows = b.gather(table, index);          // n 2 k
    const Value turned = b.transpose(rows, {2, 0, 1});  // k n 2
    const Value square = b.map("ijk->ijk", multiply(f32_argument(0), f32_argument(0)), {turned});
    const Value flat = b.reshape(square, {k * n * 2});
    const Value positions = b.fill({k * n * 2}, integer(Type::i32, 0));
    const Value sums = b.scatter_add(positions, flat, 3);
    const Graph graph = with_gradients(b, weighted_sum(b, sums, "i"), {table});
    check_gradients(graph, test::random_inputs(graph, numbers, m), {});
  }
}

TEST_CASE("gradients of random graphs, used values added up") {
  for (uint64_t seed = 100; seed < 130; ++seed) {
    CAPTURE(seed);
    test::Numbers numbers(seed);
    const Graph graph = test::RandomGraph().make(numbers, 1 + static_cast<int>(seed % 6));
    check_gradients(graph, test::random_inputs(graph, numbers), {0.75});
  }
}

TEST_CASE("what has no gradient is refused, what does not matter has zeros") {
  GraphBuilder b;
  const Value x = b.input("x", {2, 3}), unused = b.input("unused", {4});
  const Value most = b.reduce("ij->", Reduction::maximum, x, "most");
  CHECK_THROWS_AS(b.gradients(most, {x}), Failure);
  GraphBuilder c;
  const Value y = c.input("y", {2, 3}), other = c.input("other", {4});
  const Value loss = c.reduce("ij->", Reduction::sum, y);
  const Graph graph = with_gradients(c, loss, {y, other});
  const auto outputs = reference::interpret(graph, {{1, 2, 3, 4, 5, 6}, {1, 1, 1, 1}});
  CHECK(outputs[1] == reference::Tensor(6, 1));
  CHECK(outputs[2] == reference::Tensor(4, 0));
  CHECK_THROWS_AS(c.gradients(y, {y}), Failure);
  (void)unused;
}

TEST_CASE("the derivative of tanh and relu needs no second operand") {
  GraphBuilder b;
  const Value x = b.input("x", {4});
  const Value h = b.map("i->i", elementary(Elementary::tanh, f32_argument(0)), {x});
  const Value r = b.map(
      "i->i", select(greater(f32_argument(0), constant(Type::f32, 0)), f32_argument(0), constant(Type::f32, 0)), {h});
  const size_t before = b.graph().nodes.size();
  const Graph graph = with_gradients(b, b.reduce("i->", Reduction::sum, r), {x});
  for (size_t i = before; i < graph.nodes.size(); ++i)
    for (const Value read : values_read(graph.nodes[i])) CHECK(read != x);
}
