#include "runtime/data/value_hash.h"

#include <bit>

#include "runtime/data/hash.h"

namespace mlw {
namespace {

constexpr uint64_t hash_of_missing = 0x2545F4914F6CDD1D;

uint64_t mix(uint64_t hash, uint64_t value) {
  return fold_product(hash + 0x9E3779B97F4A7C15, value ^ 0xC2B2AE3D27D4EB4F);
}

uint64_t hash_number(double value) { return hash_word(std::bit_cast<uint64_t>(value == 0 ? 0.0 : value)); }

/// A whole number has the hash of the same number as float64 as long as that is exact.
uint64_t hash_integer(int64_t value) {
  constexpr int64_t exact = int64_t{1} << 53;
  if (value >= -exact && value <= exact) return hash_number(static_cast<double>(value));
  return hash_word(static_cast<uint64_t>(value) ^ 0x5851F42D4C957F2D);
}

template <typename Hash>
void mix_rows(const Chunk& chunk, std::span<uint64_t> hashes, const Hash& hash) {
  if (chunk.missing == 0) {
    for (size_t i = 0; i < hashes.size(); ++i) hashes[i] = mix(hashes[i], hash(i));
    return;
  }
  for (size_t i = 0; i < hashes.size(); ++i)
    hashes[i] = mix(hashes[i], chunk.valid(static_cast<int64_t>(i)) ? hash(i) : hash_of_missing);
}

std::vector<uint64_t> hash_words(const std::vector<std::string>& words) {
  std::vector<uint64_t> hashes;
  hashes.reserve(words.size());
  for (const std::string& word : words) hashes.push_back(hash_bytes(word));
  return hashes;
}

}  // namespace

void mix_values(const Chunk& chunk, Storage storage, const std::vector<std::string>* words, bool date,
                std::span<uint64_t> hashes) {
  switch (storage) {
    case Storage::float32:
      mix_rows(chunk, hashes, [v = chunk.as<float>()](size_t i) { return hash_number(v[i]); });
      break;
    case Storage::float64:
      mix_rows(chunk, hashes, [v = chunk.as<double>()](size_t i) { return hash_number(v[i]); });
      break;
    case Storage::int64:
      if (date) {
        mix_rows(chunk, hashes, [v = chunk.as<int64_t>()](size_t i) { return hash_word(static_cast<uint64_t>(v[i])); });
      } else {
        mix_rows(chunk, hashes, [v = chunk.as<int64_t>()](size_t i) { return hash_integer(v[i]); });
      }
      break;
    case Storage::flag:
      if (words) {
        const std::vector<uint64_t> of_words = hash_words(*words);
        mix_rows(chunk, hashes, [&, v = chunk.as<uint8_t>()](size_t i) { return of_words[v[i]]; });
      } else {
        mix_rows(chunk, hashes, [v = chunk.as<uint8_t>()](size_t i) { return hash_number(v[i]); });
      }
      break;
    case Storage::category: {
      const std::vector<uint64_t> of_words = hash_words(*words);
      mix_rows(chunk, hashes, [&, v = chunk.as<uint32_t>()](size_t i) { return of_words[v[i]]; });
      break;
    }
    case Storage::text:
      mix_rows(chunk, hashes, [&](size_t i) { return hash_bytes(chunk.text(static_cast<int64_t>(i))); });
      break;
  }
}

}  // namespace mlw
