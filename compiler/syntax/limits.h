#pragma once

#include <cstddef>
#include <cstdint>

/// What a text may ask of the compiler.
namespace mlw::syntax {

/// So many bytes are read.
inline constexpr size_t longest_file = size_t{16} << 20;
/// So many brackets may stand in each other; beyond it the stack of those who walk through the tree would be in danger.
inline constexpr uint32_t most_brackets = 256;
/// So many operators may depend on each other.
inline constexpr uint32_t most_operators = 1000;
/// Beyond so many faults no more are reported: nobody reads them, and a file that is not mlw at all has millions.
inline constexpr size_t most_reports = 200;

}  // namespace mlw::syntax
