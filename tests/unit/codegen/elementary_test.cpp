#include "compiler/kernel/elementary.h"

#include <mpfr.h>

#include <bit>
#include <catch2/catch.hpp>
#include <functional>
#include <numeric>

#include "compiler/codegen/expression_loop.h"
#include "runtime/data/random.h"

using namespace mlw;
using namespace mlw::kernel;

namespace {

/// One function at 240 bits, which is rounded to the type under test.
class Exact {
 public:
  Exact() { mpfr_inits2(240, x_, y_, result_, nullptr); }
  ~Exact() { mpfr_clears(x_, y_, result_, nullptr); }
  Exact(const Exact&) = delete;

  /// How far `found` is from the exact value, in units in the last place of `Float` there; 0 when both are the same
  /// special value.
  template <typename Float>
  double distance(Elementary function, Float x, Float y, Float found) {
    mpfr_set_d(x_, x, MPFR_RNDN);
    mpfr_set_d(y_, y, MPFR_RNDN);
    apply(function);
    const Float nearest = rounded<Float>();
    if (nearest == found || (std::isnan(nearest) && std::isnan(found))) return 0;
    if (std::isnan(nearest) || std::isnan(found)) return 1e9;
    // An infinity counts as the number behind the largest one.
    if (std::isinf(nearest) || std::isinf(found)) return std::nextafter(found, nearest) == nearest ? 1 : 1e9;
    const Float size = std::max(std::fabs(nearest), std::numeric_limits<Float>::min());
    const int unit = std::ilogb(size) + 1 - std::numeric_limits<Float>::digits;
    mpfr_sub_d(result_, result_, found, MPFR_RNDN);
    mpfr_mul_2si(result_, result_, -unit, MPFR_RNDN);
    return std::fabs(mpfr_get_d(result_, MPFR_RNDN));
  }

 private:
  template <typename Float>
  Float rounded() {
    if constexpr (sizeof(Float) == 4)
      return mpfr_get_flt(result_, MPFR_RNDN);
    else
      return mpfr_get_d(result_, MPFR_RNDN);
  }

  void apply(Elementary function) {
    switch (function) {
      case Elementary::exp:
        mpfr_exp(result_, x_, MPFR_RNDN);
        break;
      case Elementary::exp2:
        mpfr_exp2(result_, x_, MPFR_RNDN);
        break;
      case Elementary::expm1:
        mpfr_expm1(result_, x_, MPFR_RNDN);
        break;
      case Elementary::log:
        mpfr_log(result_, x_, MPFR_RNDN);
        break;
      case Elementary::log2:
        mpfr_log2(result_, x_, MPFR_RNDN);
        break;
      case Elementary::log10:
        mpfr_log10(result_, x_, MPFR_RNDN);
        break;
      case Elementary::log1p:
        mpfr_log1p(result_, x_, MPFR_RNDN);
        break;
      case Elementary::sin:
        mpfr_sin(result_, x_, MPFR_RNDN);
        break;
      case Elementary::cos:
        mpfr_cos(result_, x_, MPFR_RNDN);
        break;
      case Elementary::tan:
        mpfr_tan(result_, x_, MPFR_RNDN);
        break;
      case Elementary::asin:
        mpfr_asin(result_, x_, MPFR_RNDN);
        break;
      case Elementary::acos:
        mpfr_acos(result_, x_, MPFR_RNDN);
        break;
      case Elementary::atan:
        mpfr_atan(result_, x_, MPFR_RNDN);
        break;
      case Elementary::sinh:
        mpfr_sinh(result_, x_, MPFR_RNDN);
        break;
      case Elementary::cosh:
        mpfr_cosh(result_, x_, MPFR_RNDN);
        break;
      case Elementary::tanh:
        mpfr_tanh(result_, x_, MPFR_RNDN);
        break;
      case Elementary::erf:
        mpfr_erf(result_, x_, MPFR_RNDN);
        break;
      case Elementary::sigmoid:
        mpfr_neg(x_, x_, MPFR_RNDN);
        mpfr_exp(result_, x_, MPFR_RNDN);
        mpfr_add_ui(result_, result_, 1, MPFR_RNDN);
        mpfr_ui_div(result_, 1, result_, MPFR_RNDN);
        break;
      case Elementary::power:
        mpfr_pow(result_, x_, y_, MPFR_RNDN);
        break;
      case Elementary::atan2:
        mpfr_atan2(result_, x_, y_, MPFR_RNDN);
        break;
    }
  }

