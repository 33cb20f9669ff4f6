#pragma once

#include <cstdint>
#include <vector>

#include "compiler/codegen/jit.h"
#include "compiler/kernel/expression.h"

namespace mlw::codegen {

/// A loop over arrays: element i of output j is root j of the elements i of the inputs; argument k is inputs[k],
/// `position` 0 is i. Flags are bytes 0 and 1. `count` is a multiple of `lanes`; arrays need no alignment.
using ExpressionLoop = void (*)(const void* const* inputs, void* const* outputs, int64_t count);

/// Compiles expressions as they stand, without anything around them: for functions over arrays of numbers, and for
/// comparing what is emitted for different numbers of lanes.
ExpressionLoop compile_loop(Jit& jit, const std::vector<kernel::Expression>& roots, int lanes);

}  // namespace mlw::codegen
