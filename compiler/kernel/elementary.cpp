#include "compiler/kernel/elementary.h"

#include "compiler/kernel/elementary_coefficients.h"
#include "compiler/kernel/elementary_exponential.h"
#include "compiler/kernel/elementary_logarithm.h"
#include "compiler/kernel/elementary_trigonometric.h"

namespace mlw::kernel {
namespace {

namespace c = coefficients;

/// erf: a series near 0, 1 - e^(-x^2) (e^(x^2) erfc(x)) up to 6, and 1 beyond.
template <typename Number>
Real error_function(Real x) {
  const Real size = clamp(magnitude(x), 0, 6);
  const Number squared = product_of<Number>(size, size);
  // The first two coefficients count beyond 53 bits.
  const std::span<const double> all(c::erf_near);
  const double second[] = {all[0], c::erf_near_tails[0]};
  const Number rest = exactly<Number>(squared.head * polynomial(all.subspan(1), squared.head));
  const Number series = sum(from_parts<Number>(std::span(c::two_over_root_pi)),
                            product(squared, sum(from_parts<Number>(std::span(second)), rest)));
  const Real near = rounded(product(series, exactly<Number>(size)));
  const Real u = (size - 2.5) / (size + 2.5);
  const Exponential<Number> bell = exponential(negated(squared));
  const Real far = 1.0 - assembled(bell) * polynomial(c::erfc_far, u);
  return with_sign_of(choose(size < 1, near, far), x);
}

template <typename Number>
Real function_of(Elementary function, Real x, Real y) {
  switch (function) {
    case Elementary::log:
    case Elementary::log2:
    case Elementary::log10:
    case Elementary::log1p:
      return logarithm_function<Number>(function, x);
    case Elementary::sin:
    case Elementary::cos:
    case Elementary::tan:
      return trigonometric_function<Number>(function, x);
    case Elementary::asin:
    case Elementary::acos:
    case Elementary::atan:
    case Elementary::atan2:
      return inverse_trigonometric_function<Number>(function, x, y);
    case Elementary::erf:
      return error_function<Number>(x);
    case Elementary::power:
      return power_function<Number>(x, y);
    default:
      return exponential_function<Number>(function, x);
  }
}

}  // namespace

Expression expand_elementary(Elementary function, Expression a, Expression b) {
  if (a->type == Type::f64) return function_of<Pair>(function, Real{a}, Real{b}).e;
  const Real x{convert(a, Type::f64)}, y{b ? convert(b, Type::f64) : nullptr};
  return convert(function_of<Single>(function, x, y).e, Type::f32);
}

}  // namespace mlw::kernel
