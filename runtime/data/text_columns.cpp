#include "runtime/data/text_columns.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace mlw {
namespace {

void set_valid(uint64_t* words, size_t row, uint8_t valid) { words[row >> 6] |= uint64_t{valid} << (row & 63); }

/// The chunk of results as int64 or flags.
Chunk result_chunk(const TextResults& results, Storage storage) {
  Chunk chunk;
  const size_t rows = results.values.size();
  chunk.rows = static_cast<int64_t>(rows);
  chunk.validity = allocate((rows + 63) / 64 * 8);
  chunk.values = allocate(rows * (storage == Storage::flag ? 1 : 8));
  for (size_t i = 0; i < rows; ++i) {
    set_valid(writable<uint64_t>(chunk.validity), i, results.valid[i]);
    if (storage == Storage::flag) {
      writable<uint8_t>(chunk.values)[i] = static_cast<uint8_t>(results.values[i]);
    } else {
      writable<int64_t>(chunk.values)[i] = results.values[i];
    }
  }
  settle_missing(chunk, storage == Storage::flag ? 1 : 8);
  return chunk;
}

/// The entries of a category's dictionary as rows of their own, and a missing one as the last.
Column entries_of(const Column& category) {
  Column entries = category;
  entries.chunks.clear();
  const auto rows = static_cast<int64_t>(category.dictionary->size()) + 1;
  for (size_t k = 0; k < chunk_count(rows); ++k) {
    Chunk chunk;
    chunk.rows = rows_of_chunk(rows, k);
    chunk.values = allocate(static_cast<size_t>(chunk.rows) * sizeof(uint32_t));
    chunk.validity = allocate(static_cast<size_t>((chunk.rows + 63) / 64 * 8));
    for (int64_t i = 0; i < chunk.rows; ++i) {
      const int64_t code = static_cast<int64_t>(k) * chunk_rows + i;
      if (code + 1 == rows) continue;
      writable<uint32_t>(chunk.values)[i] = static_cast<uint32_t>(code);
      set_valid(writable<uint64_t>(chunk.validity), static_cast<size_t>(i), 1);
    }
    settle_missing(chunk, sizeof(uint32_t));
    entries.chunks.push_back(std::move(chunk));
  }
  return entries;
}

/// The one category that a formula reads; null when it reads others beside it, or text.
const Column* only_category(const Formula& formula, const ColumnLookup& columns) {
  const std::vector<std::string> names = columns_of(formula);
  if (names.size() != 1) return nullptr;
  const Column& column = columns(names.front());
  return column.storage == Storage::category ? &column : nullptr;
}

std::vector<Chunk> evaluate_chunks(const Formula& formula, const ColumnLookup& columns, int64_t rows, Storage storage) {
  std::vector<Chunk> chunks(chunk_count(rows));
  tbb::parallel_for(size_t{0}, chunks.size(), [&](size_t k) {
    chunks[k] = result_chunk(TextEvaluator(columns, k, rows_of_chunk(rows, k)).result(formula), storage);
  });
  return chunks;
}

/// Rows of `entries` by the codes of a category.
template <typename T>
Chunk gather_entries(const Column& entries, const Chunk& codes, int64_t entry_of_missing) {
  Chunk chunk;
  chunk.rows = codes.rows;
  chunk.values = allocate(static_cast<size_t>(codes.rows) * sizeof(T));
  chunk.validity = allocate(static_cast<size_t>((codes.rows + 63) / 64 * 8));
  for (int64_t i = 0; i < codes.rows; ++i) {
    const int64_t entry = codes.valid(i) ? codes.as<uint32_t>()[static_cast<size_t>(i)] : entry_of_missing;
    const Chunk& source = entries.chunk_of(entry);
    const int64_t row = entry % chunk_rows;
    writable<T>(chunk.values)[i] = source.as<T>()[static_cast<size_t>(row)];
    set_valid(writable<uint64_t>(chunk.validity), static_cast<size_t>(i), source.valid(row) ? 1 : 0);
  }
  settle_missing(chunk, sizeof(T));
  return chunk;
}

std::vector<Chunk> gather_codes(const Column& entries, const Column& category) {
  const auto entry_of_missing = static_cast<int64_t>(category.dictionary->size());
  std::vector<Chunk> chunks(category.chunks.size());
  tbb::parallel_for(size_t{0}, chunks.size(), [&](size_t k) {
    const Chunk& codes = category.chunks[k];
    switch (entries.storage) {
      case Storage::flag:
        chunks[k] = gather_entries<uint8_t>(entries, codes, entry_of_missing);
        break;
      case Storage::category:
        chunks[k] = gather_entries<uint32_t>(entries, codes, entry_of_missing);
        break;
      default:
        chunks[k] = gather_entries<int64_t>(entries, codes, entry_of_missing);
        break;
    }
  });
  return chunks;
}

/// Texts of one chunk as text.
Chunk text_chunk(const TextRows& rows) {
  Chunk chunk;
  const size_t count = rows.texts.size();
  chunk.rows = static_cast<int64_t>(count);
  chunk.values = allocate((count + 1) * sizeof(uint64_t));
  chunk.validity = allocate((count + 63) / 64 * 8);
  auto* offsets = writable<uint64_t>(chunk.values);
  for (size_t i = 0; i < count; ++i) offsets[i + 1] = offsets[i] + (rows.valid[i] != 0 ? rows.texts[i].size() : 0);
  chunk.bytes = allocate(offsets[count]);
  for (size_t i = 0; i < count; ++i) {
    if (rows.valid[i] == 0) continue;
    set_valid(writable<uint64_t>(chunk.validity), i, 1);
    if (!rows.texts[i].empty())
      std::memcpy(writable<char>(chunk.bytes) + offsets[i], rows.texts[i].data(), rows.texts[i].size());
    ++chunk.missing;
  }
  chunk.missing = chunk.rows - chunk.missing;
  if (chunk.missing == 0) chunk.validity = nullptr;
  return chunk;
}

/// Codes of one chunk into the words as they are met.
struct LocalCodes {
  std::vector<std::string> words;
  std::vector<uint32_t> codes;
  std::vector<uint8_t> valid;
};

LocalCodes local_codes(const TextRows& rows) {
  LocalCodes local{{}, std::vector<uint32_t>(rows.texts.size()), rows.valid};
  std::unordered_map<std::string_view, uint32_t> known;
  for (size_t i = 0; i < rows.texts.size(); ++i) {
    if (rows.valid[i] == 0) continue;
    const auto [found, fresh] = known.emplace(rows.texts[i], static_cast<uint32_t>(known.size()));
    if (fresh) local.words.emplace_back(rows.texts[i]);
    local.codes[i] = found->second;
  }
  return local;
}

/// Local codes of all chunks become codes of one sorted dictionary.
void unite(const std::vector<LocalCodes>& locals, Column& column) {
  std::vector<std::string> words;
  for (const LocalCodes& local : locals) words.insert(words.end(), local.words.begin(), local.words.end());
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  column.chunks.resize(locals.size());
  tbb::parallel_for(size_t{0}, locals.size(), [&](size_t k) {
    const LocalCodes& local = locals[k];
    std::vector<uint32_t> code_of;
    for (const std::string& word : local.words)
      code_of.push_back(static_cast<uint32_t>(std::lower_bound(words.begin(), words.end(), word) - words.begin()));
    Chunk& chunk = column.chunks[k];
    chunk.rows = static_cast<int64_t>(local.codes.size());
    chunk.values = allocate(local.codes.size() * sizeof(uint32_t));
    chunk.validity = allocate((local.codes.size() + 63) / 64 * 8);
    for (size_t i = 0; i < local.codes.size(); ++i) {
      if (local.valid[i] == 0) continue;
      writable<uint32_t>(chunk.values)[i] = code_of[local.codes[i]];
      set_valid(writable<uint64_t>(chunk.validity), i, 1);
    }
    settle_missing(chunk, sizeof(uint32_t));
  });
  column.dictionary = std::make_shared<const std::vector<std::string>>(std::move(words));
}

void evaluate_category(const Formula& formula, const ColumnLookup& columns, int64_t rows, Column& column) {
  std::vector<LocalCodes> locals(chunk_count(rows));
  tbb::parallel_for(size_t{0}, locals.size(), [&](size_t k) {
    TextEvaluator evaluator(columns, k, rows_of_chunk(rows, k));
    locals[k] = local_codes(evaluator.text(formula));
  });
  unite(locals, column);
}

}  // namespace

