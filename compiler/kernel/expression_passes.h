#pragma once

#include "compiler/kernel/expression.h"

/// Passes from expression to expression.
namespace mlw::kernel {

/// The value of an operation whose operands are all constants, bit for bit what compiled code gives; null for a leaf,
/// for `elementary` and `random` (see `expand`), and where the result is not a number (whose bits machines may choose).
Expression fold(Expression node);

/// Constants folded, neutral elements and double negations gone, operands of commutative operations in one order. The
/// value keeps its bits for every input (the bits of what is not a number apart).
Expression simplify(Expression root);
std::vector<Expression> simplify(std::span<const Expression> roots);

/// Elementary functions, random numbers and the overflow of i64 products made of plain operations.
Expression expand(Expression root);
std::vector<Expression> expand(std::span<const Expression> roots);

/// The derivative of a float expression with respect to the argument `index` of its own type. Steps (floor, sign,
/// comparisons, conversions to integers, random numbers) have derivative 0. Where a function has a kink, the side that
/// its definition picks: select(x > 0, x, 0) at 0 gives 0, absolute gives 0 at 0, minimum(a, b) and maximum(a, b) take
/// the derivative of b where a = b. The result is simplified.
Expression derivative(Expression root, int index);
/// The same with respect to any node that the root reaches.
Expression derivative(Expression root, Expression variable);

}  // namespace mlw::kernel
