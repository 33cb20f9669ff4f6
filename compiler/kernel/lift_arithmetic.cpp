#include "compiler/kernel/elementary_numbers.h"
#include "compiler/kernel/lifted.h"

namespace mlw::kernel {
namespace {

Expression whole(int64_t value) { return integer(Type::i64, value); }

Op op_of(Operation operation) {
  switch (operation) {
    case Operation::add:
      return Op::add;
    case Operation::subtract:
      return Op::subtract;
    case Operation::multiply:
      return Op::multiply;
    case Operation::minimum:
      return Op::minimum;
    case Operation::maximum:
      return Op::maximum;
    case Operation::absolute:
      return Op::absolute;
    case Operation::negate:
      return Op::negate;
    default:
      return Op::divide;
  }
}

Op overflow_of(Op op) {
  return op == Op::add ? Op::add_overflows : op == Op::subtract ? Op::subtract_overflows : Op::multiply_overflows;
}

/// A sum, difference or product of i64 with its overflow.
Lifted exact(Op op, const Lifted& a, const Lifted& b) {
  Lifted result = joined(binary(op, a.value, b.value), a, b);
  add_overflow(result, binary(overflow_of(op), a.value, b.value));
  return result;
}

/// The remainder of the sign of the divisor, as an expression; the quotient rounded down fits it.
Expression floored_remainder(Expression a, Expression b) {
  const Expression cut = binary(Op::remainder, a, b);
  const Expression other_sign = less(binary(Op::bit_xor, cut, b), whole(0));
  return select(both(not_equal(cut, whole(0)), other_sign), add(cut, b), cut);
}

Lifted integer_quotient(Operation operation, const Lifted& a, const Lifted& b) {
  const Expression rest = floored_remainder(a.value, b.value);
  Lifted result = joined(rest, a, b);
  result.valid = both(result.valid, not_equal(b.value, whole(0)));
  if (operation == Operation::modulo) return result;
  result.value = divide(subtract(a.value, rest), b.value);
  add_overflow(result, both(equal(a.value, whole(INT64_MIN)), equal(b.value, whole(-1))));
  return result;
}

/// Square and multiply over the bits of the exponent. From 126 on only 0, 1 and -1 have a power in range, and theirs
/// depend on whether the exponent is even.
Lifted integer_power(const Lifted& a, const Lifted& b) {
  const Expression top = add(whole(126), binary(Op::bit_and, b.value, whole(1)));
  const Expression exponent = select(less(whole(126), b.value), top, b.value);
  Expression power = whole(1), base = a.value, lost = flag(false), base_lost = flag(false);
  for (int bit = 0; bit < 7; ++bit) {
    const Expression used = not_equal(binary(Op::bit_and, exponent, whole(int64_t{1} << bit)), whole(0));
    lost = either(lost, both(used, either(base_lost, binary(Op::multiply_overflows, power, base))));
    power = select(used, multiply(power, base), power);
    base_lost = either(base_lost, binary(Op::multiply_overflows, base, base));
    base = multiply(base, base);
  }
  Lifted result = joined(power, a, b);
  result.valid = both(result.valid, less_equal(whole(0), b.value));
  add_overflow(result, lost);
  return result;
}

/// x - y floor(x / y) in float64, where it is exact for float32: the quotient is below 2^24 or missing, so that its
/// floor and the product with y have at most 48 digits. For float64 the product is taken in two parts.
Lifted number_remainder(Lifted a, Lifted b, Type number) {
  a = settled(as_number(a, number));
  b = settled(as_number(b, number));
  const Expression x = convert(a.value, Type::f64), y = convert(b.value, Type::f64);
  const Expression quotient = divide(x, y), down = unary(Op::floor, quotient);
  const Pair back = exact_product(Real{down}, Real{y});
  Expression rest = subtract(subtract(x, back.head.e), back.low.e);
  // A quotient of float64 numbers may have been rounded up to a whole number.
  const Expression nothing = constant(Type::f64, 0);
  rest = select(both(not_equal(rest, nothing), less(multiply(rest, y), nothing)), add(rest, y), rest);
  const Expression limit = constant(Type::f64, number == Type::f32 ? 0x1p24 : 0x1p53);
  Lifted result = joined(convert(rest, number), a, b, true);
  // A divisor of 0 gives an infinite quotient or none.
  result.valid = both(result.valid, less(absolute(quotient), limit));
  return result;
}

/// A duration out of a float64 of microseconds.
Lifted rounded_duration(Lifted x) {
  x = settled(x);
  const Expression nearest = unary(Op::round_even, x.value);
  add_overflow(x, opposite(less(absolute(nearest), constant(Type::f64, 0x1p63))));
  x.value = convert(nearest, Type::i64);
  return x;
}

/// Products and quotients of a duration and a number, in float64.
Lifted scaled_duration(Operation operation, Lifted a, Lifted b, Type number) {
  const auto wide = [&](Lifted x) {
    if (is_float(x.value->type)) x = as_number(x, number);
    x.value = convert(x.value, Type::f64);
    return x;
  };
  a = wide(a);
  b = wide(b);
  // A quotient by an infinite number would be 0.
  if (operation == Operation::divide) b = settled(b);
  return rounded_duration(joined(binary(op_of(operation), a.value, b.value), a, b, true));
}

Lifted duration_ratio(const Lifted& a, const Lifted& b, Type number) {
  const Expression ratio = divide(convert(a.value, Type::f64), convert(b.value, Type::f64));
  return joined(convert(ratio, number), a, b, true);
}

Lifted number_arithmetic(const Formula& formula, Lifted a, Lifted b, Type number) {
  a = as_number(a, number);
  b = as_number(b, number);
  switch (formula.operation) {
    case Operation::power:
      a = settled(a);
      b = settled(b);
      return joined(elementary(Elementary::power, a.value, b.value), a, b, true);
    case Operation::divide:
      b = settled(b);  // a quotient by an infinite number would be 0
      break;
    case Operation::minimum:
    case Operation::maximum:
      a = settled(a);
      b = settled(b);
      return joined(binary(op_of(formula.operation), a.value, b.value), a, b);
    default:
      break;
  }
  return joined(binary(op_of(formula.operation), a.value, b.value), a, b, true);
}

Lifted two_integers(Operation operation, const Lifted& a, const Lifted& b) {
  switch (operation) {
    case Operation::divide:
    case Operation::modulo:
      return integer_quotient(operation, a, b);
    case Operation::power:
      return integer_power(a, b);
    case Operation::minimum:
    case Operation::maximum:
      return joined(binary(op_of(operation), a.value, b.value), a, b);
    default:
      return exact(op_of(operation), a, b);
  }
}

Expression sign_of(Expression x) {
  const Expression zero = integer(x->type, 0);
  const Expression below = select(less(x, zero), integer(x->type, -1), zero);
  return select(less(zero, x), integer(x->type, 1), below);
}

Lifted one_argument(const Formula& formula, Lifted x, Type number) {
  const bool real = is_float(x.value->type) || formula.type == ValueType::number;
  if (real) x = as_number(x, number);
  if (formula.operation == Operation::sign) {
    x = settled(x);
    x.value = sign_of(x.value);
    return x;
  }
  // The lowest integer has no opposite.
  if (!real) add_overflow(x, equal(x.value, whole(INT64_MIN)));
  x.value = unary(op_of(formula.operation), x.value);
  return x;
}

}  // namespace

Lifted lift_arithmetic(const Formula& formula, std::span<Lifted> arguments, Type number) {
  if (arguments.size() == 1) return one_argument(formula, arguments[0], number);
  const Lifted &a = arguments[0], &b = arguments[1];
  const bool whole_arguments = !is_float(a.value->type) && !is_float(b.value->type);
  const bool durations =
      formula.arguments[0]->type == ValueType::duration && formula.arguments[1]->type == ValueType::duration;
  if (formula.operation == Operation::divide && durations) return duration_ratio(a, b, number);
  if (formula.type == ValueType::duration &&
      (formula.operation == Operation::divide || (formula.operation == Operation::multiply && !whole_arguments)))
    return scaled_duration(formula.operation, a, b, number);
  if (whole_arguments && formula.type != ValueType::number) return two_integers(formula.operation, a, b);
  if (formula.operation == Operation::modulo) return number_remainder(a, b, number);
  return number_arithmetic(formula, a, b, number);
}

}  // namespace mlw::kernel
