#include "runtime/evaluate/distributions.h"

#include <cmath>
#include <limits>

namespace mlw::distributions {
namespace {

constexpr double ln2_high = 0x1.62e42fee00000p-1,
                 ln2_low = 0x1.a39ef35793c76p-33;  // their sum is ln 2; the first has 32 bits
constexpr double ln_sqrt_2pi = 0.91893853320467274178;

/// 2 atanh(s) = log((1 + s) / (1 - s)) for |s| <= 0.172: its series.
double twice_atanh(double s) {
  const double square = s * s;
  double sum = 0;
  for (int k = 23; k >= 3; k -= 2) sum = sum * square + 1.0 / k;
  return 2 * s + 2 * s * square * sum;
}

double log1p(double x) { return x > -0.25 && x < 0.25 ? twice_atanh(x / (2 + x)) : log(1 + x); }

/// Logarithm of the gamma function for x > 0: Stirling's series from 15 on, recurrence below.
double log_gamma(double x) {
  double shift = 1;
  for (; x < 15; x += 1) shift *= x;
  const double r = 1 / x, square = r * r;
  const double series =
      r * (1.0 / 12 -
           square * (1.0 / 360 - square * (1.0 / 1260 -
                                           square * (1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360360))))));
  return (x - 0.5) * log(x) - x + ln_sqrt_2pi + series - log(shift);
}

double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

/// The continued fraction of the incomplete beta function by Lentz's method.
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;
  const auto guarded = [](double value) { return std::fabs(value) < tiny ? tiny : value; };
  double c = 1, d = 1 / guarded(1 - (a + b) * x / (a + 1)), result = d;
  for (int m = 1; m < 100000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    result *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    result *= d * c;
    if (std::fabs(d * c - 1) < 1e-16) break;
  }
  return result;
}

/// I_x(a, b) from x and its complement, the logarithms of both and log B(a, b).
double incomplete_beta_of(double a, double b, double x, double complement, double log_x, double log_complement,
                          double log_b) {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  const double front = exp(a * log_x + b * log_complement - log_b);
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, complement) / b;
}

/// P(Z <= x) for x <= -1 (Laplace's continued fraction).
double normal_tail(double x) {
  double fraction = -x;
  for (int k = 200; k >= 1; --k) fraction = -x + k / fraction;
  return exp(-0.5 * x * x - ln_sqrt_2pi) / fraction;
}

/// The normal deviate of the same tail (Hill 1970, algorithm 395): for many degrees, where the continued fraction would
/// cancel.
double equivalent_deviate(double t, double degrees) {
  const double a = degrees - 0.5, b = 48 * a * a;
  const double square = a * log1p(t * t / degrees), z = std::sqrt(square);
  const double second =
      (((4 * square + 33) * square + 240) * square + 855) * z / (10 * b * (b + 0.8 * square * square + 100));
  return z + (square + 3) * z / b - second;
}

/// P(T <= -t) for t >= 0.
double student_tail(double t, double degrees) {
  if (degrees >= 300) return normal(-equivalent_deviate(t, degrees));
  const double square = t * t;
  const double x = degrees / (degrees + square), complement = square / (degrees + square);
  if (complement == 0) return 0.5;
  return 0.5 * incomplete_beta_of(degrees / 2, 0.5, x, complement, -log1p(square / degrees), log(complement),
                                  log_beta(degrees / 2, 0.5));
}

}  // namespace

double log(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752440) mantissa *= 2, --exponent;
  return exponent * ln2_high + (exponent * ln2_low + twice_atanh((mantissa - 1) / (mantissa + 1)));
}

double exp(double x) {
  if (x < -745) return 0;
  const double power = std::nearbyint(x / (ln2_high + ln2_low));
  const double rest = (x - power * ln2_high) - power * ln2_low;
  double sum = 1;
  for (int k = 16; k >= 1; --k) sum = 1 + sum * rest / k;
  return std::ldexp(sum, static_cast<int>(power));
}

double normal(double x) {
  if (x < -1) return x < -38.5 ? 0 : normal_tail(x);
  if (x > 1) return 1 - (x > 38.5 ? 0 : normal_tail(-x));
  double term = x, sum = x;
  for (int k = 3; std::fabs(term) > 1e-18 * std::fabs(sum); k += 2) {
    term *= x * x / k;
    sum += term;
  }
  return 0.5 + sum * exp(-0.5 * x * x - ln_sqrt_2pi);
}

double normal_quantile(double p) {
  if (p > 0.5) return -normal_quantile(1 - p);
  constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                          1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
                          -1.328068155288572e+01};
  constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                          -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00};
  double x = 0;
  if (p < 0.02425) {
    const double q = std::sqrt(-2 * log(p));
    x = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
        ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  } else {
    const double q = p - 0.5, r = q * q;
    x = (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
        (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
  }
  for (int step = 0; step < 2; ++step) {
    const double u = (normal(x) - p) * exp(0.5 * x * x + ln_sqrt_2pi);
    x -= u / (1 + 0.5 * x * u);
  }
  return x;
}

double student(double x, double degrees) { return x < 0 ? student_tail(-x, degrees) : 1 - student_tail(x, degrees); }

double student_quantile(double p, double degrees) {
  if (p == 0.5) return 0;
  if (p > 0.5) return -student_quantile(1 - p, degrees);
  double high = 1;
  while (student_tail(high, degrees) > p && high < 1e300) high *= 2;
  double low = high > 1 ? high / 2 : 0;
  for (int step = 0; step < 200 && high - low > 1e-15 * high; ++step) {
    const double middle = 0.5 * (low + high);
    (student_tail(middle, degrees) > p ? low : high) = middle;
  }
  return -0.5 * (low + high);
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return incomplete_beta_of(a, b, x, 1 - x, log(x), log1p(-x), log_beta(a, b));
}

double binomial_at_least(int k, int n, double p) {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return incomplete_beta(k, n - k + 1, p);
}

}  // namespace mlw::distributions
