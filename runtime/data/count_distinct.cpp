#include "runtime/data/count_distinct.h"

#include <tbb/parallel_for.h>

#include <bit>
#include <unordered_set>
#include <vector>

#include "runtime/data/hash.h"

namespace mlw {
namespace {

/// A set of 64-bit patterns by open addressing. 0 marks a free slot and is counted apart.
class PatternSet {
 public:
  void insert(uint64_t pattern) {
    if (pattern == 0) {
      zero_ = 1;
      return;
    }
    size_t slot = hash_word(pattern) & (slots_.size() - 1);
    for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
      if (slots_[slot] == pattern) return;
    slots_[slot] = pattern;
    if (++size_ * 2 > slots_.size()) grow();
  }
  int64_t size() const { return static_cast<int64_t>(size_) + zero_; }

 private:
  void grow() {
    std::vector<uint64_t> old(slots_.size() * 2);
    old.swap(slots_);
    for (const uint64_t pattern : old) {
      if (pattern == 0) continue;
      size_t slot = hash_word(pattern) & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = pattern;
    }
  }
  std::vector<uint64_t> slots_ = std::vector<uint64_t>(1024);
  size_t size_ = 0;
  int64_t zero_ = 0;
};

template <typename Pattern>
int64_t count(const Column& column, const Pattern& pattern) {
  PatternSet seen;
  for (const Chunk& chunk : column.chunks)
    for (int64_t i = 0; i < chunk.rows; ++i)
      if (chunk.valid(i)) seen.insert(pattern(chunk, static_cast<size_t>(i)));
  return seen.size();
}

uint64_t bits(double value) { return std::bit_cast<uint64_t>(value == 0 ? 0.0 : value); }

}  // namespace

int64_t distinct_values(const Column& column) {
  switch (column.storage) {
    case Storage::float32:
      return count(column, [](const Chunk& c, size_t i) { return bits(static_cast<double>(c.as<float>()[i])); });
    case Storage::float64:
      return count(column, [](const Chunk& c, size_t i) { return bits(c.as<double>()[i]); });
    case Storage::int64:
      return count(column, [](const Chunk& c, size_t i) { return static_cast<uint64_t>(c.as<int64_t>()[i]); });
    case Storage::flag:
      return count(column, [](const Chunk& c, size_t i) { return uint64_t{c.as<uint8_t>()[i]}; });
    case Storage::category:
      return count(column, [](const Chunk& c, size_t i) { return uint64_t{c.as<uint32_t>()[i]}; });
    case Storage::text:
      break;
  }
  std::unordered_set<std::string_view> seen;
  for (const Chunk& chunk : column.chunks)
    for (int64_t i = 0; i < chunk.rows; ++i)
      if (chunk.valid(i)) seen.insert(chunk.text(i));
  return static_cast<int64_t>(seen.size());
}

void count_distinct(const Table& table, Schema& schema) {
  tbb::parallel_for(size_t{0}, table.columns.size(), [&](size_t c) {
    const int64_t count = distinct_values(table.columns[c]);
    for (ColumnSchema& column : schema.columns)
      if (column.name == table.columns[c].name) column.distinct = count;
  });
}

}  // namespace mlw
