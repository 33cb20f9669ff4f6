#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/formula_builder.h"

/// What happens where two values meet: in sums, comparisons, the arms of an `if`.
namespace mlw::semantics {
namespace {

/// Both as the one type that they share; `unknown` when there is none.
ValueType shared_type(const Value& left, const Value& right) {
  if (left.type() == right.type()) return left.type();
  if (numeric(left.type()) && numeric(right.type())) return ValueType::number;
  if (textual(left.type()) && textual(right.type())) {
    // A literal becomes what the other is; a column of texts and one of categories meet as texts.
    if (left.is_text_literal()) return right.type();
    if (right.is_text_literal()) return left.type();
    return ValueType::text;
  }
  return ValueType::unknown;
}

void convert(Value& value, ValueType type) {
  if (value.type() == type) return;
  if (type == ValueType::number) {
    value.formula = as_number(value.formula);
  } else if (value.is_text_literal() || value.is_missing()) {
    value.formula = with_type(value.formula, type);
  }
}

}  // namespace

/// A literal that is written in the very unit of a column is that number: `delay > 30min` where `delay` is in min.
void FormulaBuilder::adopt_unit(Value& literal, const Value& other) {
  if (literal.literal_unit.empty() || other.unit() != literal.literal_unit) return;
  literal.formula = placed(make_constant(literal.literal, literal.literal_unit), literal.range());
}

std::optional<std::string> FormulaBuilder::common_unit(const Value& left, const Value& right, SourceRange place) {
  if (left.unit().empty()) return right.unit();
  if (right.unit().empty() || left.unit() == right.unit()) return left.unit();
  context_.report(kinds::units_differ, place, {{"left", left.unit()}, {"right", right.unit()}})
      .also_at(left.range(), "in " + left.unit())
      .also_at(right.range(), "in " + right.unit());
  return std::nullopt;
}

/// Gives both values one type and checks their units. False when a mistake was reported or a type is unknown.
bool FormulaBuilder::meet(Value& left, Value& right, SourceRange place, std::string_view what) {
  if (left.is_missing() && right.known()) left.formula = with_type(left.formula, right.type());
  if (right.is_missing() && left.known()) right.formula = with_type(right.formula, left.type());
  adopt_unit(left, right);
  adopt_unit(right, left);
  if (!left.known() || !right.known()) return false;
  const ValueType type = shared_type(left, right);
  if (type == ValueType::unknown) {
    const bool duration = left.type() == ValueType::duration || right.type() == ValueType::duration;
    context_
        .report(kinds::wrong_type, place,
                {{"place", std::string(what)},
                 {"expected", "two values of one type"},
                 {"found", a(left.type()) + " and " + a(right.type())},
                 {"help", duration ? "`days(x)`, `hours(x)` … make a number of a duration" : "convert one of them"}})
        .also_at(left.range(), a(left.type()))
        .also_at(right.range(), a(right.type()));
    return false;
  }
  convert(left, type);
  convert(right, type);
  return numeric(type) ? common_unit(left, right, place).has_value() : true;
}

}  // namespace mlw::semantics
