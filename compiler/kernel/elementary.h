#pragma once

#include "compiler/kernel/expression.h"

/// Elementary functions made of additions, products, quotients, comparisons and bit operations, so that every target
/// gives the same bits and none needs a mathematical library.
///
/// float32: computed in float64 with a relative error below 2^-45 and rounded once. `exp` and `log` are correctly
/// rounded (all inputs are checked by bench/exhaustive.cpp), the others are so but for some inputs next to a tie:
/// within 1 unit in the last place. float64: computed with a tail, within 1 unit in the last place.
namespace mlw::kernel {

/// What an `elementary` node stands for, in plain operations.
Expression expand_elementary(Elementary function, Expression a, Expression b);

}  // namespace mlw::kernel
