#pragma once

#include <cstdint>
#include <string>

namespace mlw {

/// What code is generated for. Known devices are profiles in stdlib/devices/*.toml.
struct Target {
  std::string name;          ///< "host", "raspberry-pi-4"
  std::string triple;        ///< "x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"
  std::string cpu;           ///< LLVM's name of the CPU
  std::string features;      ///< "+neon,+fp-armv8"
  int vector_bits = 128;     ///< width of a vector register
  int vector_registers = 16;
  bool fused_multiply_add = false;
  int64_t level1_bytes = 32 << 10, level2_bytes = 512 << 10;
};

}  // namespace mlw
