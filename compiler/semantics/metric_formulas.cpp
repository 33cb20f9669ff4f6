#include "compiler/semantics/metric_formulas.h"

#include <algorithm>
#include <array>
#include <map>

namespace mlw::semantics {
namespace {

FormulaPointer number_column(std::string name) { return make_column(std::move(name), ValueType::number); }

FormulaPointer is_class(const char* column, double index) {
  return make_formula(Operation::equal, ValueType::flag, {number_column(column), make_constant(index)});
}

/// The weight of the rows whose truth and decision are these.
FormulaPointer confusion_count(double truth, double prediction) {
  return make_formula(Operation::sum_of, ValueType::number,
                      {make_formula(Operation::select, ValueType::number,
                                    {make_formula(Operation::logical_and, ValueType::flag,
                                                  {is_class("truth", truth), is_class("prediction", prediction)}),
                                     number_column("weight"), make_constant(0.0)})});
}

const std::map<std::string, FormulaPointer, std::less<>>& confusion_counts() {
  static const std::map<std::string, FormulaPointer, std::less<>> counts = {
      {"true_positives", confusion_count(1, 1)},
      {"true_negatives", confusion_count(0, 0)},
      {"false_positives", confusion_count(0, 1)},
      {"false_negatives", confusion_count(1, 0)},
  };
  return counts;
}

FormulaPointer relocate(const FormulaPointer& formula, SourceRange range,
                        std::map<const Formula*, FormulaPointer>& done) {
  FormulaPointer& result = done[formula.get()];
  if (result) return result;
  auto copy = std::make_shared<Formula>(*formula);
  copy->range = range;
  for (FormulaPointer& argument : copy->arguments) argument = relocate(argument, range, done);
  return done[formula.get()] = copy;
}

bool is_constant(const Formula& formula) {
  if (formula.operation == Operation::column || formula.operation >= Operation::sum_of) return false;
  return std::all_of(formula.arguments.begin(), formula.arguments.end(),
                     [](const FormulaPointer& argument) { return is_constant(*argument); });
}

/// Whether a formula has one value a row, made of this row alone.
bool is_row_formula(const Formula& formula) {
  if (formula.operation >= Operation::sum_of) return false;
  return std::all_of(formula.arguments.begin(), formula.arguments.end(),
                     [](const FormulaPointer& argument) { return is_row_formula(*argument); });
}

bool is_row_sum(const Formula& formula) {
  return (formula.operation == Operation::sum_of && is_row_formula(*formula.arguments[0])) ||
         formula.operation == Operation::count_of;
}

}  // namespace

FormulaPointer quantity_formula(std::string_view name) {
  auto count = confusion_counts().find(name);
  return count == confusion_counts().end() ? number_column(std::string(name)) : count->second;
}

std::string_view quantity_name(const Formula& formula) {
  if (formula.operation == Operation::column) return formula.column;
  if (formula.operation != Operation::sum_of) return {};
  const std::string text = to_text(formula);
  for (const auto& [name, count] : confusion_counts())
    if (to_text(*count) == text) return name;
  return {};
}

FormulaPointer relocated(const FormulaPointer& formula, SourceRange range) {
  std::map<const Formula*, FormulaPointer> done;
  return relocate(formula, range, done);
}

bool reads_scores(const Formula& formula) {
  const std::vector<std::string> columns = columns_of(formula);
  return std::any_of(columns.begin(), columns.end(),
                     [](const std::string& name) { return name == "score" || name == "probability_of_truth"; });
}

bool is_additive(const Formula& formula) {
  const auto& arguments = formula.arguments;
  switch (formula.operation) {
    case Operation::sum_of:
    case Operation::mean_of:
      return is_row_formula(*arguments[0]);
    case Operation::count_of:
      return true;
    case Operation::negate:
      return is_additive(*arguments[0]);
    case Operation::add:
    case Operation::subtract:
      return is_additive(*arguments[0]) && is_additive(*arguments[1]);
    case Operation::multiply:
      return (is_constant(*arguments[0]) && is_additive(*arguments[1])) ||
             (is_constant(*arguments[1]) && is_additive(*arguments[0]));
    case Operation::divide:
      return is_additive(*arguments[0]) && (is_constant(*arguments[1]) || is_row_sum(*arguments[1]));
    default:
      return false;
  }
}

}  // namespace mlw::semantics
