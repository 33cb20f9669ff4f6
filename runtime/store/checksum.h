#pragma once

#include <cstddef>
#include <cstdint>

namespace mlw {

/// XXH64 of bytes (Yann Collet's xxHash specification, version 0.1.1): fast enough to check every byte that is read. It
/// detects damage; identity is SHA-256's work.
uint64_t checksum(const void* bytes, size_t size, uint64_t seed = 0);

}  // namespace mlw
