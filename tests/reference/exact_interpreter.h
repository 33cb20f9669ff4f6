#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <unordered_map>

#include "compiler/kernel/expression.h"
#include "compiler/kernel/expression_passes.h"
#include "runtime/data/random.h"

/// A plain interpreter of expressions in their own types, written to be read: what machine code must give, bit for bit.
/// Elementary functions are taken in their expanded form; they have tests of their own. It shares nothing with folding
/// and emission but the meaning of the operations.
namespace mlw::reference {

using kernel::Expression;
using kernel::Op;
using kernel::Type;

/// A value: `real` of the floats (a float32 stands in a double exactly), `whole` of integers and flags.
struct Value {
  Type type = Type::f64;
  double real = 0;
  int64_t whole = 0;
};
inline Value real_value(Type type, double x) { return {type, type == Type::f32 ? static_cast<float>(x) : x, 0}; }

/// An integer brought into the range of its type, as the low bits of two's complement.
inline Value whole_value(Type type, int64_t x) {
  switch (type) {
    case Type::flag:
      return {type, 0, x & 1};
    case Type::i8:
      return {type, 0, static_cast<int8_t>(x)};
    case Type::i16:
      return {type, 0, static_cast<int16_t>(x)};
    case Type::i32:
      return {type, 0, static_cast<int32_t>(x)};
    case Type::u8:
      return {type, 0, static_cast<uint8_t>(x)};
    case Type::u16:
      return {type, 0, static_cast<uint16_t>(x)};
    case Type::u32:
      return {type, 0, static_cast<uint32_t>(x)};
    default:
      return {type, 0, x};
  }
}
inline Value flag_value(bool x) { return {Type::flag, 0, x}; }

class ExactInterpreter {
 public:
  std::span<const Value> arguments;
  std::span<const int64_t> positions;

  Value run(Expression root) {
    root = kernel::expand(root);
    for (const Expression node : kernel::in_order(root))
      if (!values_.count(node)) values_[node] = evaluate(node);
    return values_[root];
  }

 private:
  const Value& operand(Expression node, int i) { return values_[node->operands[i]]; }

  Value evaluate(Expression node) {
    switch (node->op) {
      case Op::constant:
        if (kernel::is_float(node->type)) return {node->type, kernel::constant_value(node), 0};
        return whole_value(node->type, static_cast<int64_t>(node->value));
      case Op::argument: {
        Value value = arguments[node->index];
        value.type = node->type;
        return value;
      }
      case Op::position:
        return whole_value(node->type, positions[node->index]);
      case Op::select:
        return operand(node, operand(node, 0).whole ? 1 : 2);
      case Op::convert:
        return convert(operand(node, 0), node->type);
      case Op::reinterpret:
        return reinterpret(operand(node, 0), node->type);
      case Op::random:
        return random(node);
      default:
        break;
    }
    return kernel::is_float(operand(node, 0).type) ? of_reals(node) : of_integers(node);
  }

  Value of_reals(Expression node) {
    const double a = operand(node, 0).real, b = node->count > 1 ? operand(node, 1).real : 0;
    const Type type = node->type;
    // In float64 and rounded once more: for one operation on float32 that is the correctly rounded result.
    switch (node->op) {
      case Op::add:
        return real_value(type, a + b);
      case Op::subtract:
        return real_value(type, a - b);
      case Op::multiply:
        return real_value(type, a * b);
      case Op::divide:
        return real_value(type, a / b);
      case Op::negate:
        return real_value(type, -a);
      case Op::absolute:
        return real_value(type, std::fabs(a));
      case Op::minimum:
        return real_value(type, a < b ? a : b);
      case Op::maximum:
        return real_value(type, a > b ? a : b);
      case Op::fused_multiply_add: {
        const double c = operand(node, 2).real;
        if (type == Type::f32) return {type, std::fmaf(a, b, c), 0};
        return {type, std::fma(a, b, c), 0};
      }
      case Op::square_root:
        return real_value(type, std::sqrt(a));
      case Op::floor:
        return real_value(type, std::floor(a));
      case Op::ceil:
        return real_value(type, std::ceil(a));
      case Op::truncate:
        return real_value(type, std::trunc(a));
      case Op::round_even:
        return real_value(type, std::nearbyint(a));
      case Op::copy_sign:
        return real_value(type, std::copysign(a, b));
      case Op::equal:
        return flag_value(a == b);
      case Op::not_equal:
        return flag_value(a != b);
      case Op::less:
        return flag_value(a < b);
      case Op::less_equal:
        return flag_value(a <= b);
      default:
        throw std::logic_error("an operation on floats that is none");
    }
  }

