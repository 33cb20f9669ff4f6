#include "compiler/artefact/verify_formula.h"

#include <unordered_set>

namespace mlw {
namespace {

using enum ValueType;

bool is_number(ValueType type) { return type == number || type == integer; }
bool is_text(ValueType type) { return type == category || type == text; }
bool is_time(ValueType type) { return type == date || type == duration; }

/// Whether two values may be compared or stand in for each other.
bool alike(ValueType a, ValueType b) { return a == b || (is_number(a) && is_number(b)) || (is_text(a) && is_text(b)); }

ValueType argument(const Formula& formula, size_t i) { return formula.arguments[i]->type; }

bool all_are(const Formula& formula, bool (*is)(ValueType)) {
  for (const FormulaPointer& part : formula.arguments)
    if (!is(part->type)) return false;
  return true;
}

bool all_alike(const Formula& formula, size_t from) {
  for (size_t i = from; i < formula.arguments.size(); ++i)
    if (!alike(argument(formula, from), argument(formula, i))) return false;
  return true;
}

bool constant_fits(const Formula& formula) {
  switch (formula.type) {
    case number:
      return std::holds_alternative<double>(formula.value);
    case integer:
    case date:
    case duration:
      return std::holds_alternative<int64_t>(formula.value);
    case flag:
      return std::holds_alternative<bool>(formula.value);
    case category:
    case text:
      return std::holds_alternative<std::string>(formula.value);
    case unknown:
      return false;
  }
  return false;
}

/// Sums, differences, products, quotients: numbers among themselves, and times as far as they mean something.
bool arithmetic_fits(const Formula& formula) {
  ValueType a = argument(formula, 0), b = argument(formula, 1), result = formula.type;
  if (is_number(a) && is_number(b)) return is_number(result) && (result == number || (a == integer && b == integer));
  switch (formula.operation) {
    case Operation::add:
      return (result == date && ((a == date && b == duration) || (a == duration && b == date))) ||
             (result == duration && a == duration && b == duration);
    case Operation::subtract:
      return (result == duration && a == b && is_time(a)) || (result == date && a == date && b == duration);
    case Operation::multiply:
      return result == duration && ((a == duration && is_number(b)) || (is_number(a) && b == duration));
    case Operation::divide:
      return (result == number && a == duration && b == duration) ||
             (result == duration && a == duration && is_number(b));
    case Operation::modulo:
      return result == duration && a == duration && b == duration;
    default:
      return false;
  }
}

bool position_fits(const Formula& formula) {
  if (formula.type != integer || !is_text(argument(formula, 0))) return false;
  for (size_t i = 1; i < formula.arguments.size(); ++i)
    if (formula.arguments[i]->operation != Operation::constant || !is_text(argument(formula, i))) return false;
  return true;
}

/// Whether the types of a node's arguments and its own agree.
bool types_fit(const Formula& formula) {
  ValueType result = formula.type;
  switch (formula.operation) {
    case Operation::constant:
      return constant_fits(formula);
    case Operation::missing:
      return result != unknown;
    case Operation::column:
      return result != unknown;
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::modulo:
      return arithmetic_fits(formula);
    case Operation::power:
      return all_are(formula, is_number) && is_number(result);
    case Operation::negate:
    case Operation::absolute:
      return (is_number(result) || result == duration) && alike(result, argument(formula, 0));
    case Operation::sign:
    case Operation::floor:
    case Operation::ceil:
    case Operation::round:
      return all_are(formula, is_number) && is_number(result);
    case Operation::minimum:
    case Operation::maximum:
      return (is_number(result) || is_time(result)) && all_alike(formula, 0) && alike(result, argument(formula, 0));
    case Operation::equal:
    case Operation::not_equal:
    case Operation::in:
      return result == flag && all_alike(formula, 0);
    case Operation::less:
    case Operation::less_equal:
    case Operation::greater:
    case Operation::greater_equal:
      return result == flag && all_alike(formula, 0) &&
             (is_number(argument(formula, 0)) || is_time(argument(formula, 0)));
    case Operation::logical_and:
    case Operation::logical_or:
    case Operation::logical_not:
      return result == flag && all_are(formula, [](ValueType type) { return type == flag; });
    case Operation::select:
      return argument(formula, 0) == flag && all_alike(formula, 1) && alike(result, argument(formula, 1));
    case Operation::coalesce:
      return all_alike(formula, 0) && alike(result, argument(formula, 0));
    case Operation::is_missing:
      return result == flag;
    case Operation::exp:
    case Operation::exp2:
    case Operation::expm1:
    case Operation::log:
    case Operation::log2:
    case Operation::log10:
    case Operation::log1p:
    case Operation::sqrt:
    case Operation::sin:
    case Operation::cos:
    case Operation::tan:
    case Operation::asin:
    case Operation::acos:
    case Operation::atan:
    case Operation::atan2:
    case Operation::sinh:
    case Operation::cosh:
    case Operation::tanh:
    case Operation::erf:
    case Operation::sigmoid:
      return all_are(formula, is_number) && result == number;
    case Operation::to_number:
      return result == number && (is_number(argument(formula, 0)) || argument(formula, 0) == flag);
    case Operation::to_integer:
      return result == integer && (is_number(argument(formula, 0)) || argument(formula, 0) == flag);
    case Operation::length:
    case Operation::word_count:
      return all_are(formula, is_text) && result == integer;
    case Operation::lower:
    case Operation::upper:
    case Operation::trim:
    case Operation::concat:
      return all_are(formula, is_text) && is_text(result);
    case Operation::contains:
    case Operation::starts_with:
    case Operation::ends_with:
      return all_are(formula, is_text) && result == flag;
    case Operation::position:
      return position_fits(formula);
    case Operation::year:
    case Operation::month:
    case Operation::day:
    case Operation::hour:
    case Operation::minute:
    case Operation::second:
    case Operation::weekday:
    case Operation::day_of_year:
      return argument(formula, 0) == date && result == integer;
    case Operation::date_of:
      return argument(formula, 0) == date && result == date;
    case Operation::days:
    case Operation::hours:
    case Operation::minutes:
    case Operation::seconds:
      return argument(formula, 0) == duration && result == number;
    case Operation::sum_of:
    case Operation::mean_of:
    case Operation::count_of:
    case Operation::minimum_of:
    case Operation::maximum_of:
    case Operation::median_of:
    case Operation::quantile_of:
    case Operation::deviation_of:
    case Operation::sort_by:
    case Operation::rank:
    case Operation::cumulative_sum:
    case Operation::segment_sum:
    case Operation::last_of_run:
      return false;
  }
  return false;
}

class Verifier {
 public:
  explicit Verifier(const ColumnTypes& types) : types_(types) {}

  std::string fault(const Formula& formula) {
    if (!seen_.insert(&formula).second) return {};
    int due = arity(formula.operation);
    auto given = static_cast<int>(formula.arguments.size());
    if (due < 0 ? given == 0 : given != due) return "a wrong number of arguments: " + to_text(formula);
    for (const FormulaPointer& part : formula.arguments) {
      if (!part) return "an empty argument of " + std::string(name(formula.operation));
      if (std::string found = fault(*part); !found.empty()) return found;
    }
    if (!types_fit(formula)) return "types do not fit: " + to_text(formula);
    return formula.operation == Operation::column ? column_fault(formula) : std::string();
  }

 private:
  std::string column_fault(const Formula& formula) const {
    std::optional<ValueType> type = types_(formula.column);
    if (!type) return "there is no field or earlier definition `" + formula.column + "`";
    if (*type != formula.type && !(is_text(*type) && is_text(formula.type)))
      return "`" + formula.column + "` is read with another type than its own";
    return {};
  }

  const ColumnTypes& types_;
  std::unordered_set<const Formula*> seen_;
};

}  // namespace

std::string row_formula_fault(const Formula& formula, const ColumnTypes& types) {
  return Verifier(types).fault(formula);
}

}  // namespace mlw
