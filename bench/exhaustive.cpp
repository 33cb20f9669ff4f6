// Checks elementary functions of float32 for every one of the 2^32 inputs against the correctly rounded value.
// Usage: bench_exhaustive [exp|log|…]…   (default: exp log)
//
// The correct value is taken from the 64-bit mantissas of long double where that leaves no doubt (the value is further
// from a tie of float32 than 2^-60 of it), and from MPFR elsewhere.
#include <mpfr.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include "compiler/codegen/expression_loop.h"

using namespace mlw;
using kernel::Elementary;

namespace {

struct Function {
  const char* name;
  Elementary function;
  long double (*close)(long double);
  int (*exact)(mpfr_t, const mpfr_t, mpfr_rnd_t);
};
const Function functions[] = {
    {"exp", Elementary::exp, std::exp, mpfr_exp},         {"exp2", Elementary::exp2, std::exp2, mpfr_exp2},
    {"expm1", Elementary::expm1, std::expm1, mpfr_expm1}, {"log", Elementary::log, std::log, mpfr_log},
    {"log2", Elementary::log2, std::log2, mpfr_log2},     {"log10", Elementary::log10, std::log10, mpfr_log10},
    {"log1p", Elementary::log1p, std::log1p, mpfr_log1p}, {"sin", Elementary::sin, std::sin, mpfr_sin},
    {"cos", Elementary::cos, std::cos, mpfr_cos},         {"tan", Elementary::tan, std::tan, mpfr_tan},
    {"asin", Elementary::asin, std::asin, mpfr_asin},     {"acos", Elementary::acos, std::acos, mpfr_acos},
    {"atan", Elementary::atan, std::atan, mpfr_atan},     {"sinh", Elementary::sinh, std::sinh, mpfr_sinh},
    {"cosh", Elementary::cosh, std::cosh, mpfr_cosh},     {"tanh", Elementary::tanh, std::tanh, mpfr_tanh},
    {"erf", Elementary::erf, std::erf, mpfr_erf},
};

class Reference {
 public:
  explicit Reference(const Function& function) : function_(function) {
    mpfr_init2(x_, 24);
    mpfr_init2(result_, 160);
  }
  ~Reference() {
    mpfr_clear(x_);
    mpfr_clear(result_);
  }
  Reference(const Reference&) = delete;

  float operator()(float x) {
    const long double close = function_.close(x);
    const long double margin = std::fabs(close) * 0x1p-60L;
    const auto below = static_cast<float>(close - margin), above = static_cast<float>(close + margin);
    if (below == above || !std::isfinite(close)) return static_cast<float>(close);
    mpfr_set_flt(x_, x, MPFR_RNDN);
    function_.exact(result_, x_, MPFR_RNDN);
    ++exact_calls;
    return mpfr_get_flt(result_, MPFR_RNDN);
  }
  int64_t exact_calls = 0;

 private:
  const Function& function_;
  mpfr_t x_, result_;
};

struct Count {
  int64_t wrong = 0, exact_calls = 0;
  std::vector<uint32_t> first;
};

constexpr uint32_t block = 1 << 16;

Count check(codegen::ExpressionLoop loop, const Function& function, uint32_t first_block, uint32_t last_block) {
  Reference reference(function);
  std::vector<float> x(block), found(block);
  Count count;
  for (uint32_t b = first_block; b < last_block; ++b) {
    for (uint32_t i = 0; i < block; ++i) x[i] = std::bit_cast<float>(b * block + i);
    const void* inputs[] = {x.data()};
    void* outputs[] = {found.data()};
    loop(inputs, outputs, block);
    for (uint32_t i = 0; i < block; ++i) {
      const float correct = reference(x[i]);
      if (std::bit_cast<uint32_t>(correct) == std::bit_cast<uint32_t>(found[i])) continue;
      if (std::isnan(correct) && std::isnan(found[i])) continue;
      if (count.wrong++ < 20) count.first.push_back(std::bit_cast<uint32_t>(x[i]));
    }
  }
  count.exact_calls = reference.exact_calls;
  return count;
}

bool run(codegen::Jit& jit, const Function& function) {
  const auto begin = std::chrono::steady_clock::now();
  const auto root = kernel::elementary(function.function, kernel::argument(kernel::Type::f32, 0));
  const codegen::ExpressionLoop loop = codegen::compile_loop(jit, {root}, 16);
  const uint32_t blocks = (uint64_t{1} << 32) / block;
  const uint32_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<Count> counts(threads);
  std::vector<std::thread> workers;
  for (uint32_t t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      counts[t] = check(loop, function, blocks / threads * t, t + 1 == threads ? blocks : blocks / threads * (t + 1));
    });
  for (std::thread& worker : workers) worker.join();
  Count total;
  for (const Count& count : counts) {
    total.wrong += count.wrong;
    total.exact_calls += count.exact_calls;
    for (const uint32_t bits : count.first)
      std::fprintf(stderr, "%s: input %08x (%a) is not correctly rounded\n", function.name, bits,
                   std::bit_cast<float>(bits));
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("{\"name\": \"exhaustive %s, wrongly rounded\", \"value\": %lld, \"unit\": \"inputs of 2^32\"}\n",
              function.name, static_cast<long long>(total.wrong));
  std::fprintf(stderr, "%s: %.0f s, %lld inputs decided by MPFR\n", function.name, seconds,
               static_cast<long long>(total.exact_calls));
  return total.wrong == 0;
}

}  // namespace

int main(int count, char** names) {
  std::vector<std::string> wanted(names + 1, names + count);
  if (wanted.empty()) wanted = {"exp", "log"};
  codegen::Jit jit(codegen::detect_host());
  bool sound = true;
  for (const std::string& name : wanted) {
    bool known = false;
    for (const Function& function : functions)
      if (name == function.name) {
        known = true;
        sound &= run(jit, function);
      }
    if (!known) {
      std::fprintf(stderr, "there is no function %s here\n", name.c_str());
      return 2;
    }
  }
  return sound ? 0 : 3;
}
