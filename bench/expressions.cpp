// An expression of ten operations over five float32 columns of 10 million rows, beside plain kernels that stream the
// same columns; then the same as the run time does it, into fresh memory. One thread.
#include <tbb/global_control.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "bench/ten_operations.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/column.h"
#include "runtime/data/evaluate_formulas.h"
#include "runtime/data/random.h"

using namespace mlw;

namespace {

constexpr int64_t rows = 10'000'000;
constexpr int columns = 5;

/// Processor time: what else the machine does in the middle of a pass does not count.
double seconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double begin = now();
  work();
  return now() - begin;
}

/// What streams the same bytes and hardly computes, into the caches and past them: the faster one is the bound.
template <bool past_caches>
__attribute__((noinline)) void stream(const std::vector<const float*>& in, float* out) {
  using Vector __attribute__((vector_size(16))) = float;
  const auto at = [&](size_t column, int64_t i) { return reinterpret_cast<const Vector*>(in[column])[i]; };
  auto* result = reinterpret_cast<Vector*>(out);
  for (int64_t i = 0; i < rows / 4; ++i) {
    const Vector sum = at(0, i) + at(1, i) + at(2, i) + at(3, i) + at(4, i);
    if constexpr (past_caches)
      __builtin_nontemporal_store(sum, result + i);
    else
      result[i] = sum;
  }
}

void print(const char* name, double value, const char* unit) {
  std::printf("{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}\n", name, value, unit);
}

float* writable(const Buffer& memory) { return reinterpret_cast<float*>(const_cast<std::byte*>(memory.get())); }

/// Columns a, b, … of numbers in [-8, 8), each in one piece of memory.
Table make_table() {
  Table table;
  table.rows = rows;
  for (int i = 0; i < columns; ++i) {
    const Buffer memory = allocate(rows * sizeof(float));
    for (int64_t row = 0; row < rows; ++row)
      writable(memory)[row] = static_cast<float>(mix(static_cast<uint64_t>(row), i) >> 40) * 0x1p-20F - 8;
    Column column;
    column.name = std::string(1, static_cast<char>('a' + i));
    column.storage = Storage::float32;
    for (int64_t row = 0; row < rows; row += chunk_rows) {
      Chunk chunk;
      chunk.rows = std::min(chunk_rows, rows - row);
      chunk.values = Buffer(memory, memory.get() + row * static_cast<int64_t>(sizeof(float)));
      column.chunks.push_back(chunk);
    }
    table.columns.push_back(column);
  }
  return table;
}

void measure(CodeGenerator& generator) {
  const Table table = make_table();
  std::vector<const float*> values;
  std::vector<ColumnView> inputs;
  for (const Column& column : table.columns) {
    values.push_back(writable(column.chunks[0].values));
    inputs.push_back({values.back(), nullptr});
  }
  const Buffer result = allocate(rows * sizeof(float)), validity = allocate(rows / 8 + 8);
  const MutableColumnView output{writable(result), reinterpret_cast<uint8_t*>(writable(validity))};
  ColumnKernel kernel = ten_operations();
  kernel.rows = rows;
  const auto code = generator.compile(kernel);
  double ours = 1e9, plain = 1e9, fresh = 1e9;
  const auto shortest = [](double& time, const auto& work) { time = std::min(time, seconds(work)); };
  for (int round = 0; round < 15; ++round) {  // in turn, so that all see the same machine
    shortest(plain, [&] { stream<false>(values, writable(result)); });
    shortest(plain, [&] { stream<true>(values, writable(result)); });
    shortest(ours, [&] { code->run(inputs.data(), &output, 0, rows); });
    shortest(fresh, [&] { evaluate_formulas({kernel.outputs[0].formula}, {}, table, generator); });
  }
  const double bytes = (columns + 1.0) * rows * sizeof(float);
  print("expression", ours, "s");
  print("expression fresh", fresh, "s");
  print("expression bandwidth", bytes / ours * 1e-9, "GB/s");
  print("streaming bandwidth", bytes / plain * 1e-9, "GB/s");
}

}  // namespace

int main() {
  const tbb::global_control one_thread(tbb::global_control::max_allowed_parallelism, 1);
  measure(load_code_generator());
}
