#pragma once

#include <cstring>

#include "runtime/data/column.h"
#include "tests/reference/random_programs.h"

namespace mlw::reference {

inline Storage storage_of(ColumnKind kind) {
  switch (value_type(kind)) {
    case ValueType::number:
      return Storage::float64;
    case ValueType::flag:
      return Storage::flag;
    case ValueType::category:
      return Storage::category;
    case ValueType::text:
      return Storage::text;
    default:
      return Storage::int64;
  }
}

/// Cells of one field as a column. At most `chunk_rows`.
inline Column column_of(const RawField& field, const std::vector<Cell>& cells) {
  Column column;
  column.name = field.name;
  column.kind = field.kind;
  column.storage = storage_of(field.kind);
  Chunk chunk;
  chunk.rows = static_cast<int64_t>(cells.size());
  chunk.values = allocate(8 * (cells.size() + 1));
  chunk.validity = allocate((cells.size() + 63) / 64 * 8);
  auto* values = const_cast<std::byte*>(chunk.values.get());
  auto* validity = reinterpret_cast<uint8_t*>(const_cast<std::byte*>(chunk.validity.get()));
  std::vector<std::string> dictionary;
  std::string bytes;
  for (const Cell& cell : cells)
    if (const auto* text = std::get_if<std::string>(&cell)) dictionary.push_back(*text);
  std::sort(dictionary.begin(), dictionary.end());
  dictionary.erase(std::unique(dictionary.begin(), dictionary.end()), dictionary.end());
  for (size_t i = 0; i < cells.size(); ++i) {
    if (const auto* text = std::get_if<std::string>(&cells[i])) {
      if (column.storage == Storage::category) {
        const auto code =
            static_cast<uint32_t>(std::lower_bound(dictionary.begin(), dictionary.end(), *text) - dictionary.begin());
        std::memcpy(values + 4 * i, &code, 4);
      } else {
        bytes += *text;
      }
    }
    if (column.storage == Storage::text) {
      const uint64_t end = bytes.size();
      std::memcpy(values + 8 * (i + 1), &end, 8);
    }
    if (const auto* number = std::get_if<Wide>(&cells[i])) std::memcpy(values + 8 * i, &number->value, 8);
    if (const auto* whole = std::get_if<int64_t>(&cells[i])) std::memcpy(values + 8 * i, whole, 8);
    if (const auto* flag = std::get_if<bool>(&cells[i])) values[i] = std::byte{*flag};
    if (RowFormulas::is_missing(cells[i]))
      ++chunk.missing;
    else
      validity[i / 8] = static_cast<uint8_t>(validity[i / 8] | 1 << i % 8);
  }
  if (column.storage == Storage::category)
    column.dictionary = std::make_shared<const std::vector<std::string>>(dictionary);
  if (column.storage == Storage::text) {
    chunk.bytes = allocate(bytes.size());
    std::memcpy(const_cast<std::byte*>(chunk.bytes.get()), bytes.data(), bytes.size());
  }
  column.chunks.push_back(chunk);
  return column;
}

/// Rows drawn for the program as a table with one column more than it needs.
inline Table random_table(const PredictorProgram& program, uint64_t seed, int64_t rows) {
  Draws draws(seed + 5000000);
  std::vector<std::vector<Cell>> columns(program.fields.size());
  for (int64_t row = 0; row < rows; ++row) {
    const Record record = RandomProgram::record(program, draws);
    for (size_t i = 0; i < record.size(); ++i) columns[i].push_back(record[i]);
  }
  Table table;
  table.rows = rows;
  table.columns.push_back(
      column_of({"unused", ColumnKind::number, "", {}, false}, std::vector<Cell>(static_cast<size_t>(rows), Wide{1})));
  for (size_t i = 0; i < columns.size(); ++i) table.columns.push_back(column_of(program.fields[i], columns[i]));
  return table;
}

}  // namespace mlw::reference
