#pragma once

#include <span>
#include <vector>

#include "compiler/kernel/graph.h"

/// Passes over kernel graphs. Each keeps the meaning: the reference interpreter gives the same before and after.
namespace mlw::kernel {

/// Appends the gradients of `loss` (a float of rank 0) with respect to values that it was computed from; one value for
/// each, of its shape; zeros where the loss does not depend on it. Reverse mode on the primitives; a map's derivative
/// is symbolic, in terms of its result where that saves an operand. Fails with R461 where a gradient is not defined: a
/// contraction whose epilogue is not the sum itself (fusion comes later), the largest element along several axes.
std::vector<Value> differentiate(Graph& graph, Value loss, std::span<const Value> with_respect_to);

/// Nodes that no output needs are gone; what writes over an input stands behind everything that still reads it.
Graph tidy(const Graph& graph);

/// Maps move into the only node that uses them, light ones into the factors of contractions, and a map that is the only
/// use of a contraction becomes its epilogue. Transposed views become axes.
Graph fuse(const Graph& graph);

/// Fixes the order of every sum from the shapes, and puts a copy with the axes turned before a contraction that would
/// read a factor across rows again and again.
Graph order_sums(const Graph& graph);

/// Gives every value its place in one arena: largest first, each at the lowest place free while it is needed; a value
/// is written over another one that is needed for the last time there, at the same position.
Graph plan_memory(Graph graph);

/// All of them in order (tidy, fuse, order_sums, tidy, plan_memory), each followed by `require_valid`: a graph that is
/// ready for code generation.
Graph lower(const Graph& graph);

}  // namespace mlw::kernel
