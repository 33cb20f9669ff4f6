#pragma once

#include <string>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "runtime/data/evaluate_text.h"

namespace mlw {

/// A result to be computed: a formula and the name that its column gets.
struct ColumnRequest {
  std::string name;
  FormulaPointer formula;
};

/// Compiles formulas without text in them and runs them over all chunks, several formulas a pass. `columns` finds what
/// they read, all with `rows` rows.
std::vector<Column> run_column_kernels(const std::vector<ColumnRequest>& requests, const ColumnLookup& columns,
                                       int64_t rows, CodeGenerator& generator);

/// A column of that name, kind and storage as a formula's type says, without chunks.
Column column_for(const std::string& name, const Formula& formula);

/// Chunk sizes of a table of `rows` rows.
size_t chunk_count(int64_t rows);
int64_t rows_of_chunk(int64_t rows, size_t chunk);

/// For code that fills a chunk it has just made.
template <typename T>
T* writable(const Buffer& buffer) {
  return reinterpret_cast<T*>(const_cast<std::byte*>(buffer.get()));
}

/// Sets `missing` of a chunk with a validity bitmap, zeroes the values of `bytes` each under missing ones, and drops a
/// bitmap that says nothing.
void settle_missing(Chunk& chunk, size_t bytes);

}  // namespace mlw
