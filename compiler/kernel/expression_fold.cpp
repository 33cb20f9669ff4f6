#include <bit>
#include <cmath>
#include <limits>

#include "compiler/kernel/expression_passes.h"

namespace mlw::kernel {
namespace {

int64_t whole(Expression constant) { return static_cast<int64_t>(constant->value); }

int64_t lowest(Type type) { return is_signed(type) ? -(int64_t{1} << (bits(type) - 2)) * 2 : 0; }
int64_t highest(Type type) {
  if (type == Type::flag) return 1;
  return is_signed(type) ? ~lowest(type) : (int64_t{1} << bits(type)) - 1;
}

/// A product, sum or difference as the machine's 64 bits, wrapped.
uint64_t wrapped(Op op, uint64_t a, uint64_t b) { return op == Op::add ? a + b : op == Op::subtract ? a - b : a * b; }

bool overflows(Op op, Type type, int64_t a, int64_t b) {
  int64_t result;
  const bool left = op == Op::add_overflows        ? __builtin_add_overflow(a, b, &result)
                    : op == Op::subtract_overflows ? __builtin_sub_overflow(a, b, &result)
                                                   : __builtin_mul_overflow(a, b, &result);
  return left || result < lowest(type) || result > highest(type);
}

uint64_t quotient(Op op, int64_t a, int64_t b) {
  if (b == 0) return op == Op::divide ? 0 : static_cast<uint64_t>(a);
  if (b == -1) return op == Op::divide ? 0 - static_cast<uint64_t>(a) : 0;
  return static_cast<uint64_t>(op == Op::divide ? a / b : a % b);
}

Expression fold_integer(Expression node) {
  const Type type = node->operands[0]->type;
  const int64_t a = whole(node->operands[0]), b = node->count > 1 ? whole(node->operands[1]) : 0;
  const auto ua = static_cast<uint64_t>(a), ub = static_cast<uint64_t>(b);
  switch (node->op) {
    case Op::add:
    case Op::subtract:
    case Op::multiply:
      return constant_bits(type, wrapped(node->op, ua, ub));
    case Op::divide:
    case Op::remainder:
      return constant_bits(type, quotient(node->op, a, b));
    case Op::negate:
      return constant_bits(type, 0 - ua);
    case Op::absolute:
      return constant_bits(type, a < 0 ? 0 - ua : ua);
    case Op::minimum:
      return constant_bits(type, a < b ? ua : ub);
    case Op::maximum:
      return constant_bits(type, a > b ? ua : ub);
    case Op::add_overflows:
    case Op::subtract_overflows:
    case Op::multiply_overflows:
      return flag(overflows(node->op, type, a, b));
    case Op::equal:
      return flag(a == b);
    case Op::not_equal:
      return flag(a != b);
    case Op::less:
      return flag(a < b);
    case Op::less_equal:
      return flag(a <= b);
    case Op::bit_and:
      return constant_bits(type, ua & ub);
    case Op::bit_or:
      return constant_bits(type, ua | ub);
    case Op::bit_xor:
      return constant_bits(type, ua ^ ub);
    case Op::bit_not:
      return constant_bits(type, ~ua);
    case Op::shift_left:
      return constant_bits(type, ua << b);
    case Op::shift_right:
      return constant_bits(type, static_cast<uint64_t>(a >> b));
    default:
      return nullptr;
  }
}

/// The constant, or null when it is not a number.
template <typename Float>
Expression number(Type type, Float value) {
  return std::isnan(value) ? nullptr : constant(type, static_cast<double>(value));
}

template <typename Float>
Expression fold_float(Expression node) {
  const Type type = node->operands[0]->type;
  const auto operand = [&](int i) { return static_cast<Float>(constant_value(node->operands[i])); };
  const Float a = operand(0), b = node->count > 1 ? operand(1) : 0;
  switch (node->op) {
    case Op::add:
      return number(type, a + b);
    case Op::subtract:
      return number(type, a - b);
    case Op::multiply:
      return number(type, a * b);
    case Op::divide:
      return number(type, a / b);
    case Op::negate:
      return number(type, -a);
    case Op::absolute:
      return number(type, std::fabs(a));
    case Op::minimum:
      return number(type, a < b ? a : b);
    case Op::maximum:
      return number(type, a > b ? a : b);
    case Op::fused_multiply_add:
      return number(type, std::fma(a, b, operand(2)));
    case Op::square_root:
      return number(type, std::sqrt(a));
    case Op::floor:
      return number(type, std::floor(a));
    case Op::ceil:
      return number(type, std::ceil(a));
    case Op::truncate:
      return number(type, std::trunc(a));
    case Op::round_even:
      return number(type, std::nearbyint(a));
    case Op::copy_sign:
      return number(type, std::copysign(a, b));
    case Op::equal:
      return flag(a == b);
    case Op::not_equal:
      return flag(a != b);
    case Op::less:
      return flag(a < b);
    case Op::less_equal:
      return flag(a <= b);
    default:
      return nullptr;
  }
}

Expression fold_convert(Expression node) {
  const Expression a = node->operands[0];
  const Type to = node->type;
  if (!is_float(a->type)) {
    if (to == Type::flag) return flag(a->value != 0);
    if (to == Type::f32) return constant(to, static_cast<double>(static_cast<float>(whole(a))));
    return integer(to, whole(a));
  }
  const double value = constant_value(a);
  if (is_float(to)) return number(to, value);
  if (to == Type::flag) return flag(value != 0);
  if (std::isnan(value)) return integer(to, 0);
  if (value <= static_cast<double>(lowest(to))) return integer(to, lowest(to));
  if (value >= static_cast<double>(highest(to))) return integer(to, highest(to));
  return integer(to, static_cast<int64_t>(value));
}

}  // namespace

Expression fold(Expression node) {
  if (node->count == 0 || node->op == Op::elementary || node->op == Op::random) return nullptr;
  if (node->op == Op::select)
    return is_constant(node->operands[0]) ? node->operands[node->operands[0]->value ? 1 : 2] : nullptr;
  for (const Expression operand : node->arguments())
    if (!is_constant(operand)) return nullptr;
  if (node->op == Op::convert) return fold_convert(node);
  if (node->op == Op::reinterpret) return constant_bits(node->type, node->operands[0]->value);
  if (node->operands[0]->type == Type::f32) return fold_float<float>(node);
  if (node->operands[0]->type == Type::f64) return fold_float<double>(node);
  return fold_integer(node);
}

}  // namespace mlw::kernel
