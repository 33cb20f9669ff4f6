#include "compiler/kernel/expression.h"

#include <catch2/catch.hpp>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/kernel/expression_passes.h"
#include "tests/reference/graph_interpreter.h"
#include "tests/reference/random_expressions.h"

using namespace mlw::kernel;
namespace reference = mlw::reference;

namespace {
const Expression x = argument(Type::f32, 0), y = argument(Type::f32, 6);
Expression number(double value) { return constant(Type::f32, value); }
}  // namespace

TEST_CASE("equal expressions are one node") {
  CHECK(add(multiply(x, y), number(1)) == add(multiply(x, y), number(1)));
  CHECK(add(x, y) != add(y, x));
  CHECK(number(0.0) != number(-0.0));
  CHECK(constant(Type::f64, 1) != number(1));
  CHECK(integer(Type::i8, 300) == integer(Type::i8, 44));
}

TEST_CASE("operands of other types are refused") {
  CHECK_THROWS_AS(add(x, argument(Type::f64, 1)), mlw::Failure);
  CHECK_THROWS_AS(add(flag(true), flag(true)), mlw::Failure);
  CHECK_THROWS_AS(unary(Op::square_root, integer(Type::i32, 4)), mlw::Failure);
  CHECK_THROWS_AS(select(x, x, x), mlw::Failure);
  CHECK_THROWS_AS(reinterpret(x, Type::i64), mlw::Failure);
  CHECK_THROWS_AS(binary(Op::shift_left, argument(Type::i8, 8), integer(Type::i8, 8)), mlw::Failure);
  CHECK_THROWS_AS(binary(Op::add_overflows, argument(Type::u32, 4), argument(Type::u32, 4)), mlw::Failure);
  CHECK(verify(add(x, y)).empty());
}

TEST_CASE("the text names what is used twice") {
  const Expression e = elementary(Elementary::exp, x);
  CHECK(to_text(add(e, multiply(e, number(0.5)))) == "let t0 = exp(x0:f32) in add(t0, multiply(t0, 0.5:f32))");
  CHECK(to_text(convert(less(x, y), Type::i32)) == "convert:i32(less(x0:f32, x6:f32))");
  CHECK(to_text(position(1)) == "position1:i64");
}

TEST_CASE("arguments are replaced") {
  const Expression root = multiply(add(x, y), x);
  CHECK(substitute(root, {{x, number(2)}, {y, x}}) == multiply(add(number(2), x), number(2)));
}

TEST_CASE("constants are folded and neutral elements vanish") {
  CHECK(simplify(add(number(1), number(2))) == number(3));
  CHECK(simplify(multiply(x, number(1))) == x);
  CHECK(simplify(subtract(x, number(0))) == x);
  CHECK(simplify(add(x, number(0))) == add(x, number(0)));  // -0 + 0 is 0
  CHECK(simplify(divide(x, number(4))) == multiply(x, number(0.25)));
  CHECK(simplify(divide(x, number(3))) == divide(x, number(3)));
  CHECK(simplify(negate(negate(x))) == x);
  CHECK(simplify(opposite(opposite(less(x, y)))) == less(x, y));
  CHECK(simplify(select(opposite(less(x, y)), x, y)) == select(less(x, y), y, x));
  CHECK(simplify(convert(convert(x, Type::f64), Type::f32)) == x);
  CHECK(simplify(add(number(1), x)) == add(x, number(1)));
  CHECK(simplify(add(x, y)) == simplify(add(y, x)));
  CHECK(simplify(multiply(x, number(0))) == multiply(x, number(0)));  // infinity times 0 is no number
}

TEST_CASE("what rounds nothing is done in float32 where that is wide enough") {
  const auto wide = [](Expression narrow) { return convert(narrow, Type::f64); };
  const auto f64 = [](double value) { return constant(Type::f64, value); };
  const Expression other = argument(Type::f64, 1), truth = argument(Type::flag, 5);
  CHECK(simplify(absolute(wide(x))) == wide(absolute(x)));
  CHECK(simplify(binary(Op::minimum, f64(400), wide(x))) == wide(binary(Op::minimum, number(400), x)));
  CHECK(simplify(binary(Op::minimum, f64(0.1), wide(x))) == binary(Op::minimum, f64(0.1), wide(x)));
  CHECK(simplify(less(wide(x), wide(y))) == less(x, y));
  CHECK(simplify(less(wide(x), other)) == less(wide(x), other));
  CHECK(simplify(add(wide(x), wide(y)))->type == Type::f64);
  CHECK(simplify(select(truth, wide(x), f64(2))) == wide(select(truth, x, number(2))));
  CHECK(simplify(select(truth, f64(1), f64(2))) == select(truth, f64(1), f64(2)));
  CHECK(simplify(convert(select(truth, wide(x), other), Type::f32)) == select(truth, x, convert(other, Type::f32)));
  CHECK(simplify(convert(select(truth, other, f64(0.1)), Type::f32)) ==
        select(truth, convert(other, Type::f32), number(0.1)));
}

