#include "compiler/kernel/lifted.h"

namespace mlw::kernel {
namespace {

Elementary elementary_of(Operation operation) {
  switch (operation) {
    case Operation::exp:
      return Elementary::exp;
    case Operation::exp2:
      return Elementary::exp2;
    case Operation::expm1:
      return Elementary::expm1;
    case Operation::log:
      return Elementary::log;
    case Operation::log2:
      return Elementary::log2;
    case Operation::log10:
      return Elementary::log10;
    case Operation::log1p:
      return Elementary::log1p;
    case Operation::sin:
      return Elementary::sin;
    case Operation::cos:
      return Elementary::cos;
    case Operation::tan:
      return Elementary::tan;
    case Operation::asin:
      return Elementary::asin;
    case Operation::acos:
      return Elementary::acos;
    case Operation::atan:
      return Elementary::atan;
    case Operation::sinh:
      return Elementary::sinh;
    case Operation::cosh:
      return Elementary::cosh;
    case Operation::tanh:
      return Elementary::tanh;
    case Operation::erf:
      return Elementary::erf;
    default:
      return Elementary::sigmoid;
  }
}

/// Whether an infinite argument, or one that is no number, always shows in the result.
bool shows(Elementary function) {
  switch (function) {
    case Elementary::log:
    case Elementary::log2:
    case Elementary::log10:
    case Elementary::log1p:
    case Elementary::sin:
    case Elementary::cos:
    case Elementary::tan:
    case Elementary::asin:
    case Elementary::acos:
    case Elementary::sinh:
    case Elementary::cosh:
      return true;
    default:
      return false;
  }
}

Lifted angle(Lifted y, Lifted x, Type number) {
  y = settled(as_number(y, number));
  x = settled(as_number(x, number));
  Lifted result = joined(elementary(Elementary::atan2, y.value, x.value), y, x);
  const Expression zero = constant(number, 0);
  result.valid = both(result.valid, either(not_equal(y.value, zero), not_equal(x.value, zero)));
  return result;
}

Lifted rounding(Op op, Lifted x, const Formula& formula, Type number) {
  const bool whole = !is_float(x.value->type);
  if (whole && formula.type != ValueType::number) return x;
  x = as_number(x, number);
  x.value = unary(op, x.value);
  return formula.type == ValueType::number ? x : as_integer(x);
}

}  // namespace

Lifted lift_function(const Formula& formula, std::span<Lifted> arguments, Type number) {
  Lifted x = arguments[0];
  switch (formula.operation) {
    case Operation::floor:
      return rounding(Op::floor, x, formula, number);
    case Operation::ceil:
      return rounding(Op::ceil, x, formula, number);
    case Operation::round:
      return rounding(Op::round_even, x, formula, number);
    case Operation::to_number:
      return is_float(x.value->type) ? x : as_number(x, number);
    case Operation::to_integer:
      return as_integer(x);
    case Operation::atan2:
      return angle(x, arguments[1], number);
    default:
      break;
  }
  x = as_number(x, number);
  if (formula.operation == Operation::sqrt) {
    x.value = unary(Op::square_root, x.value);
    x.unchecked = true;
    return x;
  }
  const Elementary function = elementary_of(formula.operation);
  if (!shows(function)) x = settled(x);
  x.value = elementary(function, x.value);
  x.unchecked = true;
  return x;
}

}  // namespace mlw::kernel
