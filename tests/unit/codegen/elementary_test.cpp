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

// The inputs whose exact results are nearest to a tie of float32, found among all 2^32.
TEST_CASE("exp and log of float32 are correctly rounded where it is hardest") {
  const std::vector<uint32_t> exp_inputs = {0xc16912cd, 0xbbf0edf1, 0x377eff81, 0xbae0e25c, 0xb3000000, 0x39c6be5b,
                                            0x38e69cc1, 0x383a3ef1, 0x3d1a274e, 0x40315b33, 0x4001b249, 0x39e5bb1d,
                                            0x36fdffc1, 0x4288942b, 0x367bffe1, 0x35f7fff1, 0x356ffff9, 0x34dffffd,
                                            0x343fffff, 0x33800000, 0x337fffff, 0xbc2a461a, 0x3fe67199, 0xc0781533};
  const std::vector<uint32_t> log_inputs = {0x65d890d3, 0x4c5d65a5, 0x4d604ebe, 0x41178feb, 0x1f116ab8, 0x66a8c860,
                                            0x3c413d3a, 0x6f31a8ec, 0x38dcbe38, 0x4665a9a6, 0x5ee8984e, 0x3bf86ef0,
                                            0x79e7ec37, 0x0dc8bba4, 0x2c4c24b7, 0x111c87f8, 0x1a8446cb, 0x464d5b2b,
                                            0x66abbd63, 0x2e492984, 0x4e85f412, 0x29fd22f8, 0x28e3fa26, 0x29e6126b};
  codegen::Jit jit(codegen::detect_host());
  for (const auto& [function, bits] :
       {std::pair{Elementary::exp, exp_inputs}, std::pair{Elementary::log, log_inputs}}) {
    std::vector<float> x(64, 1);
    for (size_t i = 0; i < bits.size(); ++i) x[i] = std::bit_cast<float>(bits[i]);
    const Worst found = worst<float>(jit, function, x, x);
    INFO(name(function) << "(" << found.x << ") gave " << found.found);
    CHECK(found.distance <= 0.5);
  }
}
