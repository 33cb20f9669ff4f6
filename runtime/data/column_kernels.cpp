#include "runtime/data/column_kernels.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>

#include "compiler/diagnostics/kinds/columns.h"

namespace mlw {
namespace {

/// Formulas compiled into one function: more of them would share more loads, but code grows with them.
constexpr size_t formulas_a_pass = 32;

ElementType element_of(Storage storage) {
  switch (storage) {
    case Storage::float32:
      return ElementType::float32;
    case Storage::float64:
      return ElementType::float64;
    case Storage::int64:
      return ElementType::int64;
    case Storage::flag:
      return ElementType::flag;
    default:
      return ElementType::uint32;
  }
}

size_t bytes_of(Storage storage) {
  switch (storage) {
    case Storage::flag:
      return 1;
    case Storage::float32:
    case Storage::category:
      return 4;
    default:
      return 8;
  }
}

/// One pass: the kernel, and where its arguments lie.
struct Pass {
  ColumnKernel kernel;
  std::vector<const Column*> inputs;
  std::vector<Column> outputs;
  std::vector<Buffer> memory;  ///< of each output, for the values of all its chunks
};

Pass make_pass(std::span<const ColumnRequest> requests, const ColumnLookup& columns) {
  Pass pass;
  std::vector<std::string> names;
  for (const ColumnRequest& request : requests) {
    for (std::string& name : columns_of(*request.formula)) names.push_back(std::move(name));
    pass.outputs.push_back(column_for(request.name, *request.formula));
    pass.kernel.outputs.push_back({request.formula, element_of(pass.outputs.back().storage)});
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const std::string& name : names) {
    const Column& column = columns(name);
    pass.inputs.push_back(&column);
    pass.kernel.inputs.push_back({name, element_of(column.storage), column.missing() > 0});
  }
  return pass;
}

/// The values that the pass reads in a row, for the diagnostic of an overflow.
[[noreturn]] void fail_overflow(const Pass& pass, std::span<const ColumnRequest> requests, int64_t row) {
  Diagnostics one;
  Diagnostic& diagnostic =
      one.report(kinds::integer_overflow, requests.front().formula->range, {{"row", std::to_string(row)}});
  for (size_t i = 0; i < pass.inputs.size(); ++i)
    if (pass.inputs[i]->storage == Storage::int64 && pass.inputs[i]->valid(row))
      diagnostic.note(fmt::format("{} = {}", pass.kernel.inputs[i].name,
                                  pass.inputs[i]->chunk_of(row).as<int64_t>()[static_cast<size_t>(row % chunk_rows)]));
  throw Failure{diagnostic};
}

/// Runs the pass on one chunk; -1, or the first row of the chunk in which an integer overflowed.
int64_t run_chunk(Pass& pass, const CompiledColumns& compiled, size_t k, int64_t rows) {
  std::vector<ColumnView> inputs;
  inputs.reserve(pass.inputs.size());
  for (const Column* column : pass.inputs)
    inputs.push_back(
        {column->chunks[k].values.get(), reinterpret_cast<const uint8_t*>(column->chunks[k].validity.get())});
  std::vector<MutableColumnView> outputs;
  for (size_t i = 0; i < pass.outputs.size(); ++i) {
    Chunk& chunk = pass.outputs[i].chunks[k];
    chunk.rows = rows;
    const size_t begin = k * static_cast<size_t>(chunk_rows) * bytes_of(pass.outputs[i].storage);
    chunk.values = Buffer(pass.memory[i], pass.memory[i].get() + begin);
    chunk.validity = allocate(static_cast<size_t>((rows + 63) / 64 * 8));
    outputs.push_back({writable<std::byte>(chunk.values), writable<uint8_t>(chunk.validity)});
  }
  const int64_t status = compiled.run(inputs.data(), outputs.data(), 0, rows);
  if (status != 0) return status - 1;
  for (Column& column : pass.outputs) settle_missing(column.chunks[k], bytes_of(column.storage));
  return -1;
}

void run_pass(Pass& pass, std::span<const ColumnRequest> requests, int64_t rows, CodeGenerator& generator) {
  pass.kernel.rows = rows;
  const std::shared_ptr<const CompiledColumns> compiled = generator.compile(pass.kernel);
  const size_t chunks = chunk_count(rows);
  for (Column& column : pass.outputs) {
    column.chunks.resize(chunks);
    // In one piece: large memory costs a fraction of what many small pieces do when it is first written.
    pass.memory.push_back(allocate(static_cast<size_t>(rows) * bytes_of(column.storage)));
  }
  std::atomic<int64_t> overflow{INT64_MAX};
  tbb::parallel_for(size_t{0}, chunks, [&](size_t k) {
    const int64_t row = run_chunk(pass, *compiled, k, rows_of_chunk(rows, k));
    if (row < 0) return;
    const int64_t found = static_cast<int64_t>(k) * chunk_rows + row;
    int64_t known = overflow.load();
    while (found < known && !overflow.compare_exchange_weak(known, found)) {
    }
  });
  if (overflow != INT64_MAX) fail_overflow(pass, requests, overflow);
}

}  // namespace

size_t chunk_count(int64_t rows) { return static_cast<size_t>((rows + chunk_rows - 1) / chunk_rows); }

int64_t rows_of_chunk(int64_t rows, size_t chunk) {
  return std::min(chunk_rows, rows - static_cast<int64_t>(chunk) * chunk_rows);
}

void settle_missing(Chunk& chunk, size_t bytes) {
  auto* words = writable<uint64_t>(chunk.validity);
  const auto count = static_cast<size_t>((chunk.rows + 63) / 64);
  if (chunk.rows % 64 != 0) words[count - 1] &= (uint64_t{1} << (chunk.rows % 64)) - 1;
  int64_t valid = 0;
  for (size_t w = 0; w < count; ++w) valid += std::popcount(words[w]);
  chunk.missing = chunk.rows - valid;
  if (chunk.missing == 0) {
    chunk.validity = nullptr;
    return;
  }
  auto* values = writable<std::byte>(chunk.values);
  for (int64_t i = 0; i < chunk.rows; ++i)
    if (!chunk.valid(i)) std::memset(values + static_cast<size_t>(i) * bytes, 0, bytes);
}

Column column_for(const std::string& name, const Formula& formula) {
  Column column;
  column.name = name;
  column.unit = formula.unit;
  switch (formula.type) {
    case ValueType::integer:
    case ValueType::duration:
      column.kind = ColumnKind::integer;
      column.storage = Storage::int64;
      break;
    case ValueType::date:
      column.kind = ColumnKind::date;
      column.storage = Storage::int64;
      break;
    case ValueType::flag:
      column.kind = ColumnKind::flag;
      column.storage = Storage::flag;
      break;
    case ValueType::category:
      column.kind = ColumnKind::category;
      column.storage = Storage::category;
      break;
    case ValueType::text:
      column.kind = ColumnKind::text;
      column.storage = Storage::text;
      break;
    default:
      column.storage = Storage::float32;
      break;
  }
  return column;
}

std::vector<Column> run_column_kernels(const std::vector<ColumnRequest>& requests, const ColumnLookup& columns,
                                       int64_t rows, CodeGenerator& generator) {
  std::vector<Column> results;
  for (size_t first = 0; first < requests.size(); first += formulas_a_pass) {
    const auto some = std::span(requests).subspan(first, std::min(formulas_a_pass, requests.size() - first));
    Pass pass = make_pass(some, columns);
    run_pass(pass, some, rows, generator);
    for (Column& column : pass.outputs) results.push_back(std::move(column));
  }
  return results;
}

}  // namespace mlw
