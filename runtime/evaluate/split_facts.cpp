#include <cmath>
#include <cstring>

#include "runtime/data/random.h"
#include "runtime/evaluate/splits.h"

namespace mlw {
namespace {

constexpr uint64_t missing_value = 0x6D697373696E6721;

uint64_t hash_text(std::string_view text) {
  uint64_t hash = mix(text.size());
  for (size_t i = 0; i < text.size(); i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + i, std::min<size_t>(8, text.size() - i));
    hash = mix(hash, word);
  }
  return hash;
}

/// A whole number hashes alike whether the column is read as integers or as floating-point numbers.
uint64_t hash_number(double value) {
  value += 0.0;  // -0 is 0
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return mix(bits);
}

uint64_t hash_integer(int64_t value) {
  constexpr int64_t exact = int64_t{1} << 53;
  return value >= -exact && value <= exact ? hash_number(static_cast<double>(value))
                                           : mix(static_cast<uint64_t>(value), 1);
}

/// Calls `visit(row, hash of the value)` for every row of a column.
template <typename Visit>
void for_each_hash(const Column& column, Visit visit) {
  std::vector<uint64_t> dictionary;
  if (column.storage == Storage::category && column.dictionary) {
    for (const auto& entry : *column.dictionary) dictionary.push_back(hash_text(entry));
  }
  int64_t row = 0;
  for (const Chunk& chunk : column.chunks) {
    for (int64_t i = 0; i < chunk.rows; ++i, ++row) {
      uint64_t hash = missing_value;
      if (chunk.valid(i)) {
        switch (column.storage) {
          case Storage::float32:
            hash = hash_number(static_cast<double>(chunk.as<float>()[i]));
            break;
          case Storage::float64:
            hash = hash_number(chunk.as<double>()[i]);
            break;
          case Storage::int64:
            hash = hash_integer(chunk.as<int64_t>()[i]);
            break;
          case Storage::flag:
            hash = hash_integer(chunk.as<uint8_t>()[i]);
            break;
          case Storage::category:
            hash = dictionary[chunk.as<uint32_t>()[i]];
            break;
          case Storage::text:
            hash = hash_text(chunk.text(i));
            break;
        }
      }
      visit(row, hash);
    }
  }
}

}  // namespace

SplitFacts split_facts(const Table& table, const std::vector<std::string>& group_by, const std::string& time,
                       std::span<const std::string> inputs, std::vector<int32_t> classes) {
  SplitFacts facts;
  facts.identity = table.identity;
  facts.classes = std::move(classes);
  const auto rows = static_cast<size_t>(table.rows);
  if (!group_by.empty()) {
    facts.group.assign(rows, 0);
    for (const auto& name : group_by) {
      for_each_hash(*table.find(name), [&](int64_t row, uint64_t hash) {
        // A row whose group is not known is a group of its own.
        facts.group[row] = mix(facts.group[row], hash == missing_value ? mix(hash, table.identity[row]) : hash);
      });
    }
  }
  if (!inputs.empty()) {
    facts.content.assign(rows, 0);
    for (const auto& name : inputs) {
      for_each_hash(*table.find(name),
                    [&](int64_t row, uint64_t hash) { facts.content[row] = mix(facts.content[row], hash); });
    }
  }
  if (!time.empty()) {
    facts.time.reserve(rows);
    for (const Chunk& chunk : table.find(time)->chunks) {
      const auto values = chunk.as<int64_t>();
      for (int64_t i = 0; i < chunk.rows; ++i) facts.time.push_back(chunk.valid(i) ? values[i] : no_time);
    }
  }
  return facts;
}

}  // namespace mlw