TEST_CASE("simplifying changes no value") {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    reference::RandomExpressions random(seed);
    random.elementary_left = 0;
    const Expression before = random.expression(reference::RandomExpressions::argument_types[seed % 12], 6);
    const Expression after = simplify(before);
    REQUIRE(verify(after).empty());
    for (int row = 0; row < 20; ++row) {
      const auto values = random.values();
      const auto expected = reference::evaluate_exactly(before, values),
                 found = reference::evaluate_exactly(after, values);
      INFO(seed << ": " << to_text(before) << "\n-> " << to_text(after));
      REQUIRE(reference::same(expected, found));
    }
  }
}

TEST_CASE("folding agrees with evaluation") {
  int folded = 0;
  for (uint64_t seed = 0; seed < 20000; ++seed) {
    reference::RandomExpressions random(seed + 100000);
    random.elementary_left = 0;
    const Expression root = random.expression(reference::RandomExpressions::argument_types[seed % 12], 1);
    const auto values = random.values();
    std::unordered_map<Expression, Expression> constants;
    for (const Expression node : in_order(root))
      if (node->op == Op::argument) {
        const auto& value = values[node->index];
        constants[node] = is_float(node->type) ? constant(node->type, value.real) : integer(node->type, value.whole);
      }
    const Expression closed = substitute(root, constants);
    if (const Expression result = fold(closed)) {
      ++folded;
      INFO(seed << ": " << to_text(closed) << " -> " << to_text(result));
      REQUIRE(reference::same(reference::evaluate_exactly(result, {}), reference::evaluate_exactly(closed, {})));
    }
  }
  CHECK(folded > 5000);
}

TEST_CASE("derivatives agree with differences") {
  const Expression a = argument(Type::f64, 0), b = argument(Type::f64, 1);
  const auto f64 = [](double value) { return constant(Type::f64, value); };
  std::vector<Expression> functions;
  for (int i = 0; i < 18; ++i) functions.push_back(elementary(static_cast<Elementary>(i), multiply(a, f64(0.7))));
  functions.insert(functions.end(),
                   {elementary(Elementary::power, a, b), elementary(Elementary::atan2, a, b), divide(a, add(a, b)),
                    multiply(multiply(a, a), b), unary(Op::square_root, add(a, b)), absolute(subtract(a, b)),
                    binary(Op::minimum, a, b), binary(Op::maximum, multiply(a, b), b), negate(divide(b, a)),
                    select(less(a, b), multiply(a, a), b), fused_multiply_add(a, b, a), binary(Op::copy_sign, a, b),
                    convert(convert(multiply(a, b), Type::f32), Type::f64), unary(Op::floor, a)});
  for (const Expression function : functions)
    for (const auto& point : {std::pair{0.3, 0.8}, std::pair{0.6, 0.45}, std::pair{1.2, 2.5}})
      for (int index = 0; index < 2; ++index) {
        const double step = 1e-6;
        std::vector<double> low = {point.first, point.second}, high = low;
        low[index] -= step;
        high[index] += step;
        const std::vector<double> at = {point.first, point.second};
        const double difference =
            (reference::evaluate(function, high, {}) - reference::evaluate(function, low, {})) / (2 * step);
        const double slope = reference::evaluate(derivative(function, index), at, {});
        INFO(to_text(function) << " by x" << index << " at " << at[0] << ", " << at[1]);
        CHECK(slope == Approx(difference).epsilon(1e-6).margin(1e-8));
      }
}

TEST_CASE("kinks take the side of the definition") {
  const Expression zero = number(0), relu = select(greater(x, zero), x, zero);
  CHECK(derivative(relu, 0) == select(less(zero, x), number(1), zero));
  CHECK(reference::evaluate(derivative(absolute(x), 0), {0}, {}) == 0);
  CHECK(derivative(unary(Op::floor, x), 0) == zero);
  CHECK(derivative(y, 0) == zero);
}

TEST_CASE("random numbers are those of Philox") {
  const Expression key = argument(Type::i64, 0), low = argument(Type::i64, 1), high = argument(Type::i64, 2);
  const mlw::Philox philox{0x123456789abcdef0};
  const auto block = philox(0xfedcba9876543210, 7);
  const reference::Value values[] = {reference::whole_value(Type::i64, static_cast<int64_t>(0x123456789abcdef0)),
                                     reference::whole_value(Type::i64, static_cast<int64_t>(0xfedcba9876543210)),
                                     reference::whole_value(Type::i64, 7)};
  for (int word = 0; word < 4; ++word)
    CHECK(reference::evaluate_exactly(random(key, low, high, word), values).whole == block.word[word]);
  const double drawn = reference::evaluate_exactly(uniform(key, low, high, 2), values).real;
  CHECK(drawn == (block.word[2] >> 8) * 0x1p-24);
}
