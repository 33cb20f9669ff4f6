#pragma once

#include <bit>
#include <span>

#include "compiler/kernel/expression.h"

/// What the elementary functions are written with: float64 expressions with operators (`Real`), and numbers of two
/// precisions with one set of functions, so that a function is written once. `Single` is one float64, for float32
/// results; `Pair` is an unevaluated sum of two (Dekker 1971), about 100 bits, for float64 results.
namespace mlw::kernel {

struct Real {
  Expression e;
};
inline Real real(double value) { return {constant(Type::f64, value)}; }
inline Real operator+(Real a, Real b) { return {add(a.e, b.e)}; }
inline Real operator-(Real a, Real b) { return {subtract(a.e, b.e)}; }
inline Real operator*(Real a, Real b) { return {multiply(a.e, b.e)}; }
inline Real operator/(Real a, Real b) { return {divide(a.e, b.e)}; }
inline Real operator-(Real a) { return {negate(a.e)}; }
inline Real operator+(double a, Real b) { return real(a) + b; }
inline Real operator-(double a, Real b) { return real(a) - b; }
inline Real operator*(double a, Real b) { return real(a) * b; }
inline Real operator+(Real a, double b) { return a + real(b); }
inline Real operator-(Real a, double b) { return a - real(b); }
inline Real operator*(Real a, double b) { return a * real(b); }
inline Expression operator<(Real a, Real b) { return less(a.e, b.e); }
inline Expression operator>(Real a, Real b) { return less(b.e, a.e); }
inline Expression operator<(Real a, double b) { return less(a.e, real(b).e); }
inline Expression operator>(Real a, double b) { return less(real(b).e, a.e); }
inline Expression is_equal(Real a, double b) { return equal(a.e, real(b).e); }
inline Real magnitude(Real a) { return {absolute(a.e)}; }
inline Real with_sign_of(Real a, Real sign) { return {binary(Op::copy_sign, a.e, sign.e)}; }
inline Real choose(Expression condition, Real a, Real b) { return {select(condition, a.e, b.e)}; }
/// Held to [low, high]; what is not a number stays so.
inline Real clamp(Real x, double low, double high) {
  const Expression raised = binary(Op::maximum, real(low).e, x.e);
  return {binary(Op::minimum, real(high).e, raised)};
}
inline Real whole(Real x) { return {unary(Op::round_even, x.e)}; }
inline Expression bits_of(Real x) { return reinterpret(x.e, Type::i64); }
inline Real from_bits(Expression bits) { return {reinterpret(bits, Type::f64)}; }
inline Expression long_integer(int64_t value) { return integer(Type::i64, value); }
inline Expression shift(Op op, Expression value, int distance) { return binary(op, value, long_integer(distance)); }

/// The polynomial with these coefficients (ascending), paired by powers (Estrin) so that its parts run side by side.
inline Real polynomial(std::span<const double> coefficients, Real x) {
  std::vector<Real> parts;
  for (const double coefficient : coefficients) parts.push_back(real(coefficient));
  for (Real power = x; parts.size() > 1; power = power * power) {
    std::vector<Real> halved;
    for (size_t i = 0; i + 1 < parts.size(); i += 2) halved.push_back(parts[i] + parts[i + 1] * power);
    if (parts.size() % 2) halved.push_back(parts.back());
    parts = std::move(halved);
  }
  return parts[0];
}

/// 2^k for a whole k in [-1022, 1023]. The sum with 1.5 · 2^52 leaves k in the low bits.
inline Real power_of_two(Real k) {
  const Expression low = bits_of(k + 0x1.8p52);
  return from_bits(shift(Op::shift_left, add(low, long_integer(1023)), 52));
}

struct Single {
  Real head;
  static constexpr bool has_tail = false;
  Real tail() const { return real(0); }
};
struct Pair {
  Real head, low;
  static constexpr bool has_tail = true;
  Real tail() const { return low; }
};

/// a + b exactly, |a| >= |b|.
inline Pair ordered_sum(Real a, Real b) {
  const Real sum = a + b;
  return {sum, b - (sum - a)};
}
/// a + b exactly (Knuth).
inline Pair exact_sum(Real a, Real b) {
  const Real sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}
/// x cut to its upper 26 bits, and the rest (Veltkamp).
inline Pair halves(Real x) {
  const Real scaled = 134217729.0 * x;
  const Real upper = scaled - (scaled - x);
  return {upper, x - upper};
}
/// a · b exactly (Dekker), without fused multiply-add, so that it is the same everywhere.
inline Pair exact_product(Real a, Real b) {
  const Pair x = halves(a), y = halves(b);
  const Real product = a * b;
  return {product, ((x.head * y.head - product) + x.head * y.low + x.low * y.head) + x.low * y.low};
}

inline Single sum(Single a, Single b) { return {a.head + b.head}; }
inline Single product(Single a, Single b) { return {a.head * b.head}; }
inline Single quotient(Single a, Single b) { return {a.head / b.head}; }
inline Single negated(Single a) { return {-a.head}; }
inline Single scaled(Single a, Real power) { return {a.head * power}; }
inline Single choose(Expression condition, Single a, Single b) { return {choose(condition, a.head, b.head)}; }
inline Single root(Single a) { return {Real{unary(Op::square_root, a.head.e)}}; }

inline Pair sum(Pair a, Pair b) {
  const Pair heads = exact_sum(a.head, b.head), tails = exact_sum(a.low, b.low);
  const Pair middle = ordered_sum(heads.head, heads.low + tails.head);
  return ordered_sum(middle.head, middle.low + tails.low);
}
inline Pair product(Pair a, Pair b) {
  const Pair heads = exact_product(a.head, b.head);
  return ordered_sum(heads.head, heads.low + (a.head * b.low + a.low * b.head));
}
inline Pair quotient(Pair a, Pair b) {
  const Real first = a.head / b.head;
  const Pair back = exact_product(first, b.head);
  const Real rest = ((a.head - back.head) - back.low) + (a.low - first * b.low);
  return ordered_sum(first, rest / b.head);
}
inline Pair negated(Pair a) { return {-a.head, -a.low}; }
inline Pair scaled(Pair a, Real power) { return {a.head * power, a.low * power}; }
inline Pair choose(Expression condition, Pair a, Pair b) {
  return {choose(condition, a.head, b.head), choose(condition, a.low, b.low)};
}
inline Pair root(Pair a) {
  const Real first{unary(Op::square_root, a.head.e)};
  const Pair back = exact_product(first, first);
  const Real rest = ((a.head - back.head) - back.low) + a.low;
  return {first, choose(is_equal(first, 0), real(0), rest / (2.0 * first))};
}

/// A number of the wanted precision out of one float64, or out of a constant given in parts.
template <typename Number>
Number exactly(Real x) {
  if constexpr (Number::has_tail)
    return {x, real(0)};
  else
    return {x};
}
template <typename Number>
Number from_parts(std::span<const double> parts) {
  if constexpr (Number::has_tail)
    return {real(parts[0]), real(parts[1])};
  else
    return {real(parts[0])};
}
/// a + b and a · b of float64 numbers in the wanted precision.
template <typename Number>
Number sum_of(Real a, Real b) {
  if constexpr (Number::has_tail)
    return exact_sum(a, b);
  else
    return {a + b};
}
template <typename Number>
Number product_of(Real a, Real b) {
  if constexpr (Number::has_tail)
    return exact_product(a, b);
  else
    return {a * b};
}
template <typename Number>
Real rounded(Number a) {
  if constexpr (Number::has_tail)
    return a.head + a.low;
  else
    return a.head;
}

}  // namespace mlw::kernel
