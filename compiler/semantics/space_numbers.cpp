#include <fmt/format.h>

#include <cmath>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/spaces.h"

/// Numbers in spaces: units, ranges, bounds.
namespace mlw::semantics {
namespace {

using Form = Space::Form;

/// The dimension that a slot demands; empty when numbers have none.
std::string_view dimension_of(const vocabulary::Slot& slot) {
  if (slot.takes("duration")) return "time";
  if (slot.takes("size")) return "size";
  if (slot.takes("share")) return "share";
  if (slot.takes("angle")) return "angle";
  return {};
}

bool whole_only(const vocabulary::Slot& slot) { return slot.takes("integer") && !slot.takes("number"); }

Space failed(const syntax::Expression& expression) {
  Space space;
  space.range = expression.range;
  return space;
}

}  // namespace

std::optional<double> SpaceReader::base_value(const syntax::Expression& expression,
                                              const syntax::NumberLiteral& literal, const vocabulary::Slot& slot,
                                              const std::string& place) {
  const std::string_view due = dimension_of(slot);
  const std::vector<std::string> units = due.empty() ? std::vector<std::string>{} : context_.words.units_of(due);
  if (literal.unit.empty()) {
    if (due.empty()) return literal.value;
    Diagnostic& diagnostic =
        context_.report(kinds::unit_due, expression.range, {{"place", place}, {"units", listed(units, 20)}});
    if (due == "share" && literal.value > 0 && literal.value < 1)
      diagnostic.suggest(expression.range, fmt::format("{}%", literal.value * 100));
    return std::nullopt;
  }
  const vocabulary::Unit* unit = context_.words.unit(literal.unit);
  const bool fits = unit && (unit->dimension == due || (due.empty() && unit->dimension == "share"));
  if (fits) return unit->to_base(literal.value);
  context_.report(kinds::unit_wrong, expression.range,
                  {{"place", place},
                   {"unit", literal.unit},
                   {"help", due.empty() ? "it takes a number without a unit" : "it takes " + listed(units, 20)}});
  return std::nullopt;
}

std::optional<double> SpaceReader::number(const syntax::Expression& expression, const vocabulary::Slot& slot,
                                          const std::string& place) {
  if (const auto* literal = std::get_if<syntax::NumberLiteral>(&expression.node))
    return base_value(expression, *literal, slot, place);
  const auto* unary = std::get_if<syntax::Unary>(&expression.node);
  if (unary && unary->op == syntax::UnaryOperator::negate) {
    const std::optional<double> value = number(*unary->operand, slot, place);
    return value ? std::optional(-*value) : std::nullopt;
  }
  vocabulary::Slot literal = slot;
  wrong(expression, literal, place);
  return std::nullopt;
}

bool SpaceReader::in_range(double value, const syntax::Expression& expression, const vocabulary::Slot& slot,
                           const std::string& place) {
  if (whole_only(slot) && (value != std::floor(value) || std::abs(value) > 9e15)) {
    context_.report(
        kinds::wrong_type, expression.range,
        {{"place", place}, {"expected", "a whole number"}, {"found", fmt::format("{}", value)}, {"help", ""}});
    return false;
  }
  if (slot.range.contains(value)) return true;
  context_.report(kinds::out_of_range, expression.range,
                  {{"place", place},
                   {"range", slot.range.text()},
                   {"value", fmt::format("{}", value)},
                   {"help", slot.help.empty() ? "" : "`" + slot.name + "`: " + slot.help}});
  return false;
}

Space SpaceReader::read_number(const syntax::Expression& expression, const vocabulary::Slot& slot,
                               const std::string& place) {
  const std::optional<double> value = number(expression, slot, place);
  if (!value || !in_range(*value, expression, slot, place)) return failed(expression);
  Space space;
  space.form = whole_only(slot) ? Form::integer : Form::number;
  space.value = *value;
  space.range = expression.range;
  return space;
}

Space SpaceReader::read_range(const syntax::Expression& expression, const syntax::Range& range,
                              const vocabulary::Slot& slot, const std::string& place) {
  const bool interval = slot.takes("interval");
  const bool numeric = slot.takes("number") || slot.takes("integer") || !dimension_of(slot).empty();
  if (!interval && !numeric) return wrong(expression, slot, place);
  if (!interval && !slot.space) return no_space(expression, place);
  // Ends that are wrong in the same way are one mistake.
  const std::optional<double> low = number(*range.low, slot, place);
  if (!low) return failed(expression);
  const std::optional<double> high = number(*range.high, slot, place);
  if (!high) return failed(expression);
  const std::optional<double> step = range.step ? number(*range.step, slot, place) : 0;
  if (!step) return failed(expression);
  if (!in_range(*low, *range.low, slot, place) || !in_range(*high, *range.high, slot, place)) return failed(expression);
  const bool backwards = *low > *high;
  if (backwards || (range.log && *low <= 0) || (range.step && *step <= 0) ||
      (interval && *low == *high && slot.range.unbounded())) {
    context_.report(kinds::empty_range, expression.range,
                    {{"reason", backwards   ? "its first value is above its second"
                                : range.log ? "a logarithmic range cannot begin at 0 or below"
                                            : "its step must be above 0"}});
    return failed(expression);
  }
  Space space;
  space.form = interval ? Form::interval : Form::range;
  space.low = *low;
  space.high = *high;
  space.step = *step;
  space.log = range.log;
  space.whole = !interval && whole_only(slot);
  space.range = expression.range;
  if (space.whole && space.step != std::floor(space.step)) {
    wrong(*range.step, slot, place);
    return failed(expression);
  }
  return space;
}

}  // namespace mlw::semantics
