#include "compiler/semantics/write_formula.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <stdexcept>

#include "compiler/kernel/canonical_text.h"
#include "compiler/semantics/metric_formulas.h"
#include "compiler/semantics/ordinals.h"
#include "compiler/syntax/syntax.h"

namespace mlw::semantics {
namespace {

using syntax::BinaryOperator;
using syntax::ExpressionPointer;

template <typename Node>
ExpressionPointer expression_of(Node node) {
  auto expression = std::make_unique<syntax::Expression>();
  expression->node = std::move(node);
  return expression;
}

ExpressionPointer reference_to(const std::string& name) {
  syntax::Reference reference;
  reference.name.parts.push_back({name, {}, written_name(name) != name});
  return expression_of(std::move(reference));
}

ExpressionPointer negated(ExpressionPointer operand) {
  return expression_of(syntax::Unary{syntax::UnaryOperator::negate, std::move(operand)});
}

/// Numbers are written so that they are read as numbers and not as integers; metrics know no integers.
ExpressionPointer number_expression(double value, const std::string& unit, bool judged) {
  const double size = std::abs(value);
  syntax::NumberLiteral literal;
  literal.digits = judged ? fmt::format("{}", size) : number_text(size);
  literal.value = size;
  literal.unit = unit;
  ExpressionPointer expression = expression_of(std::move(literal));
  return std::signbit(value) ? negated(std::move(expression)) : std::move(expression);
}

ExpressionPointer duration_expression(int64_t microseconds) {
  struct Unit {
    int64_t size;
    const char* name;
  };
  constexpr std::array<Unit, 7> units = {{{86'400'000'000, "days"},
                                          {3'600'000'000, "h"},
                                          {60'000'000, "min"},
                                          {1'000'000, "s"},
                                          {1'000, "ms"},
                                          {1, "us"},
                                          {1, "us"}}};
  size_t i = 0;
  while (i + 1 < units.size() && microseconds % units[i].size != 0) ++i;
  syntax::NumberLiteral literal;
  literal.digits = std::to_string(std::abs(microseconds / units[i].size));
  literal.unit = units[i].name;
  ExpressionPointer expression = expression_of(std::move(literal));
  return microseconds < 0 ? negated(std::move(expression)) : std::move(expression);
}

/// Civil from days: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
ExpressionPointer date_expression(int64_t microseconds) {
  constexpr int64_t a_day = 86'400'000'000;
  const int64_t days = microseconds / a_day - (microseconds % a_day < 0 ? 1 : 0);
  const int64_t within = microseconds - days * a_day;
  const int64_t z = days + 719'468, era = (z >= 0 ? z : z - 146'096) / 146'097, of_era = z - era * 146'097;
  const int64_t year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const int64_t day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153, day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  const int64_t seconds = within / 1'000'000, fraction = within % 1'000'000;
  if (within != 0) text += fmt::format("T{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0 || fraction != 0) text += fmt::format(":{:02}", seconds % 60);
  if (fraction != 0) text += fmt::format(".{:06}", fraction);
  return expression_of(syntax::DateLiteral{text, microseconds});
}

ExpressionPointer constant_expression(const Formula& formula, bool judged) {
  if (const auto* number = std::get_if<double>(&formula.value)) return number_expression(*number, formula.unit, judged);
  if (const auto* flag = std::get_if<bool>(&formula.value)) return expression_of(syntax::FlagLiteral{*flag});
  if (const auto* text = std::get_if<std::string>(&formula.value))
    return expression_of(syntax::TextLiteral{*text, false});
  const int64_t value = std::get<int64_t>(formula.value);
  if (formula.type == ValueType::duration) return duration_expression(value);
  if (formula.type == ValueType::date) return date_expression(value);
  syntax::NumberLiteral literal;
  literal.digits = std::to_string(std::abs(value));
  literal.integer = true;
  literal.unit = formula.unit;
  ExpressionPointer expression = expression_of(std::move(literal));
  return value < 0 ? negated(std::move(expression)) : std::move(expression);
}

const std::map<Operation, BinaryOperator>& operators() {
  static const std::map<Operation, BinaryOperator> map = {
      {Operation::add, BinaryOperator::add},
      {Operation::subtract, BinaryOperator::subtract},
      {Operation::multiply, BinaryOperator::multiply},
      {Operation::divide, BinaryOperator::divide},
      {Operation::power, BinaryOperator::power},
      {Operation::equal, BinaryOperator::equal},
      {Operation::not_equal, BinaryOperator::not_equal},
      {Operation::less, BinaryOperator::less},
      {Operation::less_equal, BinaryOperator::less_equal},
      {Operation::greater, BinaryOperator::greater},
      {Operation::greater_equal, BinaryOperator::greater_equal},
      {Operation::logical_and, BinaryOperator::logical_and},
      {Operation::logical_or, BinaryOperator::logical_or},
  };
  return map;
}

/// The function of the language that makes an operation; `min` and `max` make two each.
const std::string& function_of(Operation operation) {
  static const std::map<std::string_view, std::string> names = [] {
    std::map<std::string_view, std::string> map;
    for (const auto& [function_name, function] : vocabulary::words().functions) {
      if (!function.operation.empty()) map.emplace(function.operation, function_name);
      if (!function.statistic.empty()) map.emplace(function.statistic, function_name);
    }
    return map;
  }();
  auto found = names.find(name(operation));
  if (found == names.end()) throw std::logic_error("no function makes " + std::string(name(operation)));
  return found->second;
}

class Writer {
 public:
  explicit Writer(bool judged) : judged_(judged) {}

  ExpressionPointer write(const Formula& formula) const {
    if (judged_)
      if (const std::string_view quantity = quantity_name(formula); !quantity.empty())
        return reference_to(std::string(quantity));
    switch (formula.operation) {
      case Operation::constant:
        return constant_expression(formula, judged_);
      case Operation::missing:
        return expression_of(syntax::MissingLiteral{});
      case Operation::column:
        return reference_to(formula.column);
      case Operation::negate:
        return negated(write(*formula.arguments[0]));
      case Operation::logical_not:
        return expression_of(syntax::Unary{syntax::UnaryOperator::logical_not, write(*formula.arguments[0])});
      case Operation::select:
        return expression_of(syntax::Conditional{write(*formula.arguments[0]), write(*formula.arguments[1]),
                                                 write(*formula.arguments[2])});
      case Operation::in:
        return membership(formula);
      default:
        break;
    }
    const auto sign = operators().find(formula.operation);
    if (sign != operators().end() && formula.arguments[0]->type == ValueType::integer)
      if (ExpressionPointer comparison = ordered_comparison(formula, sign->second)) return comparison;
    if (sign != operators().end())
      return expression_of(
          syntax::Binary{sign->second, write(*formula.arguments[0]), write(*formula.arguments[1]), {}});
    syntax::Call call;
    call.callee.parts.push_back({function_of(formula.operation), {}, false});
    for (const FormulaPointer& argument : formula.arguments) call.arguments.push_back({std::nullopt, write(*argument)});
    return expression_of(std::move(call));
  }

 private:
  ExpressionPointer membership(const Formula& formula) const {
    syntax::List list;
    for (size_t i = 1; i < formula.arguments.size(); ++i) list.elements.push_back(write(*formula.arguments[i]));
    return expression_of(
        syntax::Binary{BinaryOperator::in, write(*formula.arguments[0]), expression_of(std::move(list)), {}});
  }

  /// A comparison of places in an order, as it was written; null when it is none.
  ExpressionPointer ordered_comparison(const Formula& formula, BinaryOperator sign) const {
    const Formula &left = *formula.arguments[0], &right = *formula.arguments[1];
    const std::optional<OrderedPlace> first = ordered_place(left), second = ordered_place(right);
    if (!first && !second) return nullptr;
    const auto side = [&](const Formula& one, const std::optional<OrderedPlace>& place) {
      if (place) return write(*place->category);
      if (one.operation != Operation::constant) return write(one);
      const std::vector<std::string>& order = first ? first->order : second->order;
      const auto index = static_cast<size_t>(std::get<int64_t>(one.value));
      return expression_of(syntax::TextLiteral{order.at(index), false});
    };
    return expression_of(syntax::Binary{sign, side(left, first), side(right, second), {}});
  }

  bool judged_;
};

/// Digits of a value in some unit, as few as read back to the same base value; empty when no digits do.
std::string digits_of(double base_value, const vocabulary::Unit& unit) {
  const double value = base_value * unit.per / unit.times;
  for (int precision = 1; precision <= 17; ++precision) {
    const std::string text = fmt::format("{:.{}g}", value, precision);
    if (text.find('e') != std::string::npos) continue;
    if (unit.to_base(std::strtod(text.c_str(), nullptr)) == base_value) return text;
  }
  return {};
}

}  // namespace

ExpressionPointer formula_expression(const Formula& formula, bool judged) { return Writer(judged).write(formula); }

std::string formula_text(const Formula& formula, bool judged) {
  return syntax::print(*formula_expression(formula, judged));
}

std::string value_text(double base_value, std::string_view dimension) {
  if (dimension.empty()) return fmt::format("{}", base_value);
  std::string best;
  double best_size = 0;
  for (const auto& [unit_name, unit] : vocabulary::words().units) {
    // One spelling a unit; weeks are written as days.
    if (unit.dimension != dimension || unit_name == "day" || unit_name.starts_with("hour") ||
        unit_name.starts_with("week"))
      continue;
    const std::string digits = digits_of(base_value, unit);
    if (digits.empty()) continue;
    const std::string text = digits + (digits == "1" && unit_name == "days" ? "day" : unit_name);
    // Whole numbers of the largest unit first, then whatever is shortest.
    const double size = digits.find('.') == std::string::npos ? unit.to_base(1) : 0;
    if (best.empty() || size > best_size || (size == 0 && best_size == 0 && text.size() < best.size())) {
      best = text;
      best_size = size;
    }
  }
  if (!best.empty()) return best;
  for (const auto& [unit_name, unit] : vocabulary::words().units)
    if (unit.dimension == dimension && unit.times == 1 && unit.per == 1)
      return fmt::format("{}{}", base_value, unit_name);
  return fmt::format("{}%", base_value * 100);
}

std::string text_literal(std::string_view text) {
  const ExpressionPointer literal = expression_of(syntax::TextLiteral{std::string(text), false});
  return syntax::print(*literal);
}

}  // namespace mlw::semantics
