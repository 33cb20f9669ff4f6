#pragma once

#include <cstdint>
#include <initializer_list>

namespace mlw {

/// Counter-based random numbers: Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). The same key and counter give the same
/// number on every machine, so the order of work never matters.
struct Philox {
  uint64_t key = 0;

  struct Block {
    uint32_t word[4];
  };
  constexpr Block operator()(uint64_t low, uint64_t high = 0) const {
    uint32_t c[4] = {static_cast<uint32_t>(low), static_cast<uint32_t>(low >> 32), static_cast<uint32_t>(high), static_cast<uint32_t>(high >> 32)};
    uint32_t k0 = static_cast<uint32_t>(key), k1 = static_cast<uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const uint64_t p0 = uint64_t{0xD2511F53} * c[0], p1 = uint64_t{0xCD9E8D57} * c[2];
      const uint32_t next[4] = {static_cast<uint32_t>(p1 >> 32) ^ c[1] ^ k0, static_cast<uint32_t>(p1), static_cast<uint32_t>(p0 >> 32) ^ c[3] ^ k1,
                                static_cast<uint32_t>(p0)};
      for (int i = 0; i < 4; ++i) c[i] = next[i];
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return {{c[0], c[1], c[2], c[3]}};
  }
  /// Uniform in [0, 1) with 53 bits.
  constexpr double uniform(uint64_t low, uint64_t high = 0) const {
    const Block b = (*this)(low, high);
    return static_cast<double>((uint64_t{b.word[0]} << 32 | b.word[1]) >> 11) * 0x1p-53;
  }
};

/// One key out of several numbers (the finalizer of SplitMix64 over each in turn).
constexpr uint64_t mix(uint64_t a, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0) {
  uint64_t h = 0x9E3779B97F4A7C15;
  for (const uint64_t value : {a, b, c, d}) {
    h += value + 0x9E3779B97F4A7C15;
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EB;
    h ^= h >> 31;
  }
  return h;
}

}  // namespace mlw
