#include "runtime/data/raw_facts.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_set>

#include "runtime/data/csv_dialect.h"
#include "runtime/data/hash.h"

namespace mlw {
namespace {

/// Of one chunk; `other`: a value beside 0 and 1 occurs.
struct ChunkFacts {
  int64_t present = 0;
  bool whole = true, other = false;
  double smallest = std::numeric_limits<double>::infinity(), largest = -smallest;
};

template <typename T>
ChunkFacts facts_of(const Chunk& chunk) {
  ChunkFacts facts;
  facts.present = chunk.rows - chunk.missing;
  const auto values = chunk.as<T>();
  for (int64_t i = 0; i < chunk.rows; ++i) {
    if (chunk.missing > 0 && !chunk.valid(i)) continue;
    const auto value = static_cast<double>(values[static_cast<size_t>(i)]);
    facts.smallest = std::min(facts.smallest, value);
    facts.largest = std::max(facts.largest, value);
    facts.other |= value != 0 && value != 1;
    // Beyond 2^62 every double is whole; the comparison keeps the conversion defined.
    if (std::fabs(value) < 0x1p62) facts.whole &= static_cast<double>(static_cast<int64_t>(value)) == value;
  }
  return facts;
}

int64_t count_beyond(const Chunk& chunk, Storage storage) {
  int64_t count = 0;
  for (int64_t i = 0; i < chunk.rows; ++i) {
    const auto at = static_cast<size_t>(i);
    const double value =
        storage == Storage::float64 ? chunk.as<double>()[at] : static_cast<double>(chunk.as<float>()[at]);
    if (chunk.valid(i) && std::fabs(value) > std::numeric_limits<float>::max()) ++count;
  }
  return count;
}

constexpr int64_t counted_exactly = 1'000'000;
constexpr uint64_t sampled_values = 64;  ///< of a long column one value in so many is counted, chosen by its hash

}  // namespace

NumberFacts number_facts(const RawTable& table, size_t column) {
  const Storage storage = table.columns[column].storage;
  std::vector<ChunkFacts> parts(table.pieces.size());
  tbb::parallel_for(size_t{0}, parts.size(), [&](size_t p) {
    const Chunk& chunk = table.pieces[p].parts[column].chunk;
    switch (storage) {
      case Storage::float32:
        parts[p] = facts_of<float>(chunk);
        break;
      case Storage::float64:
        parts[p] = facts_of<double>(chunk);
        break;
      case Storage::flag:
        parts[p] = facts_of<uint8_t>(chunk);
        break;
      default:
        parts[p] = facts_of<int64_t>(chunk);
        break;
    }
  });
  NumberFacts all;
  all.smallest = std::numeric_limits<double>::infinity();
  all.largest = -all.smallest;
  bool other = false;
  for (const ChunkFacts& part : parts) {
    if (part.present == 0) continue;
    all.present += part.present;
    all.whole &= part.whole;
    all.smallest = std::min(all.smallest, part.smallest);
    all.largest = std::max(all.largest, part.largest);
    other |= part.other;
  }
  all.zero_and_one = !other && all.smallest == 0 && all.largest == 1;
  const bool floats = storage == Storage::float32 || storage == Storage::float64;
  if (floats && all.present > 0 && std::max(-all.smallest, all.largest) > std::numeric_limits<float>::max())
    for (const RawPiece& piece : table.pieces) all.beyond_float32 += count_beyond(piece.parts[column].chunk, storage);
  return all;
}

WordFacts word_facts(const RawTable& table, size_t column, char decimal) {
  WordFacts facts;
  for (const RawPiece& piece : table.pieces) facts.present += piece.rows - piece.parts[column].chunk.missing;
  const uint64_t step = facts.present > counted_exactly ? sampled_values : 1;
  std::unordered_set<uint64_t> seen;
  int64_t looked_at = 0, spaces = 0;
  const auto meet = [&](std::string_view word, int64_t rows) {
    if (rows == 0) return;
    if (is_number(word, decimal)) facts.numeric += rows;
    const uint64_t hash = hash_bytes(word);
    if (hash % step != 0) return;
    looked_at += rows;
    if (seen.insert(hash).second && word.find_first_of(" \t\n") != std::string_view::npos) ++spaces;
  };
  std::map<const void*, std::pair<RawWords, std::vector<int64_t>>> counts;  // rows of each word of a thread
  for (const RawPiece& piece : table.pieces) {
    const RawPart& part = piece.parts[column];
    if (part.storage == Storage::text) {
      for (int64_t i = 0; i < part.chunk.rows; ++i)
        if (part.chunk.valid(i)) meet(part.chunk.text(i), 1);
      continue;
    }
    auto& [words, rows] = counts[part.words.get()];
    words = part.words;
    rows.resize(part.words->size());
    for (int64_t i = 0; i < part.chunk.rows; ++i)
      if (part.chunk.valid(i)) ++rows[part.chunk.as<uint32_t>()[static_cast<size_t>(i)]];
  }
  for (const auto& [pointer, list] : counts)
    for (size_t i = 0; i < list.second.size(); ++i) meet((*list.first)[i], list.second[i]);
  facts.distinct = static_cast<int64_t>(seen.size() * step);
  facts.unique = looked_at > 0 && static_cast<int64_t>(seen.size()) == looked_at;
  facts.with_space = seen.empty() ? 0 : static_cast<double>(spaces) / static_cast<double>(seen.size());
  return facts;
}

std::vector<std::string> distinct_words(const RawTable& table, size_t column) {
  std::unordered_set<std::string_view> seen;
  std::unordered_set<const void*> lists;
  for (const RawPiece& piece : table.pieces) {
    const RawPart& part = piece.parts[column];
    if (part.storage == Storage::text) {
      for (int64_t i = 0; i < part.chunk.rows; ++i)
        if (part.chunk.valid(i)) seen.insert(part.chunk.text(i));
    } else if (lists.insert(part.words.get()).second) {
      seen.insert(part.words->begin(), part.words->end());
    }
  }
  std::vector<std::string> words(seen.begin(), seen.end());
  std::sort(words.begin(), words.end());
  return words;
}

int64_t missing_values(const RawTable& table, size_t column) {
  int64_t sum = 0;
  for (const RawPiece& piece : table.pieces) sum += piece.parts[column].chunk.missing;
  return sum;
}

}  // namespace mlw
