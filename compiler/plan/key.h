#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace mlw {

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
std::string sha256(std::string_view bytes);

/// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  void add(const void* bytes, size_t size);
  /// In lower-case hexadecimal; nothing may be added afterwards.
  std::string finish();

 private:
  uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  unsigned char pending_[64] = {};
  uint64_t length_ = 0;
};

/// A key is the hash of everything that a result depends on, each part under a name, so that two keys can be compared
/// part by part (`mlwc why`).
struct KeyPart {
  std::string name;        ///< "settings", "input: split", "code", "llvm"
  std::string value;       ///< short text or a hash
  SourceRange range = {};  ///< where the file says it; not part of the key
};
struct Key {
  std::vector<KeyPart> parts;
  std::string hash() const;  ///< of all parts in order
};

}  // namespace mlw
