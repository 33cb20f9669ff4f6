#include "runtime/store/checksum.h"

#include <bit>
#include <cstring>

namespace mlw {
namespace {

constexpr uint64_t prime1 = 0x9E3779B185EBCA87, prime2 = 0xC2B2AE3D27D4EB4F, prime3 = 0x165667B19E3779F9,
                   prime4 = 0x85EBCA77C2B2AE63, prime5 = 0x27D4EB2F165667C5;

template <typename T>
T read(const unsigned char* bytes) {
  static_assert(std::endian::native == std::endian::little);
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

uint64_t absorb(uint64_t sum, uint64_t lane) { return std::rotl(sum + lane * prime2, 31) * prime1; }
uint64_t merge(uint64_t hash, uint64_t sum) { return (hash ^ absorb(0, sum)) * prime1 + prime4; }

}  // namespace

uint64_t checksum(const void* data, size_t size, uint64_t seed) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  const unsigned char* const end = bytes + size;
  uint64_t hash = seed + prime5;
  if (size >= 32) {
    uint64_t sums[4] = {seed + prime1 + prime2, seed + prime2, seed, seed - prime1};
    for (; end - bytes >= 32; bytes += 32)
      for (int i = 0; i < 4; ++i) sums[i] = absorb(sums[i], read<uint64_t>(bytes + 8 * i));
    hash = std::rotl(sums[0], 1) + std::rotl(sums[1], 7) + std::rotl(sums[2], 12) + std::rotl(sums[3], 18);
    for (const uint64_t sum : sums) hash = merge(hash, sum);
  }
  hash += size;
  for (; end - bytes >= 8; bytes += 8) hash = std::rotl(hash ^ absorb(0, read<uint64_t>(bytes)), 27) * prime1 + prime4;
  if (end - bytes >= 4) {
    hash = std::rotl(hash ^ read<uint32_t>(bytes) * prime1, 23) * prime2 + prime3;
    bytes += 4;
  }
  for (; bytes < end; ++bytes) hash = std::rotl(hash ^ *bytes * prime5, 11) * prime1;
  hash = (hash ^ hash >> 33) * prime2;
  hash = (hash ^ hash >> 29) * prime3;
  return hash ^ hash >> 32;
}

}  // namespace mlw
