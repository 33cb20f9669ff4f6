// An expression of ten operations over five float32 columns of 10 million rows, beside a plain kernel that streams the
// same columns, and the time that code generation takes, cold and from the cache. One thread.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/codegen/native_code_generator.h"
#include "compiler/codegen/target_machine.h"
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

FormulaPointer two(Operation operation, FormulaPointer a, FormulaPointer b) {
  return make_formula(operation, ValueType::number, {std::move(a), std::move(b)});
}
FormulaPointer column(int i) { return make_column(std::string(1, static_cast<char>('a' + i)), ValueType::number); }

/// max((a * b + c) * 0.5 - d, e / (a * a + 1)) + abs(c)
FormulaPointer ten_operations() {
  const auto left =
      two(Operation::subtract,
          two(Operation::multiply, two(Operation::add, two(Operation::multiply, column(0), column(1)), column(2)),
              make_constant(0.5)),
          column(3));
  const auto right = two(Operation::divide, column(4),
                         two(Operation::add, two(Operation::multiply, column(0), column(0)), make_constant(1.0)));
  const auto size = make_formula(Operation::absolute, ValueType::number, {column(2)});
  return two(Operation::add, two(Operation::maximum, left, right), size);
}

ColumnKernel kernel_of(const FormulaPointer& formula) {
  ColumnKernel kernel;
  for (int i = 0; i < columns; ++i)
    kernel.inputs.push_back({std::string(1, static_cast<char>('a' + i)), ElementType::float32});
  kernel.outputs = {{formula, ElementType::float32}};
  return kernel;
}

/// What streams the same bytes and hardly computes: the compiler makes vectors of it.
__attribute__((noinline)) void stream(const float* const* in, float* out) {
  const float *a = in[0], *b = in[1], *c = in[2], *d = in[3], *e = in[4];
#pragma clang loop vectorize(enable)
  for (int64_t i = 0; i < rows; ++i) out[i] = a[i] + b[i] + c[i] + d[i] + e[i];
}

struct MemoryCache final : CodeCache {
  std::map<std::string, std::string> entries;
  bool load(const std::string& key, std::string& bytes) override {
    const auto found = entries.find(key);
    if (found == entries.end()) return false;
    bytes = found->second;
    return true;
  }
  void save(const std::string& key, std::string_view bytes) override { entries[key] = std::string(bytes); }
};

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
  const auto code = generator.compile(kernel_of(ten_operations()));
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

void measure_code_generation(const Target& host) {
  MemoryCache cache;
  double cold = 1e9, warm = 1e9;
  for (int i = 0; i < 5; ++i) {
    cache.entries.clear();
    for (double* time : {&cold, &warm}) {
      const auto generator = codegen::make_code_generator(host);
      generator->use_cache(&cache);
      *time = std::min(*time, seconds([&] { generator->compile(kernel_of(ten_operations())); }));
    }
  }
  print("code generation cold", cold * 1e3, "ms");
  print("code generation from the cache", warm * 1e3, "ms");
}

}  // namespace

int main() {
  CodeGenerator& generator = load_code_generator();
  measure_passes(generator);
  measure_code_generation(generator.host());
}
