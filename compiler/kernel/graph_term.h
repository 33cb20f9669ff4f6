#pragma once

#include <vector>

#include "compiler/kernel/graph.h"

/// Rewriting terms: what the passes over graphs share.
namespace mlw::kernel {

/// The term over other loop axes: axis a becomes `axes[a]`.
Term with_axes(const Term& term, const std::vector<int>& axes);

/// The term without operands that its expression does not read, equal operands once, the expression simplified.
/// `reserved`: how many arguments before the operands are no operands (1 for an epilogue's sum).
Term prune(const Term& term, int reserved = 0);

/// `outer` with its operand `index` replaced by the value of `inner`, a term over the loop axes of the producer;
/// `axes[d]`: the loop axis of `outer` along which the producer's output axis d runs.
Term inlined(const Term& outer, size_t index, const Term& inner, const std::vector<int>& axes, int reserved = 0);

/// The term that is the one element of a tensor.
Term plain(const Graph& graph, Operand operand);
bool is_plain(const Term& term);

/// Every value that the node reads becomes `now[value]`.
void renumber(TensorNode& node, const std::vector<Value>& now);

/// The graph with expressions of this module. Equal expressions are one pointer within a module, but the program and
/// the code generator that it loads may each have made their own: a graph that comes from the other side is adopted
/// first.
Graph adopted(Graph graph);

/// How many operations an element costs; elementary functions and random numbers count as 30.
int cost(Expression expression);

/// 0, 1, 2 … count - 1.
std::vector<int> all_axes(size_t count);

}  // namespace mlw::kernel
