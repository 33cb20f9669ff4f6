#include "compiler/kernel/graph_order.h"

#include <algorithm>

#include "compiler/kernel/graph_layout.h"
#include "compiler/kernel/graph_passes.h"
#include "compiler/kernel/graph_term.h"

namespace mlw::kernel {
namespace {

/// From this many uses of a factor's rows on, a copy with the axes turned pays for itself.
constexpr int64_t worth_a_copy = 4;

/// Whether neighbours along the axis are neighbours in memory, or the same element, for every operand.
bool is_unit(const Graph& graph, const Term& term, size_t loops, int axis) {
  for (const Operand& operand : term.operands)
    if (loop_strides(graph, operand, loops)[axis] > 1) return false;
  return true;
}

bool runs_along(const Term& term, int axis) {
  for (const Operand& operand : term.operands)
    if (std::count(operand.axes.begin(), operand.axes.end(), axis)) return true;
  return false;
}

class Orderer {
 public:
  explicit Orderer(const Graph& graph) : source_(graph) {}

  Graph run() {
    result_.scalars = source_.scalars;
    for (const TensorNode& node : source_.nodes) {
      TensorNode copy = node;
      renumber(copy, now_);
      if (auto* reduce = std::get_if<Reduce>(&copy.work)) reduce->order = order_of(copy, *reduce);
      if (auto* contract = std::get_if<Contract>(&copy.work)) prepare(copy, *contract);
      now_.push_back(static_cast<Value>(result_.nodes.size()));
      result_.nodes.push_back(std::move(copy));
    }
    for (const Value input : source_.inputs) result_.inputs.push_back(now_[input]);
    for (const Output& output : source_.outputs)
      result_.outputs.push_back({output.name, now_[output.value], output.in_place_of});
    return std::move(result_);
  }

 private:
  SumOrder order_of(const TensorNode& node, const Reduce& reduce) const {
    if (reduce.reduced.empty()) return SumOrder::sequential;
    const size_t loops = loops_of(node).size();
    const int vector = vector_axis(node.shape), inner = static_cast<int>(loops) - 1;
    if (vector < 0 || (runs_along(reduce.term, inner) && is_unit(result_, reduce.term, loops, inner)))
      return SumOrder::lanes;
    return is_unit(result_, reduce.term, loops, vector) ? SumOrder::sequential : SumOrder::lanes;
  }

  void prepare(TensorNode& node, Contract& contract) {
    const Shape extents = loops_of(node);
    const int loops = static_cast<int>(extents.size()), vector = vector_axis(node.shape), inner = loops - 1;
    contract.order = SumOrder::sequential;
    if (contract.summed.empty()) return;
    const auto is_inner_unit = [&](const Term& term) { return is_unit(result_, term, extents.size(), inner); };
    const bool dot = is_inner_unit(contract.left) && is_inner_unit(contract.right);
    if (vector < 0) {
      contract.order = SumOrder::lanes;
      return;
    }
    for (Term* factor : {&contract.left, &contract.right}) {
      if (is_unit(result_, *factor, extents.size(), vector)) continue;
      int64_t uses = 1;
      for (int axis = 0; axis < static_cast<int>(node.shape.size()); ++axis)
        if (axis != vector && !runs_along(*factor, axis)) uses *= extents[axis];
      if (dot && uses < worth_a_copy) {
        contract.order = SumOrder::lanes;
        return;
      }
      turn(*factor, extents, vector);
    }
  }

  /// Replaces a factor by a copy of its value whose last dimension runs along `axis`.
  void turn(Term& factor, const Shape& extents, int axis) {
    std::vector<int> axes;
    for (int a = static_cast<int>(extents.size()) - 1; a >= 0; --a)
      if (a != axis && runs_along(factor, a)) axes.insert(axes.begin(), a);
    axes.push_back(axis);
    std::vector<int> place(extents.size(), -1);
    Shape shape;
    for (const int a : axes) {
      place[a] = static_cast<int>(shape.size());
      shape.push_back(extents[a]);
    }
    const Type type = factor.expression->type;
    const TensorNode copy{"", type, shape, Map{with_axes(factor, place)}};
    result_.nodes.push_back(copy);
    factor = {argument(type, 0), {{static_cast<Value>(result_.nodes.size()) - 1, -1, axes}}};
  }

  const Graph& source_;
  Graph result_;
  std::vector<Value> now_;
};

}  // namespace

int vector_axis(const Shape& output) {
  for (int axis = static_cast<int>(output.size()) - 1; axis >= 0; --axis)
    if (output[axis] > 1) return axis;
  return -1;
}

Graph order_sums(const Graph& graph) { return Orderer(graph).run(); }

}  // namespace mlw::kernel
