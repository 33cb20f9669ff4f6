#include <fmt/format.h>

#include "compiler/kernel/graph.h"

namespace mlw::kernel {
namespace {

using fmt::format;

template <typename T>
std::string join(const std::vector<T>& items) {
  std::string text;
  for (const T& item : items) text += (text.empty() ? "" : ",") + std::to_string(item);
  return text;
}

std::string to_text(const Graph& graph, const Term& term) {
  std::string text = to_text(term.expression) + " of (";
  for (size_t i = 0; i < term.operands.size(); ++i) {
    const Operand& operand = term.operands[i];
    if (i) text += ", ";
    text += operand.is_scalar() ? "$" + std::to_string(operand.scalar)
                                : format("%{}[{}]", operand.value, join(operand.axes));
  }
  return text + ")";
}

std::string_view name(SumOrder order) { return order == SumOrder::lanes ? "lanes" : "sequential"; }

struct WorkText {
  const Graph& graph;

  std::string operator()(const Input&) const { return "input"; }
  std::string operator()(const Map& map) const { return "map " + to_text(graph, map.term); }
  std::string operator()(const Reduce& reduce) const {
    return format("reduce {} {} [{}] {}", name(reduce.reduction), name(reduce.order), join(reduce.reduced),
                  to_text(graph, reduce.term));
  }
  std::string operator()(const Contract& contract) const {
    return format("contract {} [{}] {} times {} then {}", name(contract.order), join(contract.summed),
                  to_text(graph, contract.left), to_text(graph, contract.right), to_text(graph, contract.epilogue));
  }
  std::string operator()(const Gather& gather) const { return format("gather %{} at %{}", gather.table, gather.index); }
  std::string operator()(const ScatterAdd& scatter) const {
    return format("scatter_add %{} at %{}", scatter.updates, scatter.index);
  }
  std::string operator()(const View& view) const {
    if (view.permutation.empty()) return format("reshape %{}", view.source);
    return format("transpose %{} [{}]", view.source, join(view.permutation));
  }
};

}  // namespace

std::string to_text(const Graph& graph) {
  std::string text;
  for (size_t i = 0; i < graph.scalars.size(); ++i)
    text += format("${} {}: {}\n", i, graph.scalars[i].name, name(graph.scalars[i].type));
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const TensorNode& node = graph.nodes[i];
    text += format("%{}{}{}: {}[{}] = {}", i, node.name.empty() ? "" : " ", node.name, name(node.type),
                   join(node.shape), std::visit(WorkText{graph}, node.work));
    if (graph.planned() && graph.memory.offsets[i] >= 0) text += format(" at {}", graph.memory.offsets[i]);
    text += "\n";
  }
  for (const Output& output : graph.outputs) {
    text += format("output {}: %{}", output.name, output.value);
    if (output.in_place_of >= 0) text += format(" in place of %{}", graph.inputs[output.in_place_of]);
    text += "\n";
  }
  if (graph.planned()) text += format("arena: {} bytes\n", graph.memory.arena_bytes);
  return text;
}

}  // namespace mlw::kernel
