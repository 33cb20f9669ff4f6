#include <bit>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include "runtime/data/random.h"
#include "tests/reference/graph_interpreter.h"

namespace mlw::reference {
namespace {

using namespace kernel;

/// A float lives in `real`, everything else in `whole`, sign-extended or zero-extended from its width.
struct Number {
  double real = 0;
  int64_t whole = 0;
};

int64_t wrapped(Type type, uint64_t value) { return static_cast<int64_t>(constant_bits(type, value)->value); }

double elementary_value(Elementary function, double a, double b) {
  switch (function) {
    case Elementary::exp:
      return std::exp(a);
    case Elementary::exp2:
      return std::exp2(a);
    case Elementary::expm1:
      return std::expm1(a);
    case Elementary::log:
      return std::log(a);
    case Elementary::log2:
      return std::log2(a);
    case Elementary::log10:
      return std::log10(a);
    case Elementary::log1p:
      return std::log1p(a);
    case Elementary::sin:
      return std::sin(a);
    case Elementary::cos:
      return std::cos(a);
    case Elementary::tan:
      return std::tan(a);
    case Elementary::asin:
      return std::asin(a);
    case Elementary::acos:
      return std::acos(a);
    case Elementary::atan:
      return std::atan(a);
    case Elementary::sinh:
      return std::sinh(a);
    case Elementary::cosh:
      return std::cosh(a);
    case Elementary::tanh:
      return std::tanh(a);
    case Elementary::erf:
      return std::erf(a);
    case Elementary::sigmoid:
      return 1 / (1 + std::exp(-a));
    case Elementary::power:
      return std::pow(a, b);
    case Elementary::atan2:
      return std::atan2(a, b);
  }
  throw std::logic_error("an unknown function");
}

bool compare(Op op, auto a, auto b) {
  switch (op) {
    case Op::equal:
      return a == b;
    case Op::not_equal:
      return a != b;
    case Op::less:
      return a < b;
    default:
      return a <= b;
  }
}

double real_value(Expression node, double a, double b, double c) {
  switch (node->op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    case Op::negate:
      return -a;
    case Op::absolute:
      return std::fabs(a);
    case Op::minimum:
      return a < b ? a : b;
    case Op::maximum:
      return a > b ? a : b;
    case Op::fused_multiply_add:
      return std::fma(a, b, c);
    case Op::square_root:
      return std::sqrt(a);
    case Op::floor:
      return std::floor(a);
    case Op::ceil:
      return std::ceil(a);
    case Op::truncate:
      return std::trunc(a);
    case Op::round_even:
      return std::nearbyint(a);
    case Op::copy_sign:
      return std::copysign(a, b);
    case Op::elementary:
      return elementary_value(node->function, a, b);
    default:
      throw std::logic_error("no operation on floats: " + std::string(name(node->op)));
  }
}

uint64_t whole_value(Expression node, int64_t a, int64_t b) {
  const auto x = static_cast<uint64_t>(a), y = static_cast<uint64_t>(b);
  switch (node->op) {
    case Op::add:
      return x + y;
    case Op::subtract:
      return x - y;
    case Op::multiply:
      return x * y;
    case Op::divide:
      return b == 0 ? 0 : b == -1 && is_signed(node->type) ? 0 - x : static_cast<uint64_t>(a / b);
    case Op::remainder:
      return b == 0 ? x : b == -1 && is_signed(node->type) ? 0 : static_cast<uint64_t>(a % b);
    case Op::negate:
      return 0 - x;
    case Op::absolute:
      return a < 0 ? 0 - x : x;
    case Op::minimum:
      return a < b ? x : y;
    case Op::maximum:
      return a > b ? x : y;
    case Op::bit_and:
      return x & y;
    case Op::bit_or:
      return x | y;
    case Op::bit_xor:
      return x ^ y;
    case Op::bit_not:
      return ~x;
    case Op::shift_left:
      return x << y;
    case Op::shift_right:
      return is_signed(node->type) ? static_cast<uint64_t>(a >> b) : x >> y;
    default:
      throw std::logic_error("no operation on integers: " + std::string(name(node->op)));
  }
}

Number converted(Expression node, const Number& a) {
  const Type from = node->operands[0]->type, to = node->type;
  if (is_float(to)) return {is_float(from) ? a.real : static_cast<double>(a.whole), 0};
  if (to == Type::flag) return {0, is_float(from) ? a.real != 0 : a.whole != 0};
  if (!is_float(from)) return {0, wrapped(to, static_cast<uint64_t>(a.whole))};
  if (a.real != a.real) return {};
  const double low = is_signed(to) ? -std::ldexp(1, bits(to) - 1) : 0;
  const double high = std::ldexp(1, bits(to) - (is_signed(to) ? 1 : 0)) - 1;
  return {0, static_cast<int64_t>(std::fmin(std::fmax(std::trunc(a.real), low), high))};
}

/// The same bits under another type: through the float that the number stands for.
Number reinterpreted(Expression node, const Number& a) {
  const Type from = node->operands[0]->type, to = node->type;
  uint64_t bits = static_cast<uint64_t>(a.whole);
  if (from == Type::f32) bits = std::bit_cast<uint32_t>(static_cast<float>(a.real));
  if (from == Type::f64) bits = std::bit_cast<uint64_t>(a.real);
  if (to == Type::f32) return {std::bit_cast<float>(static_cast<uint32_t>(bits)), 0};
  if (to == Type::f64) return {std::bit_cast<double>(bits), 0};
  return {0, wrapped(to, bits)};
}

Number value_of(Expression node, const Number* a) {
  const Type type = node->type;
  switch (node->op) {
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
      return {0, is_float(node->operands[0]->type) ? compare(node->op, a[0].real, a[1].real)
                                                   : compare(node->op, a[0].whole, a[1].whole)};
    case Op::select:
      return a[0].whole ? a[1] : a[2];
    case Op::convert:
      return converted(node, a[0]);
    case Op::reinterpret:
      return reinterpreted(node, a[0]);
    case Op::random: {
      const Philox philox{static_cast<uint64_t>(a[0].whole)};
      return {0, philox(static_cast<uint64_t>(a[1].whole), static_cast<uint64_t>(a[2].whole)).word[node->index]};
    }
    default:
      if (is_float(type)) return {real_value(node, a[0].real, a[1].real, a[2].real), 0};
      return {0, wrapped(type, whole_value(node, a[0].whole, a[1].whole))};
  }
}

}  // namespace

double evaluate(Expression expression, const std::vector<double>& arguments, const std::vector<int64_t>& positions) {
  std::unordered_map<Expression, Number> values;
  for (const Expression node : in_order(expression)) {
    Number number;
    if (node->op == Op::constant) {
      number = is_float(node->type) ? Number{constant_value(node), 0} : Number{0, static_cast<int64_t>(node->value)};
    } else if (node->op == Op::argument) {
      const double given = arguments.at(node->index);
      number = is_float(node->type) ? Number{given, 0} : Number{0, static_cast<int64_t>(given)};
    } else if (node->op == Op::position) {
      number.whole = positions.at(node->index);
    } else {
      Number operands[3];
      for (int i = 0; i < node->count; ++i) operands[i] = values.at(node->operands[i]);
      number = value_of(node, operands);
    }
    values[node] = number;
  }
  const Number result = values.at(expression);
  return is_float(expression->type) ? result.real : static_cast<double>(result.whole);
}

}  // namespace mlw::reference
