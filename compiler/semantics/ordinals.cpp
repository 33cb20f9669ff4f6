#include "compiler/semantics/ordinals.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/formula_builder.h"

namespace mlw::semantics {

FormulaPointer place_in_order(const FormulaPointer& category, const std::vector<std::string>& order) {
  std::vector<FormulaPointer> arguments{category};
  for (const std::string& value : order) arguments.push_back(make_constant(value, ValueType::category));
  const FormulaPointer place = make_formula(Operation::position, ValueType::integer, std::move(arguments));
  const FormulaPointer known =
      make_formula(Operation::greater_equal, ValueType::flag, {place, make_constant(int64_t{0})});
  const FormulaPointer none = with_type(unknown_value(category->range).formula, ValueType::integer);
  return placed(make_formula(Operation::select, ValueType::integer, {known, place, none}), category->range);
}

std::optional<OrderedPlace> ordered_place(const Formula& formula) {
  if (formula.operation != Operation::select) return std::nullopt;
  const Formula& place = *formula.arguments[1];
  if (place.operation != Operation::position || formula.arguments[2]->operation != Operation::missing)
    return std::nullopt;
  OrderedPlace found{place.arguments[0], {}};
  for (size_t i = 1; i < place.arguments.size(); ++i)
    found.order.push_back(std::get<std::string>(place.arguments[i]->value));
  return found;
}

/// Puts the place in the order that `ordered` has into the place of a value; false when it has none there.
bool FormulaBuilder::take_place(Value& value, const Value& ordered) {
  const std::vector<std::string> order = ordered.order;
  if (value.is_missing() || value.order == order) {
    value.formula =
        value.is_missing() ? with_type(value.formula, ValueType::integer) : place_in_order(value.formula, order);
    value.order.clear();
    return true;
  }
  if (!value.is_text_literal()) return false;
  const std::string& text = std::get<std::string>(value.formula->value);
  const auto found = std::find(order.begin(), order.end(), text);
  if (found == order.end()) {
    Diagnostic& diagnostic =
        context_.report(kinds::unknown_class, value.range(),
                        {{"column", ordered.formula->column}, {"name", text}, {"known", listed(order)}});
    if (const std::string_view nearest = nearest_name(text, order); !nearest.empty())
      diagnostic.suggest(value.range(), '"' + std::string(nearest) + '"');
  }
  value.formula = placed(make_constant(static_cast<int64_t>(found - order.begin())), value.range());
  return found != order.end();
}

/// Where a column with an order is compared, both sides become places in it. False when a mistake was reported; sides
/// without an order are left as they are.
bool FormulaBuilder::take_places(const syntax::Binary& binary, Value& left, Value& right) {
  if (left.order.empty() && right.order.empty()) return true;
  const Value ordered = left.order.empty() ? right : left;
  if (!left.known() || !right.known()) {
    const Value& other = left.order.empty() ? left : right;
    if (!other.is_missing()) return false;
  }
  const size_t mistakes = context_.mistakes();
  Value places[] = {left, right};
  if (take_place(places[0], ordered) && take_place(places[1], ordered)) {
    left = places[0];
    right = places[1];
    return true;
  }
  if (context_.mistakes() == mistakes)
    wrong_operands(binary, left, right, "compare with a value of its order, or with a column that has the same order");
  return false;
}

}  // namespace mlw::semantics
