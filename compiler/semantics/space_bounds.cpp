#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/spaces.h"

/// Bounds: `psi <= 0.2`, one or a list of them.
namespace mlw::semantics {

std::optional<Operation> bound_of(syntax::BinaryOperator op) {
  switch (op) {
    case syntax::BinaryOperator::less:
      return Operation::less;
    case syntax::BinaryOperator::less_equal:
      return Operation::less_equal;
    case syntax::BinaryOperator::greater:
      return Operation::greater;
    case syntax::BinaryOperator::greater_equal:
      return Operation::greater_equal;
    default:
      return std::nullopt;
  }
}

Space SpaceReader::read_bound(const syntax::Expression& expression, std::string_view family, const std::string& place) {
  const auto* binary = std::get_if<syntax::Binary>(&expression.node);
  const syntax::Name* name = binary && bound_of(binary->op) ? as_name(*binary->left) : nullptr;
  vocabulary::Slot slot;
  slot.types = {"bounds of " + std::string(family)};
  if (!name) return wrong(expression, slot, place);
  const vocabulary::Word* word = find_word(name->range, name->text, family, place);
  Space space;
  space.range = expression.range;
  if (!word) return space;
  slot.name = word->name;
  slot.types = {"number"};
  slot.range = word->range;
  Space bound = read(*binary->right, slot, "`" + word->name + "`");
  if (!given(bound)) return space;
  space.form = Space::Form::call;
  space.text = word->name;
  space.arguments.push_back(
      {std::string(mlw::name(*bound_of(binary->op))), std::move(bound), SpaceArgument::Written::by_name});
  return space;
}

Space SpaceReader::read_bounds(const syntax::Expression& expression, std::string_view family,
                               const std::string& place) {
  Space space;
  space.form = Space::Form::list;
  space.range = expression.range;
  if (const auto* list = std::get_if<syntax::List>(&expression.node))
    for (const syntax::ExpressionPointer& item : list->elements)
      space.items.push_back(read_bound(*item, family, place));
  else
    space.items.push_back(read_bound(expression, family, place));
  for (const Space& item : space.items)
    if (!given(item)) return item;
  return space;
}

}  // namespace mlw::semantics
