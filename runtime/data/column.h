#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/schema.h"

/// Rows and columns. A column is a list of immutable chunks; rows are selected, never copied. Row i of a table stands in chunk i / chunk_rows at
/// i % chunk_rows for every column, whatever its type.
namespace mlw {

inline constexpr int64_t chunk_rows = 1 << 16;

/// How values lie in memory. Categories are codes into the column's dictionary; text is offsets and bytes; flags are bytes 0 and 1;
/// dates are microseconds since 1970-01-01T00:00 UTC.
enum class Storage : uint8_t { float32, float64, int64, flag, category, text };

/// Memory that several chunks may share: owned, or mapped from a file of the store.
using Buffer = std::shared_ptr<const std::byte[]>;

struct Chunk {
  int64_t rows = 0;
  Buffer values;     ///< float, double, int64_t, uint8_t, uint32_t codes, or uint64_t offsets[rows + 1] of text
  Buffer bytes;      ///< of text
  Buffer validity;   ///< one bit a row, 1: there is a value; null when every row has one. Values under a 0 are zero (empty text, code 0).
  int64_t missing = 0;

  template <typename T>
  std::span<const T> as() const { return {reinterpret_cast<const T*>(values.get()), static_cast<size_t>(rows)}; }
  bool valid(int64_t row) const { return !validity || (static_cast<uint8_t>(validity[row >> 3]) >> (row & 7) & 1); }
  std::string_view text(int64_t row) const {
    const auto* offsets = reinterpret_cast<const uint64_t*>(values.get());
    return {reinterpret_cast<const char*>(bytes.get()) + offsets[row], static_cast<size_t>(offsets[row + 1] - offsets[row])};
  }
};

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::number;
  Storage storage = Storage::float64;
  std::string unit;
  std::vector<Chunk> chunks;
  std::shared_ptr<const std::vector<std::string>> dictionary;  ///< of a category: sorted, each once; of a flag written as words: those of false and true

  const Chunk& chunk_of(int64_t row) const { return chunks[row / chunk_rows]; }
  bool valid(int64_t row) const { return chunk_of(row).valid(row % chunk_rows); }
  int64_t missing() const;
  /// For checks, reports and tests; never on a hot path.
  double number(int64_t row) const;
  std::string_view text(int64_t row) const;  ///< of a text or category
};

struct Table {
  int64_t rows = 0;
  std::vector<Column> columns;
  std::vector<uint64_t> identity;  ///< hash of a row's key, or of its content and occurrence; canonical order is ascending in it

  const Column* find(std::string_view name) const;
};

/// Rows of a table, ascending.
using Selection = std::vector<uint32_t>;

Buffer allocate(size_t bytes);  ///< 64-byte aligned, zero-filled

}  // namespace mlw
