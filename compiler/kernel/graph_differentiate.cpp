#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/graph.h"
#include "compiler/kernel/expression_passes.h"
#include "compiler/kernel/graph_layout.h"
#include "compiler/kernel/graph_passes.h"
#include "compiler/kernel/graph_term.h"

namespace mlw::kernel {
namespace {

/// What stands for the result of a map inside its derivative: the result itself (tanh' = 1 - tanh²), and the branch it
/// took (x > k decided maximum(x, k) or select(x > k, x, k): then the result is > k, and not otherwise).
std::unordered_map<Expression, Expression> in_terms_of_result(Expression root, Expression result) {
  std::unordered_map<Expression, Expression> replacements;
  if (root->count > 0) replacements[root] = result;
  const auto bound = [&](Expression k, Expression x) { replacements[less(k, x)] = less(k, result); };
  if (root->op == Op::maximum && is_constant(root->operands[1])) bound(root->operands[1], root->operands[0]);
  if (root->op == Op::select) {
    const Expression condition = root->operands[0], then = root->operands[1], otherwise = root->operands[2];
    if (condition->op == Op::less && is_constant(otherwise) && condition->operands[0] == otherwise &&
        condition->operands[1] == then)
      bound(otherwise, then);
  }
  return replacements;
}

class Differentiator {
 public:
  Differentiator(Graph& graph, Value loss) : graph_(graph), gradient_(graph.nodes.size(), -1) {
    const TensorNode& node = graph_[loss];
    if (!node.shape.empty() || !is_float(node.type)) refuse(loss, "a loss is one float");
    gradient_[loss] = append(graph_, {"", node.type, {}, Map{{constant(node.type, 1), {}}}});
  }

  std::vector<Value> run(Value loss, std::span<const Value> with_respect_to) {
    needed_.assign(gradient_.size(), false);
    for (const Value value : with_respect_to) needed_[value] = true;
    for (Value i = 0; i <= loss; ++i)
      for (const Value read : values_read(graph_[i]))
        needed_[i] = needed_[i] || (needed_[read] && is_float(graph_[i].type));
    for (Value i = loss; i >= 0; --i) {
      if (gradient_[i] < 0 || !needed_[i]) continue;
      const Work work = graph_[i].work;  // a copy: nodes are appended meanwhile
      std::visit([&](const auto& each) { pass_on(i, each); }, work);
    }
    std::vector<Value> result;
    for (const Value value : with_respect_to) result.push_back(gradient_[value] >= 0 ? gradient_[value] : zeros(value));
    return result;
  }

 private:
  [[noreturn]] void refuse(Value value, const std::string& reason) const {
    const std::string& name = graph_[value].name;
    fail(kinds::graph_not_differentiable,
         {{"what", name.empty() ? fmt::format("value {}", value) : fmt::format("`{}`", name)}, {"reason", reason}});
  }

  Value zeros(Value value) {
    const TensorNode& node = graph_[value];
    const Type type = node.type;
    const Shape shape = node.shape;
    return append(graph_, {"", type, shape, Map{{constant(type, 0), {}}}});
  }

  void contribute(Value target, Value gradient) {
    if (gradient_[target] < 0) {
      gradient_[target] = gradient;
      return;
    }
    const Type type = graph_[target].type;
    const std::vector<int> axes = all_axes(graph_[target].shape.size());
    const Term sum{add(argument(type, 0), argument(type, 1)), {{gradient_[target], -1, axes}, {gradient, -1, axes}}};
    gradient_[target] = append(graph_, {"", type, graph_[target].shape, Map{sum}});
  }

  bool wants(const Operand& operand) const {
    return !operand.is_scalar() && needed_[operand.value] && is_float(graph_[operand.value].type);
  }