  mpfr_t x_, y_, result_;
};

template <typename Float>
using Bits = std::conditional_t<sizeof(Float) == 4, uint32_t, uint64_t>;

/// Points where functions tend to fail: special values and their neighbours, powers of two, all magnitudes, the
/// interesting range densely.
template <typename Float>
std::vector<Float> points(int count, uint64_t key) {
  std::vector<Float> result;
  const Float special[] = {0,
                           1,
                           2,
                           0.5,
                           10,
                           100,
                           1000,
                           static_cast<Float>(0.69314718055994530942),
                           static_cast<Float>(0.41421356237309503),
                           static_cast<Float>(1.5707963267948966),
                           static_cast<Float>(3.14159265358979),
                           88.72284F,
                           103.97F,
                           static_cast<Float>(709.782712893384),
                           static_cast<Float>(745.13321910194122),
                           std::numeric_limits<Float>::min(),
                           std::numeric_limits<Float>::denorm_min(),
                           std::numeric_limits<Float>::max(),
                           std::numeric_limits<Float>::infinity(),
                           std::numeric_limits<Float>::quiet_NaN()};
  for (const Float x : special)
    for (const Float sign : {1, -1})
      for (int step = -2; step <= 2; ++step)
        result.push_back(sign * std::bit_cast<Float>(static_cast<Bits<Float>>(std::bit_cast<Bits<Float>>(x) +
                                                                              static_cast<Bits<Float>>(step))));
  const Philox philox{key};
  for (uint64_t i = 0; static_cast<int>(result.size()) < count; ++i) {
    const double u = philox.uniform(i, 1), v = philox.uniform(i, 2) * 2 - 1;
    const double wide = sizeof(Float) == 4 ? 24 : 300;
    switch (i % 4) {
      case 0: {
        const auto block = philox(i, 3);
        result.push_back(std::bit_cast<Float>(static_cast<Bits<Float>>(uint64_t{block.word[0]} << 32 | block.word[1])));
        break;
      }
      case 1:
        result.push_back(static_cast<Float>(v));
        break;
      case 2:
        result.push_back(static_cast<Float>(v * (sizeof(Float) == 4 ? 90 : 720)));
        break;
      default:
        result.push_back(static_cast<Float>(v * std::exp2(u * wide - wide / 2)));
        break;
    }
  }
  result.resize(static_cast<size_t>(count) / 64 * 64);
  return result;
}

struct Worst {
  double distance = 0;
  double x = 0, y = 0, found = 0;
};

template <typename Float>
Worst worst(codegen::Jit& jit, Elementary function, const std::vector<Float>& x, const std::vector<Float>& y) {
  const Type type = sizeof(Float) == 4 ? Type::f32 : Type::f64;
  const Expression root = operands(function) == 2 ? elementary(function, argument(type, 0), argument(type, 1))
                                                  : elementary(function, argument(type, 0));
  std::vector<Float> found(x.size());
  const void* inputs[] = {x.data(), y.data()};
  void* output = found.data();
  codegen::compile_loop(jit, {root}, 16)(inputs, &output, static_cast<int64_t>(x.size()));
  Exact exact;
  Worst result;
  for (size_t i = 0; i < x.size(); ++i) {
    const double distance = exact.distance<Float>(function, x[i], y[i], found[i]);
    if (distance > result.distance) result = {distance, x[i], y[i], found[i]};
  }
  return result;
}

template <typename Float>
void check_all(int count, double limit) {
  codegen::Jit jit(codegen::detect_host());
  mpfr_set_emin(-1200);
  for (int i = 0; i < 20; ++i) {
    const auto function = static_cast<Elementary>(i);
    const std::vector<Float> x = points<Float>(count, 7), y = points<Float>(count, 11);
    std::vector<Float> second = y;
    if (operands(function) == 2) std::rotate(second.begin(), second.begin() + 17, second.end());
    const Worst found = worst<Float>(jit, function, x, second);
    INFO(name(function) << "(" << found.x << ", " << found.y << ") gave " << found.found);
    CHECK(found.distance <= limit);
  }
}

}  // namespace

// A wrongly rounded float32 would be more than half a unit away. None is among these points; all inputs of exp and log
// are checked by bench/exhaustive.cpp.
TEST_CASE("elementary functions of float32 are correctly rounded at many points") { check_all<float>(60000, 0.5); }

TEST_CASE("elementary functions of float64 are within one unit in the last place") { check_all<double>(30000, 1.0); }
