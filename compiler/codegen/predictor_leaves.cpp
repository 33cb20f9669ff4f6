#include "compiler/codegen/predictor_leaves.h"

#include <algorithm>
#include <array>

#include "compiler/kernel/lower_formula.h"

namespace mlw::codegen {
namespace {

class InputCollection {
 public:
  InputCollection(std::span<const PlannedDefinition> definitions, std::span<const PlannedConstant> constants)
      : definitions_(definitions), constants_(constants) {}

  void collect(const Formula& formula) {
    if (formula.operation == Operation::column) {
      const bool known = std::any_of(inputs.begin(), inputs.end(),
                                     [&](const ColumnKernel::Input& input) { return input.name == formula.column; });
      if (!known) inputs.push_back({formula.column, element(formula), !is_constant_name(formula.column)});
    }
    for (const FormulaPointer& argument : formula.arguments) collect(*argument);
  }

  std::vector<ColumnKernel::Input> inputs;

 private:
  ElementType element(const Formula& column) const {
    for (size_t k = 0; k < constants_.size(); ++k)
      if (column.column == constant_name(k)) return constants_[k].element;
    for (const PlannedDefinition& definition : definitions_)
      if (column.column == definition.name) return defined_element(*definition.formula.formula);
    return leaf_element(column.type);
  }

  std::span<const PlannedDefinition> definitions_;
  std::span<const PlannedConstant> constants_;
};

/// Whether whatever uses the value rounds it to float32 first, be it behind a choice.
bool is_rounded(kernel::Expression value, std::span<const kernel::Expression> roots) {
  if (std::find(roots.begin(), roots.end(), value) != roots.end()) return false;
  for (const kernel::Expression node : kernel::in_order(roots)) {
    const auto operands = node->arguments();
    if (std::find(operands.begin(), operands.end(), value) == operands.end()) continue;
    const bool rounds = node->op == kernel::Op::convert && node->type == kernel::Type::f32;
    if (!rounds && !(node->op == kernel::Op::select && is_rounded(node, roots))) return false;
  }
  return true;
}

}  // namespace

ElementType leaf_element(ValueType type) {
  switch (type) {
    case ValueType::number:
      return ElementType::float64;
    case ValueType::flag:
      return ElementType::flag;
    default:
      return ElementType::int64;
  }
}

ElementType defined_element(const Formula& formula) {
  const bool narrows = formula.type == ValueType::number && formula.operation != Operation::column;
  return narrows ? ElementType::float32 : leaf_element(formula.type);
}

std::vector<ColumnKernel::Input> inputs_of(const Formula& formula, std::span<const PlannedDefinition> definitions,
                                           std::span<const PlannedConstant> constants) {
  InputCollection collection(definitions, constants);
  collection.collect(formula);
  return collection.inputs;
}

std::vector<ElementType> constant_elements(const FormulaPointer& formula, ElementType element, size_t count,
                                           std::span<const PlannedDefinition> definitions) {
  std::vector<ElementType> elements(count, ElementType::float64);
  if (count == 0) return elements;
  const std::vector<PlannedConstant> wide(count);
  const std::vector<ColumnKernel::Input> inputs = inputs_of(*formula, definitions, wide);
  const kernel::RowValue row = kernel::FormulaLowering(inputs, /*judged=*/false).lower(formula, element);
  for (size_t k = 0; k < count; ++k)
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].name != constant_name(k)) continue;
      const kernel::Expression constant = kernel::argument(kernel::Type::f64, static_cast<int>(2 * i));
      if (is_rounded(constant, std::array{row.value, row.valid, row.overflow})) elements[k] = ElementType::float32;
    }
  return elements;
}

}  // namespace mlw::codegen
