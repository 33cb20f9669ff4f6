#pragma once

#include "compiler/kernel/graph.h"

/// Where the elements of values stand in memory, seen through views.
namespace mlw::kernel {

/// The elements of a value in the memory of `owner`, which is no view: position p at Σ p[d] · strides[d], in elements.
struct Layout {
  Value owner = -1;
  std::vector<int64_t> strides;
};
Layout layout_of(const Graph& graph, Value value);
Value owner_of(const Graph& graph, Value value);

/// Strides of a tensor without gaps.
std::vector<int64_t> row_major(const Shape& shape);

/// Strides of an operand along each loop axis; 0 along those that it does not have, and for scalars.
std::vector<int64_t> loop_strides(const Graph& graph, const Operand& operand, size_t loops);

/// Whether every read of `value` by the node is of the element at the position that the node writes at that moment, so
/// that the result may stand where the value stood.
bool reads_only_in_place(const Graph& graph, const TensorNode& node, Value value);

}  // namespace mlw::kernel
