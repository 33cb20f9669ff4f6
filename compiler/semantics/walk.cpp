#include "compiler/semantics/walk.h"

namespace mlw::semantics {

void for_each_part(const syntax::Expression& expression, const std::function<void(const syntax::Expression&)>& visit) {
  auto part = [&](const syntax::ExpressionPointer& pointer) {
    if (pointer) visit(*pointer);
  };
  auto parts = [&](const std::vector<syntax::ExpressionPointer>& list) {
    for (const syntax::ExpressionPointer& item : list) part(item);
  };
  if (const auto* call = std::get_if<syntax::Call>(&expression.node)) {
    for (const syntax::Argument& argument : call->arguments) part(argument.value);
  } else if (const auto* unary = std::get_if<syntax::Unary>(&expression.node)) {
    part(unary->operand);
  } else if (const auto* binary = std::get_if<syntax::Binary>(&expression.node)) {
    part(binary->left);
    part(binary->right);
  } else if (const auto* range = std::get_if<syntax::Range>(&expression.node)) {
    part(range->low);
    part(range->high);
    part(range->step);
  } else if (const auto* choice = std::get_if<syntax::Choice>(&expression.node)) {
    parts(choice->arms);
  } else if (const auto* pipeline = std::get_if<syntax::Pipeline>(&expression.node)) {
    parts(pipeline->stages);
  } else if (const auto* conditional = std::get_if<syntax::Conditional>(&expression.node)) {
    part(conditional->condition);
    part(conditional->then);
    part(conditional->otherwise);
  } else if (const auto* let = std::get_if<syntax::Let>(&expression.node)) {
    part(let->value);
    part(let->body);
  } else if (const auto* list = std::get_if<syntax::List>(&expression.node)) {
    parts(list->elements);
  }
}

void for_each_call(const syntax::Expression& expression,
                   const std::function<void(const syntax::QualifiedName&)>& visit) {
  if (const auto* call = std::get_if<syntax::Call>(&expression.node)) visit(call->callee);
  if (const auto* pipeline = std::get_if<syntax::Pipeline>(&expression.node))
    for (const syntax::ExpressionPointer& stage : pipeline->stages)  // `x |> f` calls f
      if (const auto* reference = std::get_if<syntax::Reference>(&stage->node)) visit(reference->name);
  for_each_part(expression, [&](const syntax::Expression& part) { for_each_call(part, visit); });
}

}  // namespace mlw::semantics