  Value of_integers(Expression node) {
    const Type type = operand(node, 0).type;
    const int64_t a = operand(node, 0).whole, b = node->count > 1 ? operand(node, 1).whole : 0;
    __extension__ using Wide = __int128;
    const auto wrapped = [&](Wide x) { return whole_value(type, static_cast<int64_t>(x)); };
    const auto leaves_range = [&](Wide x) { return flag_value(wrapped(x).whole != x); };
    switch (node->op) {
      case Op::add:
        return wrapped(Wide{a} + b);
      case Op::subtract:
        return wrapped(Wide{a} - b);
      case Op::multiply:
        return wrapped(Wide{a} * b);
      case Op::divide:
        return wrapped(b == 0 ? Wide{0} : Wide{a} / b);
      case Op::remainder:
        return wrapped(b == 0 ? Wide{a} : Wide{a} % b);
      case Op::negate:
        return wrapped(-Wide{a});
      case Op::absolute:
        return wrapped(a < 0 ? -Wide{a} : Wide{a});
      case Op::minimum:
        return wrapped(std::min(a, b));
      case Op::maximum:
        return wrapped(std::max(a, b));
      case Op::add_overflows:
        return leaves_range(Wide{a} + b);
      case Op::subtract_overflows:
        return leaves_range(Wide{a} - b);
      case Op::multiply_overflows:
        return leaves_range(Wide{a} * b);
      case Op::equal:
        return flag_value(a == b);
      case Op::not_equal:
        return flag_value(a != b);
      case Op::less:
        return flag_value(a < b);
      case Op::less_equal:
        return flag_value(a <= b);
      case Op::bit_and:
        return wrapped(a & b);
      case Op::bit_or:
        return wrapped(a | b);
      case Op::bit_xor:
        return wrapped(a ^ b);
      case Op::bit_not:
        return wrapped(~a);
      case Op::shift_left:
        return wrapped(Wide{a} << b);
      case Op::shift_right:
        return wrapped(a >> b);
      default:
        throw std::logic_error("an operation on integers that is none");
    }
  }

  Value convert(const Value& a, Type to) const {
    if (!kernel::is_float(a.type)) {
      if (to == Type::flag) return flag_value(a.whole != 0);
      if (to == Type::f32) return {to, static_cast<float>(a.whole), 0};
      return kernel::is_float(to) ? Value{to, static_cast<double>(a.whole), 0} : whole_value(to, a.whole);
    }
    if (kernel::is_float(to)) return real_value(to, a.real);
    if (to == Type::flag) return flag_value(a.real != 0);
    if (std::isnan(a.real)) return whole_value(to, 0);
    const int width = kernel::bits(to);
    const double end = std::ldexp(1.0, kernel::is_signed(to) ? width - 1 : width);
    const double begin = kernel::is_signed(to) ? -end : 0;
    if (a.real >= end) return {to, 0, to == Type::i64 ? INT64_MAX : static_cast<int64_t>(end) - 1};
    if (a.real <= begin) return {to, 0, static_cast<int64_t>(begin)};
    return {to, 0, static_cast<int64_t>(a.real)};
  }

  static Value reinterpret(const Value& a, Type to) {
    uint64_t bits = static_cast<uint64_t>(a.whole);
    if (a.type == Type::f64) std::memcpy(&bits, &a.real, sizeof bits);
    if (a.type == Type::f32) {
      const auto single = static_cast<float>(a.real);
      uint32_t word;
      std::memcpy(&word, &single, sizeof word);
      bits = word;
    }
    if (to == Type::f32) {
      const auto word = static_cast<uint32_t>(bits);
      float single;
      std::memcpy(&single, &word, sizeof single);
      return {to, single, 0};
    }
    if (to == Type::f64) {
      double real;
      std::memcpy(&real, &bits, sizeof real);
      return {to, real, 0};
    }
    return whole_value(to, static_cast<int64_t>(bits));
  }

  Value random(Expression node) {
    const Philox philox{static_cast<uint64_t>(operand(node, 0).whole)};
    const auto block =
        philox(static_cast<uint64_t>(operand(node, 1).whole), static_cast<uint64_t>(operand(node, 2).whole));
    return whole_value(Type::u32, block.word[node->index]);
  }

  std::unordered_map<Expression, Value> values_;
};

/// The value as machine code gives it, bit for bit (what is not a number apart).
inline Value evaluate_exactly(Expression root, std::span<const Value> arguments,
                              std::span<const int64_t> positions = {}) {
  ExactInterpreter interpreter;
  interpreter.arguments = arguments;
  interpreter.positions = positions;
  return interpreter.run(root);
}

}  // namespace mlw::reference