Column text_function_column(const ColumnRequest& request, const ColumnLookup& columns, int64_t rows) {
  Column column = column_for(request.name, *request.formula);
  const Column* category = only_category(*request.formula, columns);
  if (!category) {
    column.chunks = evaluate_chunks(*request.formula, columns, rows, column.storage);
    return column;
  }
  Column entries = column;
  const Column entry_texts = entries_of(*category);
  const ColumnLookup only = [&](const std::string&) -> const Column& { return entry_texts; };
  entries.chunks =
      evaluate_chunks(*request.formula, only, static_cast<int64_t>(category->dictionary->size()) + 1, column.storage);
  column.chunks = gather_codes(entries, *category);
  return column;
}

Column text_column(const ColumnRequest& request, const ColumnLookup& columns, int64_t rows) {
  Column column = column_for(request.name, *request.formula);
  if (column.storage == Storage::text) {
    column.chunks.resize(chunk_count(rows));
    tbb::parallel_for(size_t{0}, column.chunks.size(), [&](size_t k) {
      TextEvaluator evaluator(columns, k, rows_of_chunk(rows, k));
      column.chunks[k] = text_chunk(evaluator.text(*request.formula));
    });
    return column;
  }
  const Column* category = only_category(*request.formula, columns);
  if (!category) {
    evaluate_category(*request.formula, columns, rows, column);
    return column;
  }
  Column entries = column;
  const Column entry_texts = entries_of(*category);
  const ColumnLookup only = [&](const std::string&) -> const Column& { return entry_texts; };
  evaluate_category(*request.formula, only, static_cast<int64_t>(category->dictionary->size()) + 1, entries);
  column.dictionary = entries.dictionary;
  column.chunks = gather_codes(entries, *category);
  return column;
}

}  // namespace mlw
