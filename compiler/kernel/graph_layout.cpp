#include "compiler/kernel/graph_layout.h"

namespace mlw::kernel {

std::vector<int64_t> row_major(const Shape& shape) {
  std::vector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (size_t d = shape.size(); d-- > 0;) {
    strides[d] = stride;
    stride *= shape[d];
  }
  return strides;
}

Layout layout_of(const Graph& graph, Value value) {
  const TensorNode& node = graph[value];
  const auto* view = std::get_if<View>(&node.work);
  if (!view) return {value, row_major(node.shape)};
  Layout source = layout_of(graph, view->source);
  if (view->permutation.empty()) return {source.owner, row_major(node.shape)};
  Layout result{source.owner, {}};
  for (const int dimension : view->permutation) result.strides.push_back(source.strides[dimension]);
  return result;
}

Value owner_of(const Graph& graph, Value value) {
  while (const auto* view = std::get_if<View>(&graph[value].work)) value = view->source;
  return value;
}

std::vector<int64_t> loop_strides(const Graph& graph, const Operand& operand, size_t loops) {
  std::vector<int64_t> strides(loops, 0);
  if (operand.is_scalar()) return strides;
  const Layout layout = layout_of(graph, operand.value);
  for (size_t d = 0; d < operand.axes.size(); ++d) strides[operand.axes[d]] = layout.strides[d];
  return strides;
}

bool reads_only_in_place(const Graph& graph, const TensorNode& node, Value value) {
  for (const Value read : values_read(node))
    if (read != value && owner_of(graph, read) == value) return false;
  const auto in_place = [&](const Operand& operand) {
    if (operand.value != value) return true;
    if (operand.axes.size() != node.shape.size()) return false;
    for (size_t d = 0; d < operand.axes.size(); ++d)
      if (operand.axes[d] != static_cast<int>(d)) return false;
    return true;
  };
  const auto absent = [&](const Term& term) {
    for (const Operand& operand : term.operands)
      if (operand.value == value) return false;
    return true;
  };
  const Term* term = nullptr;
  if (const auto* map = std::get_if<Map>(&node.work)) term = &map->term;
  if (const auto* contract = std::get_if<Contract>(&node.work)) {
    if (!absent(contract->left) || !absent(contract->right)) return false;
    term = &contract->epilogue;
  }
  if (!term) return false;
  for (const Operand& operand : term->operands)
    if (!in_place(operand)) return false;
  return true;
}

}  // namespace mlw::kernel
