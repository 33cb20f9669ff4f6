#include "compiler/syntax/precedence.h"

#include <algorithm>

namespace mlw::syntax::level {
namespace {

template <typename T>
const T* as(const Expression& expression) {
  return std::get_if<T>(&expression.node);
}

/// Whether an `in` stands outside of brackets: in the binding of a `let` it would end the binding.
bool has_bare_in(const Expression& expression) {
  if (const auto* binary = as<Binary>(expression)) {
    if (binary->op == BinaryOperator::in) return true;
    const Operands sides = operands(binary->op);
    return (of(*binary->left) >= sides.left && has_bare_in(*binary->left)) ||
           (of(*binary->right) >= sides.right && has_bare_in(*binary->right));
  }
  if (const auto* unary = as<Unary>(expression)) return has_bare_in(*unary->operand);
  if (const auto* conditional = as<Conditional>(expression))
    return has_bare_in(*conditional->condition) || has_bare_in(*conditional->then) ||
           has_bare_in(*conditional->otherwise);
  if (const auto* let = as<Let>(expression)) return has_bare_in(*let->body);
  const auto any_of = [](const std::vector<ExpressionPointer>& stages) {
    return std::any_of(stages.begin(), stages.end(),
                       [](const ExpressionPointer& part) { return of(*part) >= stage && has_bare_in(*part); });
  };
  if (const auto* pipeline = as<Pipeline>(expression)) return any_of(pipeline->stages);
  if (const auto* choice = as<Choice>(expression)) return any_of(choice->arms);
  return false;
}

}  // namespace

int of(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::add:
    case BinaryOperator::subtract:
      return sum;
    case BinaryOperator::multiply:
    case BinaryOperator::divide:
      return product;
    case BinaryOperator::power:
      return power;
    case BinaryOperator::logical_and:
      return logical_and;
    case BinaryOperator::logical_or:
      return logical_or;
    default:
      return comparison;
  }
}

int of(const Expression& expression) {
  const auto& node = expression.node;
  if (std::holds_alternative<Pipeline>(node) || std::holds_alternative<Choice>(node)) return pipe;
  if (std::holds_alternative<Let>(node) || std::holds_alternative<Conditional>(node)) return word;
  if (std::holds_alternative<Range>(node)) return range;
  if (const auto* binary = std::get_if<Binary>(&node)) return of(binary->op);
  if (const auto* unary = std::get_if<Unary>(&node)) return unary->op == UnaryOperator::negate ? minus : logical_not;
  return primary;
}

Operands operands(BinaryOperator op) {
  const int own = of(op);
  if (own == comparison) return {range, range};  // not chained
  if (own == power) return {primary, minus};     // to the right: 2^-1, 2^3^2
  return {own, own + 1};                         // to the left
}

bool bare(const Expression& expression, int least) {
  return of(expression) >= least && !(least == binding && has_bare_in(expression));
}

}  // namespace mlw::syntax::level
