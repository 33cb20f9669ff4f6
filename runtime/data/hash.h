#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace mlw {

/// 128-bit product folded to 64 bits: the mixing step of the wyhash family of hashes.
inline uint64_t fold_product(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

/// Hash of bytes, the same on every little-endian machine. Row identities are made of it: it never changes.
inline uint64_t hash_bytes(std::string_view bytes) {
  constexpr uint64_t secret0 = 0xA0761D6478BD642F, secret1 = 0xE7037ED1A0B428DB;
  const char* at = bytes.data();
  size_t left = bytes.size();
  uint64_t h = secret0 ^ bytes.size();
  const auto word = [](const char* p, size_t n) {
    uint64_t value = 0;
    std::memcpy(&value, p, n);
    return value;
  };
  for (; left > 16; at += 16, left -= 16) h = fold_product(word(at, 8) ^ secret1, word(at + 8, 8) ^ h);
  const uint64_t first = left > 8 ? word(at, 8) : word(at, left);
  const uint64_t second = left > 8 ? word(at + 8, left - 8) : 0;
  return fold_product(secret1 ^ bytes.size(), fold_product(first ^ secret1, second ^ h));
}

/// Hash of one 64-bit value.
inline uint64_t hash_word(uint64_t value) {
  return fold_product(value ^ 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93 ^ (value >> 32));
}

}  // namespace mlw
