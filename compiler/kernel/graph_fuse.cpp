#include "compiler/kernel/graph_passes.h"
#include "compiler/kernel/graph_term.h"

namespace mlw::kernel {
namespace {

/// A factor of a contraction is computed once for every block that reads it: only what costs next to nothing moves in.
constexpr int light = 2;

/// An operand that is a transposed view becomes its source along other axes.
void see_through_views(const Graph& graph, Operand& operand) {
  while (!operand.is_scalar()) {
    const auto* view = std::get_if<View>(&graph[operand.value].work);
    if (!view || view->permutation.empty()) return;
    std::vector<int> axes(operand.axes.size());
    for (size_t d = 0; d < axes.size(); ++d) axes[view->permutation[d]] = operand.axes[d];
    operand = {view->source, -1, axes};
  }
}

Graph without_transposes(Graph graph) {
  for (TensorNode& node : graph.nodes)
    for (Term* term : terms_of(node))
      for (Operand& operand : term->operands) see_through_views(graph, operand);
  return tidy(graph);
}

int64_t reads(const TensorNode& node, Value value) {
  int64_t count = 0;
  for (const Operand* operand : operands_of(node)) count += operand->value == value;
  return count;
}

class Fuser {
 public:
  explicit Fuser(Graph graph) : graph_(std::move(graph)), uses_(graph_.nodes.size(), 0) {
    for (const Output& output : graph_.outputs) ++uses_[output.value];
    for (const TensorNode& node : graph_.nodes)
      for (const Value read : values_read(node)) ++uses_[read];
  }

  Graph run() {
    for (Value i = 0; i < static_cast<Value>(graph_.nodes.size()); ++i) {
      TensorNode& node = graph_.nodes[i];
      if (auto* map = std::get_if<Map>(&node.work)) {
        absorb_maps(node, map->term, 0, INT32_MAX);
        become_epilogue(i);
      } else if (auto* reduce = std::get_if<Reduce>(&node.work)) {
        absorb_maps(node, reduce->term, 0, INT32_MAX);
      } else if (auto* contract = std::get_if<Contract>(&node.work)) {
        absorb_maps(node, contract->left, 0, light);
        absorb_maps(node, contract->right, 0, light);
        absorb_maps(node, contract->epilogue, 1, INT32_MAX);
      }
    }
    return tidy(graph_);
  }

 private:
  /// The number of nodes that use a value; an output is used once more.
  bool used_only_once_by(const TensorNode& node, Value value) const {
    return uses_[value] == 1 && reads(node, value) == 1;
  }

  /// Maps that only this term reads, once, are computed inside it.
  void absorb_maps(TensorNode& node, Term& term, int reserved, int limit) {
    for (size_t k = 0; k < term.operands.size();) {
      const Operand operand = term.operands[k];
      const auto* map = operand.is_scalar() ? nullptr : std::get_if<Map>(&graph_[operand.value].work);
      if (!map || !used_only_once_by(node, operand.value) || cost(map->term.expression) > limit) {
        ++k;
        continue;
      }
      // What the map read, this node reads now: one user less where it did so before.
      for (const Value read : values_read(graph_[operand.value]))
        if (reads(node, read) > 0) --uses_[read];
      uses_[operand.value] = 0;
      const Term inner = map->term;
      term = inlined(term, k, inner, operand.axes, reserved);
      k = 0;
    }
  }

  /// A map that is the only use of a contraction, element by element, is computed with it.
  void become_epilogue(Value i) {
    TensorNode& node = graph_.nodes[i];
    const Term term = std::get<Map>(node.work).term;
    const std::vector<int> axes = all_axes(node.shape.size());
    for (size_t k = 0; k < term.operands.size(); ++k) {
      const Operand& operand = term.operands[k];
      if (operand.is_scalar() || operand.axes != axes || !used_only_once_by(node, operand.value)) continue;
      const auto* contract = std::get_if<Contract>(&graph_[operand.value].work);
      if (!contract) continue;
      Contract fused = *contract;
      fused.epilogue = after(fused, term, k);
      for (const Value read : values_read(graph_[operand.value]))
        if (reads(node, read) > 0) --uses_[read];
      uses_[operand.value] = 0;
      node.work = std::move(fused);
      return;
    }
  }

  /// The contraction's epilogue with the map's expression behind it.
  static Term after(const Contract& contract, const Term& map, size_t index) {
    std::unordered_map<Expression, Expression> replacements;
    const int offset = static_cast<int>(contract.epilogue.operands.size()) + 1;
    for (const Expression leaf : in_order(map.expression))
      if (leaf->op == Op::argument)
        replacements[leaf] = leaf->index == static_cast<int>(index) ? contract.epilogue.expression
                                                                    : argument(leaf->type, leaf->index + offset);
    Term result{substitute(map.expression, replacements), contract.epilogue.operands};
    result.operands.insert(result.operands.end(), map.operands.begin(), map.operands.end());
    return prune(result, 1);
  }

  Graph graph_;
  std::vector<int> uses_;
};

}  // namespace

Graph fuse(const Graph& graph) { return Fuser(without_transposes(graph)).run(); }

}  // namespace mlw::kernel
