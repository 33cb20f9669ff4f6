#pragma once

/// Distribution functions that intervals and tests need, out of additions, multiplications, divisions and square roots
/// alone, so that every machine gives the same digits (relative errors below 1e-13 unless said otherwise).
namespace mlw::distributions {

/// Natural logarithm and exponential of finite numbers (log: x > 0; exp: |x| < 700).
double log(double x);
double exp(double x);

/// P(Z <= x) of the standard normal distribution; in the tails relative to the tail (series and continued fraction of
/// erfc).
double normal(double x);
/// The x with normal(x) == p, for 0 < p < 1 (Acklam's start, two Halley steps).
double normal_quantile(double p);
/// P(T <= x) of Student's distribution.
double student(double x, double degrees);
/// The x with student(x, degrees) == p.
double student_quantile(double p, double degrees);
/// The regularised incomplete beta function I_x(a, b) (Lentz's continued fraction).
double incomplete_beta(double a, double b, double x);
/// P(X >= k) of a binomial distribution.
double binomial_at_least(int k, int n, double p);

}  // namespace mlw::distributions
