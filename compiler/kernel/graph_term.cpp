#include "compiler/kernel/graph_term.h"

#include <algorithm>
#include <numeric>

#include "compiler/kernel/expression_passes.h"

namespace mlw::kernel {
namespace {

using Replacements = std::unordered_map<Expression, Expression>;

void replace_positions(Expression root, const std::vector<int>& axes, Replacements& replacements) {
  for (const Expression leaf : in_order(root))
    if (leaf->op == Op::position) replacements[leaf] = position(axes[leaf->index], leaf->type);
}

}  // namespace

std::vector<int> all_axes(size_t count) {
  std::vector<int> axes(count);
  std::iota(axes.begin(), axes.end(), 0);
  return axes;
}

Term with_axes(const Term& term, const std::vector<int>& axes) {
  Term result = term;
  for (Operand& operand : result.operands)
    for (int& axis : operand.axes) axis = axes[axis];
  Replacements replacements;
  replace_positions(term.expression, axes, replacements);
  if (!replacements.empty()) result.expression = substitute(term.expression, replacements);
  return result;
}

Term prune(const Term& term, int reserved) {
  Term result;
  result.expression = simplify(term.expression);
  Replacements replacements;
  std::vector<Expression> read;
  for (const Expression leaf : in_order(result.expression))
    if (leaf->op == Op::argument && leaf->index >= reserved) read.push_back(leaf);
  // The old order of operands stays, so that the result does not depend on how the expression is walked.
  std::sort(read.begin(), read.end(), [](Expression a, Expression b) { return a->index < b->index; });
  for (const Expression leaf : read) {
    const Operand& operand = term.operands[leaf->index - reserved];
    auto place = std::find(result.operands.begin(), result.operands.end(), operand);
    if (place == result.operands.end()) place = result.operands.insert(place, operand);
    replacements[leaf] = argument(leaf->type, static_cast<int>(place - result.operands.begin()) + reserved);
  }
  result.expression = simplify(substitute(result.expression, replacements));
  return result;
}

Term inlined(const Term& outer, size_t index, const Term& inner, const std::vector<int>& axes, int reserved) {
  const Term moved = with_axes(inner, axes);
  Replacements shifted;
  const int offset = static_cast<int>(outer.operands.size()) + reserved;
  for (const Expression leaf : in_order(moved.expression))
    if (leaf->op == Op::argument) shifted[leaf] = argument(leaf->type, leaf->index + offset);
  const Expression value = substitute(moved.expression, shifted);
  Term result = outer;
  result.operands.insert(result.operands.end(), moved.operands.begin(), moved.operands.end());
  const Expression hole = argument(value->type, static_cast<int>(index) + reserved);
  result.expression = substitute(outer.expression, {{hole, value}});
  return prune(result, reserved);
}

Term plain(const Graph& graph, Operand operand) {
  const Type type = operand.is_scalar() ? graph.scalars[operand.scalar].type : graph[operand.value].type;
  return {argument(type, 0), {std::move(operand)}};
}

bool is_plain(const Term& term) {
  return term.operands.size() == 1 && term.expression->op == Op::argument && !term.operands[0].is_scalar();
}

void renumber(TensorNode& node, const std::vector<Value>& now) {
  for (Term* term : terms_of(node))
    for (Operand& operand : term->operands)
      if (!operand.is_scalar()) operand.value = now[operand.value];
  if (auto* gather = std::get_if<Gather>(&node.work)) *gather = {now[gather->table], now[gather->index]};
  if (auto* scatter = std::get_if<ScatterAdd>(&node.work)) *scatter = {now[scatter->index], now[scatter->updates]};
  if (auto* view = std::get_if<View>(&node.work)) view->source = now[view->source];
}

Graph adopted(Graph graph) {
  std::unordered_map<Expression, Expression> own;
  const auto adopt = [&](Expression expression) {
    for (const Expression node : in_order(expression)) {
      if (own.count(node)) continue;
      Expression operands[3];
      for (int i = 0; i < node->count; ++i) operands[i] = own.at(node->operands[i]);
      own.emplace(node, with_operands(node, {operands, node->count}));
    }
    return own.at(expression);
  };
  for (TensorNode& node : graph.nodes)
    for (Term* term : terms_of(node)) term->expression = adopt(term->expression);
  return graph;
}

int cost(Expression expression) {
  int total = 0;
  for (const Expression node : in_order(expression))
    total += node->op == Op::elementary || node->op == Op::random ? 30 : node->count > 0 ? 1 : 0;
  return total;
}

}  // namespace mlw::kernel