  /// The axes of a new node that has the operand's dimensions as output and sums over the others.
  struct Turned {
    std::vector<int> axes;  ///< from old loop axis to new one
    Shape inner;            ///< extents of the axes that are summed over
  };
  static Turned turned_to(const Operand& operand, const Shape& loops) {
    Turned turned{std::vector<int>(loops.size(), -1), {}};
    for (size_t d = 0; d < operand.axes.size(); ++d) turned.axes[operand.axes[d]] = static_cast<int>(d);
    for (size_t a = 0; a < loops.size(); ++a) {
      if (turned.axes[a] >= 0) continue;
      turned.axes[a] = static_cast<int>(operand.axes.size() + turned.inner.size());
      turned.inner.push_back(loops[a]);
    }
    return turned;
  }

  /// Gives `operand` the term (over `loops`), summed over the axes that the operand does not run along.
  void contribute(const Operand& operand, const Term& term, const Shape& loops) {
    const Turned turned = turned_to(operand, loops);
    const Type type = graph_[operand.value].type;
    Term moved = prune(with_axes(term, turned.axes));
    if (moved.expression->type != type) moved.expression = convert(moved.expression, type);
    // The gradient as it is needs no copy.
    const bool whole_gradient = is_plain(moved) && moved.operands[0].axes == all_axes(operand.axes.size());
    if (whole_gradient && turned.inner.empty() && graph_[moved.operands[0].value].type == type)
      return contribute(operand.value, moved.operands[0].value);
    Work work = Map{moved};
    if (!turned.inner.empty()) work = Reduce{Reduction::sum, moved, turned.inner};
    contribute(operand.value, append(graph_, {"", type, graph_[operand.value].shape, std::move(work)}));
  }

  /// A slope of a term, times the gradient of the node: a term whose operands are the term's own and then `more`, of
  /// which the gradient is the last one.
  static Term slope_times_gradient(const Term& term, Expression slope, std::vector<Operand> more) {
    const int last = static_cast<int>(term.operands.size() + more.size()) - 1;
    Term result{times(slope, argument(slope->type, last)), term.operands};
    result.operands.insert(result.operands.end(), more.begin(), more.end());
    return result;
  }

  /// gradient * slope; a slope that is 0 or 1 lets the gradient through or not.
  static Expression times(Expression slope, Expression gradient) {
    const Expression one = constant(slope->type, 1), zero = constant(slope->type, 0);
    if (slope->op == Op::select && slope->operands[1] == one && slope->operands[2] == zero)
      return select(slope->operands[0], gradient, zero);
    return multiply(gradient, slope);
  }

  static bool is_zero(Expression slope) { return is_constant(slope) && constant_value(slope) == 0; }

  Expression slope_of(const Term& term, size_t index) const {
    const Type type = graph_[term.operands[index].value].type;
    return derivative(term.expression, argument(type, static_cast<int>(index)));
  }

  Operand whole(Value value) const { return {value, -1, all_axes(graph_[value].shape.size())}; }

  void pass_on(Value, const Input&) {}

  void pass_on(Value i, const Map& map) {
    const Term& term = map.term;
    const Shape loops = graph_[i].shape;
    const Expression result = argument(graph_[i].type, static_cast<int>(term.operands.size()));
    const auto replacements = in_terms_of_result(term.expression, result);
    for (size_t k = 0; k < term.operands.size(); ++k) {
      if (!wants(term.operands[k])) continue;
      const Expression slope = substitute(slope_of(term, k), replacements);
      if (is_zero(slope)) continue;
      contribute(term.operands[k], slope_times_gradient(term, slope, {whole(i), whole(gradient_[i])}), loops);
    }
  }

  void pass_on(Value i, const Reduce& reduce) {
    if (reduce.reduction == Reduction::argument_of_maximum) return;
    const Term& term = reduce.term;
    const Shape loops = loops_of(graph_[i]);
    std::vector<Operand> more;
    Expression chosen = nullptr;
    if (reduce.reduction != Reduction::sum) {
      const Value winner = winner_of(i, reduce);
      more.push_back(whole(winner));
      chosen = equal(position(static_cast<int>(graph_[i].shape.size()), Type::i32),
                     argument(Type::i32, static_cast<int>(term.operands.size())));
    }
    more.push_back(whole(gradient_[i]));
    for (size_t k = 0; k < term.operands.size(); ++k) {
      if (!wants(term.operands[k])) continue;
      const Expression slope = slope_of(term, k);
      if (is_zero(slope)) continue;
      Term each = slope_times_gradient(term, slope, more);
      if (chosen) each.expression = select(chosen, each.expression, constant(each.expression->type, 0));
      contribute(term.operands[k], each, loops);
    }
  }

