// An expression of ten operations over five float32 columns of 10 million rows, beside a plain kernel that streams the
// same columns. One thread.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "bench/ten_operations.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/column.h"
#include "runtime/data/random.h"

using namespace mlw;

namespace {

constexpr int64_t rows = 10'000'000;
constexpr int columns = 5;

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What streams the same bytes and hardly computes: the compiler makes vectors of it.
__attribute__((noinline)) void stream(const float* const* in, float* out) {
  const float *a = in[0], *b = in[1], *c = in[2], *d = in[3], *e = in[4];
#pragma clang loop vectorize(enable)
  for (int64_t i = 0; i < rows; ++i) out[i] = a[i] + b[i] + c[i] + d[i] + e[i];
}

void print(const char* name, double value, const char* unit) {
  std::printf("{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}\n", name, value, unit);
}

void measure_passes(CodeGenerator& generator) {
  std::vector<Buffer> memory;
  std::vector<const float*> values;
  std::vector<ColumnView> inputs;
  for (int i = 0; i < columns; ++i) {
    memory.push_back(allocate(rows * sizeof(float)));
    auto* column = reinterpret_cast<float*>(const_cast<std::byte*>(memory.back().get()));
    for (int64_t row = 0; row < rows; ++row)
      column[row] = static_cast<float>(mix(static_cast<uint64_t>(row), i) >> 40) * 0x1p-20F - 8;
    values.push_back(column);
    inputs.push_back({column, nullptr});
  }
  const Buffer result = allocate(rows * sizeof(float)), validity = allocate(rows / 8 + 8);
  const MutableColumnView output{const_cast<std::byte*>(result.get()),
                                 reinterpret_cast<uint8_t*>(const_cast<std::byte*>(validity.get()))};
  auto* streamed = reinterpret_cast<float*>(const_cast<std::byte*>(result.get()));
  const auto code = generator.compile(ten_operations());
  double ours = 1e9, plain = 1e9;
  for (int round = 0; round < 7; ++round) {  // in turn, so that both see the same machine
    plain = std::min(plain, seconds([&] { stream(values.data(), streamed); }));
    ours = std::min(ours, seconds([&] { code->run(inputs.data(), &output, 0, rows); }));
  }
  const double bytes = (columns + 1.0) * rows * sizeof(float);
  print("expression", ours, "s");
  print("expression bandwidth", bytes / ours * 1e-9, "GB/s");
  print("streaming bandwidth", bytes / plain * 1e-9, "GB/s");
}

}  // namespace

int main() { measure_passes(load_code_generator()); }
