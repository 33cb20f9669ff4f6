#include "runtime/evaluate/distributions.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mlw;

namespace {

bool near(double found, double expected, double tolerance) {
  return std::fabs(found - expected) <= tolerance * std::fabs(expected);
}

}  // namespace

TEST_CASE("logarithm and exponential equal libm's") {
  for (double x = 1e-300; x < 1e300; x *= 3.7) CHECK(near(distributions::log(x), std::log(x), 3e-16));
  for (double x = 0.5; x < 2; x += 0.0137) CHECK(std::fabs(distributions::log(x) - std::log(x)) < 3e-16);
  for (double x = -700; x < 700; x += 1.37) CHECK(near(distributions::exp(x), std::exp(x), 1e-15));
  CHECK(distributions::log(1) == 0);
  CHECK(distributions::exp(0) == 1);
  CHECK(distributions::exp(-1000) == 0);
}

TEST_CASE("the normal distribution has its published values") {
  // Abramowitz and Stegun, table 26.1 and 26.2.
  CHECK(near(distributions::normal(1), 0.841344746068543, 1e-14));
  CHECK(near(distributions::normal(-2), 0.022750131948179207, 1e-13));
  CHECK(near(distributions::normal(-5), 2.866515718791939e-07, 1e-13));
  CHECK(near(distributions::normal(-10), 7.619853024160526e-24, 1e-13));
  CHECK(distributions::normal(0) == 0.5);
  CHECK(near(distributions::normal_quantile(0.975), 1.959963984540054, 1e-15));
  CHECK(near(distributions::normal_quantile(0.995), 2.5758293035489004, 4e-15));
  CHECK(near(distributions::normal_quantile(1e-10), -6.361340902404056, 1e-14));
  CHECK(distributions::normal_quantile(0.5) == Approx(0).margin(1e-16));
  for (double x = -8; x < 3; x += 0.173)
    CHECK(distributions::normal_quantile(distributions::normal(x)) == Approx(x).epsilon(1e-11).margin(1e-13));
}

TEST_CASE("Student's distribution has independently computed values") {
  CHECK(near(distributions::student_quantile(0.975, 1), 12.706204736174698, 1e-12));
  CHECK(near(distributions::student_quantile(0.975, 10), 2.228138851986274, 1e-12));
  CHECK(near(distributions::student_quantile(0.975, 29), 2.045229642132703, 1e-12));
  CHECK(near(distributions::student_quantile(0.95, 100), 1.6602343260853392, 1e-12));
  CHECK(near(distributions::student(2.0, 5), 0.9490302605850709, 1e-13));
  CHECK(near(distributions::student(-3.5, 2), 0.036413675027234665, 1e-12));
  CHECK(near(distributions::student_quantile(0.975, 1e6), 1.959966356814107, 1e-12));
  CHECK(distributions::student_quantile(0.5, 3) == 0);
  for (const double degrees : {1.0, 3.0, 59.0, 61.0, 5000.0}) {
    CHECK(distributions::student(1.3, degrees) + distributions::student(-1.3, degrees) == Approx(1).epsilon(1e-14));
    CHECK(distributions::student(distributions::student_quantile(0.01, degrees), degrees) ==
          Approx(0.01).epsilon(1e-11));
  }
}

TEST_CASE("binomial tails are sums of their terms") {
  CHECK(distributions::binomial_at_least(0, 5, 0.3) == 1);
  CHECK(distributions::binomial_at_least(6, 5, 0.3) == 0);
  CHECK(near(distributions::binomial_at_least(5, 5, 0.5), 1.0 / 32, 1e-13));
  CHECK(near(distributions::binomial_at_least(8, 10, 0.5), 56.0 / 1024, 1e-13));
  CHECK(near(distributions::binomial_at_least(1, 20, 0.1), 1 - std::pow(0.9, 20), 1e-13));
  CHECK(near(distributions::incomplete_beta(2, 3, 0.4), 0.5248, 1e-13));
}
