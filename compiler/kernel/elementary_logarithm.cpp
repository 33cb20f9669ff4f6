#include "compiler/kernel/elementary_logarithm.h"

#include <limits>

#include "compiler/kernel/elementary_coefficients.h"
#include "compiler/kernel/elementary_exponential.h"

namespace mlw::kernel {

namespace c = coefficients;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// With s = f / (2 + f), log(1 + f) = 2 s + s z R(z), z = s^2.
template <typename Number>
Number logarithm_near_one(Number f) {
  if constexpr (Number::has_tail) {
    const Pair s = quotient(f, sum(exact_sum(real(2), f.head), Pair{f.low, real(0)}));
    const Pair z = product(s, s);
    // The first three coefficients count beyond 53 bits.
    const std::span<const double> all(c::log_careful);
    Pair series{z.head * polynomial(all.subspan(3), z.head), real(0)};
    for (int i = 2; i >= 0; --i) series = product(z, sum(Pair{real(all[i]), real(c::log_careful_tails[i])}, series));
    return sum(scaled(s, real(2)), product(s, series));
  } else {
    // 2 s = f - s f: f is exact, so that only a smaller part is rounded.
    const Real s = f.head / (2.0 + f.head), z = s * s;
    return {f.head - s * (f.head - z * polynomial(c::log_quick, z))};
  }
}

namespace {

/// x = (1 + f) · 2^k with 1 + f between sqrt(1/2) and sqrt(2), for normal x > 0.
struct Split {
  Real f, k;
  Expression exponent;  ///< k · 2^52 as bits
};
Split split(Real x) {
  const Expression bits = bits_of(x);
  const Expression above = subtract(bits, long_integer(std::bit_cast<int64_t>(0x1.6a09e667f3bcdp-1)));
  const Expression k = shift(Op::shift_right, above, 52);
  const Expression exponent = shift(Op::shift_left, k, 52);
  const Real mantissa = from_bits(subtract(bits, exponent));
  return {mantissa - 1.0, Real{convert(convert(k, Type::i32), Type::f64)}, exponent};
}

template <typename Number>
struct Parts {
  Number f;
  Real k;
};

/// The parts of x, subnormal numbers included.
template <typename Number>
Parts<Number> parts_of(Real x) {
  if constexpr (Number::has_tail) {
    const Expression tiny = x < 0x1p-1022;
    const Split s = split(choose(tiny, x * 0x1p54, x));
    return {exactly<Pair>(s.f), choose(tiny, s.k - 54.0, s.k)};
  } else {
    const Split s = split(x);
    return {exactly<Single>(s.f), s.k};
  }
}

/// The parts of 1 + x, which need not be a float64.
template <typename Number>
Parts<Number> parts_of_one_and(Real x) {
  const Pair whole = exact_sum(real(1), x);
  const Split s = split(whole.head);
  if constexpr (Number::has_tail) {
    // The rest of the sum, scaled like its head; nothing when x is so large that scaling leaves the range.
    const Real down = from_bits(subtract(bits_of(real(1)), s.exponent));
    const Real rest = choose(x > 0x1p200, real(0), whole.low * down);
    return {ordered_sum(s.f, rest), s.k};
  } else {
    return {Single{choose(is_equal(s.k, 0), x, s.f)}, s.k};
  }
}

template <typename Number>
Number logarithm(const Parts<Number>& x) {
  const Number near = logarithm_near_one(x.f);
  const Real whole = x.k * c::log_of_2[0], rest = x.k * c::log_of_2[1];  // the first is exact
  return sum(exactly<Number>(whole), sum(near, exactly<Number>(rest)));
}

template <typename Number>
Number other_base(Elementary function, const Parts<Number>& x) {
  const Number near = logarithm_near_one(x.f);
  if (function == Elementary::log2)
    return sum(exactly<Number>(x.k), product(near, from_parts<Number>(std::span(c::log2_of_e))));
  const Number whole = sum(exactly<Number>(x.k * c::log10_of_2[0]), exactly<Number>(x.k * c::log10_of_2[1]));
  return sum(whole, product(near, from_parts<Number>(std::span(c::log10_of_e))));
}

/// What a logarithm gives outside the positive finite numbers.
Real on_domain(Real argument, Real result) {
  const Real positive = choose(is_equal(argument, infinity), argument, result);
  return choose(argument > 0, positive, choose(is_equal(argument, 0), real(-infinity), real(not_a_number)));
}

/// The float64 nearest to a + b whose last bit is 1 where it is not exact (a is nearest to a + b, b never 0): rounded
/// to float32 it gives what a + b itself would (Boldo and Melquiond 2008, "Emulation of FMA and correctly rounded
/// sums").
Real rounded_to_odd(Pair x) {
  const Expression head = bits_of(x.head), sides = binary(Op::bit_xor, head, bits_of(x.low));
  const Expression step =
      binary(Op::bit_or, shift(Op::shift_right, sides, 63), long_integer(1));  // 1 away from 0, or -1
  const Expression even = subtract(binary(Op::bit_and, head, long_integer(1)), long_integer(1));  // all bits, or none
  return from_bits(add(head, binary(Op::bit_and, step, even)));
}

/// log for float32, correctly rounded: the last sum is kept in two parts, because its rounding to float64 alone would
/// bring a few results onto a tie of float32.
Real quick_logarithm(Real x) {
  const Split parts = split(x);
  const Real f = parts.f, s = f / (2.0 + f), z = s * s;
  const Pair near = ordered_sum(f, -(s * (f - z * polynomial(c::log_quick, z))));
  const Pair upper = exact_sum(near.head, parts.k * c::log_of_2[1]);
  const Pair all = ordered_sum(parts.k * c::log_of_2[0], upper.head);
  return rounded_to_odd({all.head, all.low + (near.low + upper.low)});
}

Expression is_whole(Real y) { return equal(unary(Op::floor, y.e), y.e); }

}  // namespace

template <typename Number>
Real logarithm_function(Elementary function, Real x) {
  if (function == Elementary::log1p) {
    const Real result = rounded(logarithm(parts_of_one_and<Number>(x)));
    const Real kept = choose(magnitude(x) < 0x1p-60, x, result);
    return on_domain(1.0 + x, kept);
  }
  if constexpr (!Number::has_tail)
    if (function == Elementary::log) return on_domain(x, quick_logarithm(x));
  const Parts<Number> parts = parts_of<Number>(x);
  const Number value = function == Elementary::log ? logarithm(parts) : other_base(function, parts);
  return on_domain(x, rounded(value));
}

template <typename Number>
Real power_function(Real x, Real y) {
  const Real size = magnitude(x);
  // A logarithm other than 0 is at least 2^-53: beyond 2^100 the exponent only says in which direction.
  const Number exponent = product(logarithm(parts_of<Number>(size)), exactly<Number>(clamp(y, -0x1p100, 0x1p100)));
  const Expression inside = magnitude(exponent.head) < 1000;
  const Number held = choose(inside, exponent, exactly<Number>(clamp(exponent.head, -1000, 1000)));
  const Real finite = assembled(exponential(held));
  const Real zero_or_endless = choose(y > 0, real(0), real(infinity));
  const Real endless_or_zero = choose(y > 0, real(infinity), real(0));
  Real result = choose(is_equal(size, 0), zero_or_endless, choose(is_equal(size, infinity), endless_or_zero, finite));
  const Expression whole_y = is_whole(y), odd_y = both(whole_y, opposite(is_whole(y * 0.5)));
  const Expression below = bits_of(x);
  const Expression negative = less(below, long_integer(0));
  result = choose(both(negative, odd_y), -result, result);
  result = choose(both(both(x<0, x> - infinity), opposite(whole_y)), real(not_a_number), result);
  const Expression one = either(is_equal(y, 0), is_equal(x, 1));
  const Expression unknown = either(not_equal(x.e, x.e), not_equal(y.e, y.e));
  return choose(one, real(1), choose(unknown, x + y, result));
}

template Single logarithm_near_one(Single f);
template Pair logarithm_near_one(Pair f);
template Real logarithm_function<Single>(Elementary function, Real x);
template Real logarithm_function<Pair>(Elementary function, Real x);
template Real power_function<Single>(Real x, Real y);
template Real power_function<Pair>(Real x, Real y);

}  // namespace mlw::kernel
