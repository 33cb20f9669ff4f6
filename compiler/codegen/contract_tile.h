#pragma once

#include <cstdint>

#include "compiler/kernel/expression.h"
#include "compiler/kernel/target.h"

namespace mlw::codegen {

/// A block of sums that stays in registers: `rows` of the broadcast factor by `vectors` of 16 lanes of the other.
struct ContractTile {
  int rows = 1, vectors = 1;
};

/// The block for a result of `rows` x `vectors`, by a plain model of the machine: two fused multiply-adds and two loads
/// a cycle, four cycles until a sum can be used again. Sums, vectors of one factor and one broadcast element must fit
/// the registers. Has no influence on results.
ContractTile choose_tile(const Target& target, kernel::Type type, int64_t rows, int64_t vectors);

}  // namespace mlw::codegen
