#include "runtime/search/log_scale.h"

#include <cmath>

namespace mlw {

double exp2_portable(double x) {
  const double whole = std::floor(x + 0.5);
  // e^y by its Taylor series, |y| <= ln(2) / 2: eighteen terms leave less than 2^-60.
  const double y = (x - whole) * 0.693147180559945309417;
  double sum = 1;
  for (int n = 18; n > 0; --n) sum = 1 + y / n * sum;
  return std::ldexp(sum, static_cast<int>(whole));
}

double log2_portable(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752) mantissa *= 2, exponent -= 1;
  // ln m = 2 artanh((m - 1) / (m + 1)); the argument is at most 0.172 in size.
  const double t = (mantissa - 1) / (mantissa + 1), square = t * t;
  double sum = 0;
  for (int n = 25; n > 0; n -= 2) sum = 1.0 / n + square * sum;
  return exponent + 2 * t * sum * 1.44269504088896340736;
}

}  // namespace mlw
