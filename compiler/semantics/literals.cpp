#include <cmath>
#include <limits>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/formula_builder.h"

namespace mlw::semantics {
namespace {

/// Whole numbers up to here are exact in a double.
constexpr double largest_exact = 9'007'199'254'740'992.0;

}  // namespace

Value FormulaBuilder::number(const syntax::Expression& expression, const syntax::NumberLiteral& literal) {
  if (scope_ != Scope::judged && std::abs(literal.value) > std::numeric_limits<float>::max()) {
    context_.report(kinds::number_too_large, expression.range,
                    {{"number", literal.digits}, {"reason", "rows are computed in float32, which ends near 3.4e38"}});
    return unknown_value(expression.range);
  }
  if (!literal.unit.empty()) return literal_with_unit(expression, literal);
  const bool integer = literal.integer && scope_ != Scope::judged && std::abs(literal.value) <= largest_exact;
  const FormulaPointer constant =
      integer ? make_constant(static_cast<int64_t>(literal.value)) : make_constant(literal.value);
  return {placed(constant, expression.range)};
}

Value FormulaBuilder::literal_with_unit(const syntax::Expression& expression, const syntax::NumberLiteral& literal) {
  const vocabulary::Unit* unit = context_.words.unit(literal.unit);
  Value value{nullptr, literal.value, literal.unit};
  if (!unit) {
    if (!names_.has_unit(literal.unit) && !names_.open()) {
      std::vector<std::string> known;
      for (const auto& [name, one] : context_.words.units) known.push_back(name);
      Diagnostic& diagnostic = context_.report(kinds::unit_wrong, expression.range,
                                               {{"place", "an expression"},
                                                {"unit", literal.unit},
                                                {"help",
                                                 "no column has this unit, and the language does not know it; a number "
                                                 "without a unit takes the unit of what it meets"}});
      const std::string_view nearest = nearest_name(literal.unit, known);
      if (!nearest.empty()) diagnostic.help = "did you mean `" + literal.digits + std::string(nearest) + "`?";
      return unknown_value(expression.range);
    }
    value.formula = placed(make_constant(literal.value, literal.unit), expression.range);
    return value;
  }
  if (unit->dimension == "time" && scope_ != Scope::judged) {
    const double microseconds = unit->to_base(literal.value) * 1e6;
    if (std::abs(microseconds) > largest_exact) {
      context_.report(
          kinds::out_of_range, expression.range,
          {{"place", "a duration"}, {"range", "up to 285 years"}, {"value", "more"}, {"help", "write a shorter one"}});
      return unknown_value(expression.range);
    }
    value.formula =
        placed(make_constant(static_cast<int64_t>(std::llround(microseconds)), ValueType::duration), expression.range);
    return value;
  }
  value.formula = placed(make_constant(unit->to_base(literal.value)), expression.range);
  return value;
}

}  // namespace mlw::semantics
