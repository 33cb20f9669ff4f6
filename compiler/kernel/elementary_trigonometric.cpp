#include "compiler/kernel/elementary_trigonometric.h"

#include <limits>

#include "compiler/kernel/elementary_coefficients.h"

namespace mlw::kernel {

namespace c = coefficients;

namespace {

/// |x| = (k + r / (pi / 2)) · pi / 2 with |r| <= pi / 4; k modulo 4 counts.
template <typename Number>
struct Quadrant {
  Number r;
  Expression k;  ///< i32
};

/// x modulo 4, exactly, for a multiple x of a small enough power of two.
Real modulo_four(Real x) { return x - 4.0 * whole(0.25 * x); }

/// Payne and Hanek (1983): only those 24-bit words of 2 / pi are multiplied that do not make multiples of 4. `scaled`
/// is |x| · 2^(-24 i), `words` the words from the i-th on.
///
/// For float32: 24 bits by 24 bits are exact, five words leave 2^-70.
Quadrant<Single> reduce(Real scaled, const std::vector<Real>& words) {
  Real total = modulo_four(scaled * words[0] * 0x1p-24) + modulo_four(scaled * words[1] * 0x1p-48);
  const Real first = whole(total);
  total = (total - first) + modulo_four(scaled * words[2] * 0x1p-72);
  const Real second = whole(total);
  // What the sum with the third term lost stands in its tail.
  const Pair with_third = exact_sum(total - second, scaled * words[3] * 0x1p-96);
  const Real rest = with_third.head + (with_third.low + scaled * words[4] * 0x1p-120);
  return {{rest * c::half_pi[0]}, convert((first + second).e, Type::i32)};
}

/// For float64: the argument in halves of 26 bits, nine words, a sum of three parts.
Quadrant<Pair> reduce_careful(Real scaled, const std::vector<Real>& words) {
  const Pair parts = halves(scaled);
  Real total[3] = {real(0), real(0), real(0)};
  double weight = 0x1p-24;
  for (const Real word : words) {
    for (const Real part : {parts.head, parts.low}) {
      const Real term = modulo_four(part * word * weight);
      const Pair upper = exact_sum(total[0], term), middle = exact_sum(total[1], upper.low);
      total[0] = upper.head;
      total[1] = middle.head;
      total[2] = total[2] + middle.low;
    }
    weight *= 0x1p-24;
  }
  const Real k = whole(total[0]);
  const Pair upper = exact_sum(total[0] - k, total[1]);
  const Pair rest = ordered_sum(upper.head, upper.low + total[2]);
  return {product(rest, Pair{real(c::half_pi[0]), real(c::half_pi[1])}), convert(k.e, Type::i32)};
}

template <typename Number>
Quadrant<Number> quadrant_of(Real size);

template <>
Quadrant<Single> quadrant_of(Real size) {
  // A float32 is below 2^128: the first word that counts is one of five.
  constexpr double steps[] = {0x1p49, 0x1p73, 0x1p97, 0x1p121};
  std::vector<Real> words;
  for (int i = 0; i < 5; ++i) {
    Real word = real(c::two_over_pi_words[i]);
    for (int step = 0; step < 4; ++step)
      word = choose(size < steps[step], word, real(c::two_over_pi_words[i + step + 1]));
    words.push_back(word);
  }
  Real scaled = size;
  double down = 1;
  for (const double step : steps) {
    down *= 0x1p-24;
    scaled = choose(size < step, scaled, size * down);
  }
  Quadrant<Single> result = reduce(scaled, words);
  // Small arguments are their own rest, without a rounding.
  const Expression small = size < 0.78;
  return {choose(small, Single{size}, result.r), select(small, integer(Type::i32, 0), result.k)};
}

template <>
Quadrant<Pair> quadrant_of(Real size) {
  constexpr int needed = 9;
  const Expression exponent = subtract(shift(Op::shift_right, bits_of(size), 52), long_integer(1023 + 54));
  const Expression zero = long_integer(0);
  const Expression held = select(less(exponent, zero), zero, exponent);
  // A quotient by 24, exact for what an exponent can be.
  const Expression first = shift(Op::shift_right, multiply(held, long_integer(2731)), 16);
  // The words from `first` on: shifted by 32, 16, … as its bits say.
  std::vector<Real> words;
  for (int i = 0; i < needed + 63; ++i) words.push_back(real(i < 52 ? c::two_over_pi_words[i] : 0));
  for (int step = 32; step >= 1; step /= 2) {
    const Expression bit = not_equal(binary(Op::bit_and, first, long_integer(step)), zero);
    std::vector<Real> shifted;
    for (size_t i = 0; i + step < words.size(); ++i) shifted.push_back(choose(bit, words[i + step], words[i]));
    words = std::move(shifted);
  }
  words.resize(needed);
  const Expression down = shift(Op::shift_left, multiply(first, long_integer(24)), 52);
  const Real scaled = from_bits(subtract(bits_of(size), down));
  Quadrant<Pair> result = reduce_careful(scaled, words);
  const Expression small = size < 0.78;
  return {choose(small, exactly<Pair>(size), result.r), select(small, integer(Type::i32, 0), result.k)};
}

/// sin and cos of r, |r| <= pi / 4, as heads and what their last addition adds.
struct SineCosine {
  Real sine_head, sine_rest, cosine_head, cosine_rest;
};

template <typename Number>
SineCosine kernels(Number r) {
  const Real x = r.head;
  const Number squared = product_of<Number>(x, x);
  const Real z = squared.head;
  const Real sine = x * z * polynomial(c::sin_quick, z);
  const Real cosine = z * z * polynomial(c::cos_quick, z);
  if constexpr (Number::has_tail) {
    const Real half = 0.5 * z, head = 1.0 - half;
    const Real lost = ((1.0 - head) - half) - 0.5 * squared.low;
    return {x, sine + r.low * head, head, lost + (cosine - x * r.low)};
  } else {
    return {x, sine, 1.0 - 0.5 * z, cosine};
  }
}

Expression has_bit(Expression k, int bit) {
  return not_equal(binary(Op::bit_and, k, integer(Type::i32, bit)), integer(Type::i32, 0));
}

template <typename Number>
Real circular_tangent(const SineCosine& value, Expression odd) {
  const Number sine = sum_of<Number>(value.sine_head, value.sine_rest);
  const Number cosine = sum_of<Number>(value.cosine_head, value.cosine_rest);
  return rounded(quotient(choose(odd, negated(cosine), sine), choose(odd, sine, cosine)));
}

/// atan(numerator / denominator) for 0 <= numerator <= denominator, not both 0.
template <typename Number>
Number arc(Number numerator, Number denominator) {
  // Above tan(pi / 8): atan(n / d) = pi / 4 + atan((n - d) / (n + d)).
  const Expression upper = numerator.head > 0.41421356237309503 * denominator.head;
  const Number difference = sum(numerator, negated(denominator)), total = sum(numerator, denominator);
  const Number t = quotient(choose(upper, difference, numerator), choose(upper, total, denominator));
  const Real z = t.head * t.head;
  const Real correction = t.head * z * polynomial(c::atan_quick, z);
  const Number near = sum(t, exactly<Number>(correction));
  const Number zero = exactly<Number>(real(0));
  return sum(choose(upper, from_parts<Number>(std::span(c::quarter_pi)), zero), near);
}

/// The angle of (x, y) in [0, pi] for y >= 0, and then the sign of `side`.
template <typename Number>
Real angle(Number y, Number x, Real side) {
  const Real ratio = y.head / x.head;
  const Expression left = less(bits_of(x.head), long_integer(0));
  x = choose(left, negated(x), x);
  const Expression steep = y.head > x.head;
  Number small = choose(steep, x, y), large = choose(steep, y, x);
  // Scaled so that the larger is in [1, 2): products of parts stay in range. What is near the end of the range comes
  // down first, where its reciprocal is a normal number.
  const Real down = choose(large.head > 0x1p1000, real(0x1p-64), real(1));
  small = scaled(small, down);
  large = scaled(large, down);
  const Expression exponent = binary(Op::bit_and, bits_of(large.head), long_integer(0x7FF0000000000000));
  const Expression scale_bits = subtract(long_integer(int64_t{2046} << 52), exponent);
  const Real scale = choose(is_equal(large.head, 0), real(1), from_bits(scale_bits));
  large = choose(is_equal(large.head, 0), exactly<Number>(real(1)), scaled(large, scale));
  small = scaled(small, scale);
  Number result = arc(small, large);
  result = choose(steep, sum(from_parts<Number>(std::span(c::half_pi)), negated(result)), result);
  const Number straight = scaled(from_parts<Number>(std::span(c::half_pi)), real(2));
  result = choose(left, sum(straight, negated(result)), result);
  // A tiny angle is its tangent, in one rounding even where that is subnormal.
  const Expression tiny = both(both(ratio < 0x1p-60, x.head > 0), opposite(left));
  return with_sign_of(choose(tiny, ratio, rounded(result)), side);
}

/// sqrt(1 - x^2).
template <typename Number>
Number other_side(Real x) {
  return root(product(sum_of<Number>(real(1), x), sum_of<Number>(real(1), -x)));
}

template <typename Number>
Real circular_function(Elementary function, Real x, Real size) {
  const Quadrant<Number> quadrant = quadrant_of<Number>(size);
  const SineCosine value = kernels(quadrant.r);
  const Expression odd = has_bit(quadrant.k, 1);
  if (function == Elementary::tan) {
    const Real result = circular_tangent<Number>(value, odd);
    const Expression sign = binary(Op::bit_and, bits_of(x), long_integer(INT64_MIN));
    return choose(size < 0x1p-30, x, from_bits(binary(Op::bit_xor, bits_of(result), sign)));
  }
  const Real sine = value.sine_head + value.sine_rest, cosine = value.cosine_head + value.cosine_rest;
  if (function == Elementary::cos) {
    const Expression turned = not_equal(odd, has_bit(quadrant.k, 2));
    const Real result = choose(odd, sine, cosine);
    return choose(turned, -result, result);
  }
  const Real result = choose(odd, cosine, sine);
  const Expression turned = not_equal(has_bit(quadrant.k, 2), less(bits_of(x), long_integer(0)));
  return choose(turned, -result, result);
}

}  // namespace

template <typename Number>
Real trigonometric_function(Elementary function, Real x) {
  const Real size = magnitude(x);
  // What is infinite or no number has no place on the circle.
  return choose(size < std::numeric_limits<double>::infinity(), circular_function<Number>(function, x, size), x - x);
}

template <typename Number>
Real inverse_trigonometric_function(Elementary function, Real x, Real y) {
  constexpr double largest = 0x1.fffffffffffffp1023;
  if (function == Elementary::atan2) {
    // Beside an infinity a finite number is as good as 0; two infinities are as good as two equal numbers.
    const Real tall = magnitude(x), wide = magnitude(y);
    const auto is_finite = [](Real size) { return less_equal(size.e, real(largest).e); };
    const Real height = choose(both(is_finite(tall), wide > largest), real(0), clamp(tall, 0, largest));
    const Real width =
        choose(both(is_finite(wide), tall > largest), with_sign_of(real(0), y), clamp(y, -largest, largest));
    return angle(exactly<Number>(height), exactly<Number>(width), x);
  }
  if (function == Elementary::atan)
    return angle(exactly<Number>(clamp(magnitude(x), 0, largest)), exactly<Number>(real(1)), x);
  if (function == Elementary::asin) return angle(exactly<Number>(magnitude(x)), other_side<Number>(x), x);
  return angle(other_side<Number>(x), exactly<Number>(x), real(1));
}

template Real trigonometric_function<Single>(Elementary function, Real x);
template Real trigonometric_function<Pair>(Elementary function, Real x);
template Real inverse_trigonometric_function<Single>(Elementary function, Real x, Real y);
template Real inverse_trigonometric_function<Pair>(Elementary function, Real x, Real y);

}  // namespace mlw::kernel