  /// The position of the smallest or largest element, the first one among equals: the gradient goes there alone.
  Value winner_of(Value i, const Reduce& reduce) {
    if (reduce.reduced.size() != 1) refuse(i, "it is the largest or smallest element along several axes");
    Reduce winner = reduce;
    winner.reduction = Reduction::argument_of_maximum;
    if (reduce.reduction == Reduction::minimum) winner.term.expression = negate(winner.term.expression);
    return append(graph_, {"", Type::i32, graph_[i].shape, std::move(winner)});
  }

  void pass_on(Value i, const Contract& contract) {
    const Type type = contract.left.expression->type;
    if (contract.epilogue.expression != argument(type, 0)) refuse(i, "its sum was already fused with what follows");
    pass_on_factor(i, contract, contract.left, contract.right);
    pass_on_factor(i, contract, contract.right, contract.left);
  }

  /// ∂/∂operand Σ factor · other = Σ (gradient · slope) · other, over the axes that the operand does not have.
  void pass_on_factor(Value i, const Contract& contract, const Term& factor, const Term& other) {
    const Shape loops = loops_of(graph_[i]);
    for (size_t k = 0; k < factor.operands.size(); ++k) {
      const Operand& operand = factor.operands[k];
      if (!wants(operand)) continue;
      const Expression slope = slope_of(factor, k);
      if (is_zero(slope)) continue;
      const Turned turned = turned_to(operand, loops);
      const Term each = slope_times_gradient(factor, slope, {whole(gradient_[i])});
      const Type type = graph_[operand.value].type;
      Expression sum = argument(each.expression->type, 0);
      if (sum->type != type) sum = convert(sum, type);
      Contract gradient{prune(with_axes(each, turned.axes)), with_axes(other, turned.axes), turned.inner, {sum, {}}};
      contribute(operand.value, append(graph_, {"", type, graph_[operand.value].shape, std::move(gradient)}));
    }
  }

  void pass_on(Value i, const Gather& gather) {
    if (!needed_[gather.table]) return;
    const TensorNode& table = graph_[gather.table];
    const TensorNode node{"", table.type, table.shape, ScatterAdd{gather.index, gapless(gradient_[i])}};
    contribute(gather.table, append(graph_, node));
  }

  void pass_on(Value i, const ScatterAdd& scatter) {
    if (!needed_[scatter.updates]) return;
    const TensorNode& updates = graph_[scatter.updates];
    const TensorNode node{"", updates.type, updates.shape, Gather{gapless(gradient_[i]), scatter.index}};
    contribute(scatter.updates, append(graph_, node));
  }

  void pass_on(Value i, const View& view) {
    if (!needed_[view.source]) return;
    View back;
    back.source = gradient_[i];
    if (view.permutation.empty()) {
      back.source = gapless(back.source);
    } else {
      back.permutation.resize(view.permutation.size());
      for (size_t d = 0; d < view.permutation.size(); ++d) back.permutation[view.permutation[d]] = static_cast<int>(d);
    }
    const TensorNode& source = graph_[view.source];
    const TensorNode node{"", source.type, source.shape, back};
    contribute(view.source, append(graph_, node));
  }

  /// The value itself, or a copy when it is a transposed view.
  Value gapless(Value value) {
    const TensorNode node = graph_[value];
    if (layout_of(graph_, value).strides == row_major(node.shape)) return value;
    return append(graph_, {"", node.type, node.shape, Map{plain(graph_, whole(value))}});
  }

  Graph& graph_;
  std::vector<Value> gradient_;  ///< of each node that stood there at the beginning; -1: none yet
  std::vector<bool> needed_;
};

}  // namespace

std::vector<Value> differentiate(Graph& graph, Value loss, std::span<const Value> with_respect_to) {
  return Differentiator(graph, loss).run(loss, with_respect_to);
}

}  // namespace mlw::kernel
