#include "compiler/semantics/values.h"

namespace mlw::semantics {

FormulaPointer make_node(Operation operation, ValueType type, std::vector<FormulaPointer> arguments, std::string unit,
                         SourceRange range) {
  auto formula = std::make_shared<Formula>();
  formula->operation = operation;
  formula->type = type;
  formula->unit = std::move(unit);
  formula->arguments = std::move(arguments);
  formula->range = range;
  return formula;
}

FormulaPointer placed(const FormulaPointer& formula, SourceRange range) {
  auto copy = std::make_shared<Formula>(*formula);
  copy->range = range;
  return copy;
}

FormulaPointer with_type(const FormulaPointer& formula, ValueType type) {
  if (formula->type == type) return formula;
  auto copy = std::make_shared<Formula>(*formula);
  copy->type = type;
  return copy;
}

FormulaPointer as_number(const FormulaPointer& formula) {
  if (formula->type == ValueType::number || formula->type == ValueType::unknown) return formula;
  if (formula->operation == Operation::missing) return with_type(formula, ValueType::number);
  if (const auto* integer = std::get_if<int64_t>(&formula->value)) {
    auto copy = std::make_shared<Formula>(*formula);
    copy->type = ValueType::number;
    copy->value = static_cast<double>(*integer);
    return copy;
  }
  return make_node(Operation::to_number, ValueType::number, {formula}, formula->unit, formula->range);
}

Value unknown_value(SourceRange range) { return {make_node(Operation::missing, ValueType::unknown, {}, {}, range)}; }

std::string a(ValueType type) {
  const std::string word(name(type));
  return (type == ValueType::integer || type == ValueType::unknown ? "an " : "a ") + word;
}

}  // namespace mlw::semantics
