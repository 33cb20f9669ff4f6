#include "compiler/kernel/elementary_exponential.h"

#include "compiler/kernel/elementary_coefficients.h"

namespace mlw::kernel {

namespace c = coefficients;

template <typename Number>
Exponential<Number> exponential(Number x) {
  // k = round(x / log 2): adding 1.5 · 2^52 rounds to a whole number.
  const Real k = (x.head * c::log2_of_e[0] + 0x1.8p52) - 0x1.8p52;
  const Real upper = x.head - k * c::log_of_2[0];  // exact: 32 bits times 11
  if constexpr (Number::has_tail) {
    const Pair r = sum(exact_sum(upper, -(k * c::log_of_2[1])), Pair{x.low, real(0)});
    const Pair square = product(r, r);
    const Real cubic = square.head * r.head * polynomial(c::exp_careful, r.head);
    return {sum(r, sum(scaled(square, real(0.5)), Pair{cubic, real(0)})), k};
  } else {
    const Real r = upper - k * c::log_of_2[1];
    return {{r + r * r * polynomial(c::exp_quick, r)}, k};
  }
}

template <typename Number>
Real assembled(const Exponential<Number>& value) {
  const Real mantissa = rounded(sum(sum_of<Number>(real(1), real(0)), value.rest));
  // In two factors, because 2^k alone may be out of range where the result is not.
  const Real first = whole(value.k * 0.5);
  return mantissa * power_of_two(first) * power_of_two(value.k - first);
}

namespace {

template <typename Number>
Number one() {
  return exactly<Number>(real(1));
}

/// e^x as one number, |x| < 700.
template <typename Number>
Number whole_exponential(Number x) {
  const Exponential<Number> e = exponential(x);
  return scaled(sum(one<Number>(), e.rest), power_of_two(e.k));
}

/// e^x - 1 as one number, |x| < 700.
template <typename Number>
Number exponential_less_one(Number x) {
  const Exponential<Number> e = exponential(x);
  const Real power = power_of_two(e.k);
  return sum(sum_of<Number>(power, real(-1)), scaled(e.rest, power));
}

template <typename Number>
Real hyperbolic(Elementary function, Real x) {
  const Real size = magnitude(x);
  // Beyond 40 the smaller exponential no longer counts; half of the larger one may be in range where it is not.
  Exponential<Number> large = exponential(exactly<Number>(clamp(size, 0, 1000)));
  large.k = large.k - 1.0;
  const Number near = exactly<Number>(clamp(size, 0, 40));
  Real small;
  if (function == Elementary::sinh) {
    const Number m = exponential_less_one(near);
    small = rounded(scaled(sum(m, quotient(m, sum(one<Number>(), m))), real(0.5)));
  } else {
    const Number e = whole_exponential(near);
    small = rounded(scaled(sum(e, quotient(one<Number>(), e)), real(0.5)));
  }
  const Real result = choose(size > 40, assembled(large), small);
  return function == Elementary::sinh ? with_sign_of(result, x) : result;
}

template <typename Number>
Real tangent(Real x) {
  const Number m = exponential_less_one(exactly<Number>(2.0 * clamp(magnitude(x), 0, 22)));
  return with_sign_of(rounded(quotient(m, sum(m, exactly<Number>(real(2))))), x);
}

/// 1 / (1 + e^-x), from the exponential that cannot overflow.
template <typename Number>
Real sigmoid(Real x) {
  Number small;
  if constexpr (Number::has_tail) {
    const Exponential<Number> e = exponential(exactly<Number>(-clamp(magnitude(x), 0, 1000)));
    const Real first = whole(e.k * 0.5);
    small = scaled(scaled(sum(one<Number>(), e.rest), power_of_two(first)), power_of_two(e.k - first));
  } else {
    // Smaller than a float32 can tell, and still a normal float64.
    const Real held{binary(Op::maximum, real(-400).e, (-magnitude(x)).e)};
    small = whole_exponential(exactly<Number>(held));
  }
  const Number above = choose(x < 0, small, one<Number>());
  return rounded(quotient(above, sum(one<Number>(), small)));
}

template <typename Number>
Real base_two(Real x) {
  const Real held = clamp(x, -1200, 1200);
  if constexpr (Number::has_tail) {
    const Real k = whole(held);
    Exponential<Pair> e =
        exponential(product(from_parts<Pair>(std::span(c::log_of_2_rounded)), Pair{held - k, real(0)}));
    e.k = e.k + k;
    return assembled(e);
  } else {
    const Real k = whole(held), r = held - k;
    return assembled(Exponential<Single>{{r * polynomial(c::exp2_quick, r)}, k});
  }
}

/// e^x for float32: in one piece, because every result is a normal float64.
Real quick_exponential(Real x) {
  const Real held = clamp(x, -400, 400);
  const Real shifted = held * c::log2_of_e[0] + 0x1.8p52, k = shifted - 0x1.8p52;
  const Real r = (held - k * c::log_of_2[0]) - k * c::log_of_2[1];
  const Real mantissa = 1.0 + (r + r * r * polynomial(c::exp_quick, r));
  return from_bits(add(bits_of(mantissa), shift(Op::shift_left, bits_of(shifted), 52)));
}

template <typename Number>
Real less_one(Real x) {
  const Number m = exponential_less_one(exactly<Number>(clamp(x, -60, 690)));
  const Real beyond = assembled(exponential(exactly<Number>(clamp(x, 0, 1000))));
  return choose(x > 100, beyond, rounded(m));
}

}  // namespace

template <typename Number>
Real exponential_function(Elementary function, Real x) {
  switch (function) {
    case Elementary::exp:
      if constexpr (Number::has_tail) return assembled(exponential(exactly<Number>(clamp(x, -1000, 1000))));
      return quick_exponential(x);
    case Elementary::exp2:
      return base_two<Number>(x);
    case Elementary::expm1: {
      // Keeps the sign of 0 and what is too small for the sum with 1.
      const Real result = less_one<Number>(x);
      return choose(magnitude(x) < 0x1p-60, x, result);
    }
    case Elementary::tanh:
      return choose(magnitude(x) < 0x1p-30, x, tangent<Number>(x));
    case Elementary::sigmoid:
      return sigmoid<Number>(x);
    default: {
      const Real result = hyperbolic<Number>(function, x);
      return function == Elementary::sinh ? choose(magnitude(x) < 0x1p-30, x, result) : result;
    }
  }
}

template struct Exponential<Single>;
template struct Exponential<Pair>;
template Exponential<Single> exponential(Single x);
template Exponential<Pair> exponential(Pair x);
template Real assembled(const Exponential<Single>&);
template Real assembled(const Exponential<Pair>&);
template Real exponential_function<Single>(Elementary function, Real x);
template Real exponential_function<Pair>(Elementary function, Real x);

}  // namespace mlw::kernel
