#include "compiler/codegen/predictor_formulas.h"

#include <llvm/IR/IRBuilder.h>

#include <algorithm>
#include <array>
#include <functional>

#include "compiler/codegen/expressions.h"
#include "compiler/diagnostics/kinds/code.h"
#include "compiler/kernel/lower_formula.h"

namespace mlw::codegen {
namespace {

/// How fields and constants are handed to formulas.
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

/// How a definition is: a number becomes a float32 when it is defined, unless it is no more than another name of a
/// column.
ElementType defined_element(const Formula& formula) {
  const bool narrows = formula.type == ValueType::number && formula.operation != Operation::column;
  return narrows ? ElementType::float32 : leaf_element(formula.type);
}

}  // namespace

/// What the columns of a formula stand for.
struct PredictorFormulas::Leaves {
  std::vector<ColumnKernel::Input> inputs;
  std::function<LiftedValue(size_t input)> value;
};

PredictorFormulas::PredictorFormulas(llvm::IRBuilderBase& builder, const PredictorPlan& plan, RecordFields& fields,
                                     llvm::Value* parameters, llvm::Value* room)
    : builder_(builder),
      plan_(plan),
      fields_(fields),
      parameters_(parameters),
      texts_(builder, plan, fields, parameters, room,
             [this](const FormulaPointer& condition) { return emit_condition(condition); }),
      failed_(builder.getFalse()) {}

llvm::Value* PredictorFormulas::failed() const { return builder_.CreateOr(failed_, texts_.out_of_room()); }

/// Emits value, validity and overflow of a formula in one piece, so that what they share is computed once.
LiftedValue PredictorFormulas::emit(const FormulaPointer& formula, ElementType element, int lanes,
                                    const Leaves& leaves) {
  kernel::FormulaLowering lowering(leaves.inputs, /*judged=*/false);
  const kernel::RowValue row = lowering.lower(formula, element);
  std::vector<LiftedValue> done(leaves.inputs.size());
  ExpressionEmitter emitter(builder_, lanes, [&](kernel::Expression leaf) {
    const auto input = static_cast<size_t>(leaf->index / 2);
    if (!done[input].value) done[input] = leaves.value(input);
    return leaf->index % 2 == 0 ? done[input].value : done[input].valid;
  });
  const LiftedValue result{emitter.emit_lanes(row.value), emitter.emit_lanes(row.valid)};
  llvm::Value* overflow = emitter.emit(row.overflow);
  if (overflow->getType()->isVectorTy()) overflow = builder_.CreateOrReduce(overflow);
  failed_ = builder_.CreateOr(failed_, overflow);
  return result;
}

/// One float64, or one a lane.
LiftedValue PredictorFormulas::constant(int64_t at, int lanes) {
  llvm::Type* type = builder_.getDoubleTy();
  if (lanes > 1) type = llvm::FixedVectorType::get(type, static_cast<unsigned>(lanes));
  llvm::Value* place = builder_.CreateConstGEP1_64(builder_.getInt8Ty(), parameters_, static_cast<uint64_t>(at));
  return {builder_.CreateAlignedLoad(type, place, llvm::Align(8)), nullptr};
}

/// A field, a definition or a text part by its name; each is emitted once.
LiftedValue PredictorFormulas::column(const std::string& name) {
  if (const auto found = done_.find(name); found != done_.end()) return found->second;
  LiftedValue value;
  for (size_t i = 0; i < plan_.field_names.size(); ++i)
    if (plan_.field_names[i] == name) value = fields_.values(std::array{static_cast<int>(i)});
  for (const PlannedDefinition& definition : plan_.definitions)
    if (definition.name == name) value = emit(definition.formula, defined_element(*definition.formula.formula));
  for (const TextPart& part : plan_.text_parts)
    if (part.name == name) value = texts_.part(*part.formula);
  if (!value.value) fail(kinds::code_generation_failed, {{"reason", "a formula reads an unknown column"}});
  return done_[name] = value;
}

LiftedValue PredictorFormulas::emit(const PlannedFormula& planned, ElementType element) {
  Leaves leaves;
  collect_inputs(*planned.formula, leaves.inputs);
  leaves.value = [&](size_t input) {
    const std::string& name = leaves.inputs[input].name;
    for (size_t k = 0; k < planned.constants.size(); ++k)
      if (name == constant_name(k)) return constant(planned.constants[k], 1);
    return column(name);
  };
  return emit(planned.formula, element, 1, leaves);
}

LiftedValue PredictorFormulas::emit(const PlannedFormula& planned) {
  return emit(planned, leaf_element(planned.formula->type));
}

LiftedValue PredictorFormulas::emit(const FeatureGroup& group) {
  if (group.fields.empty()) return emit(group.formula, ElementType::float32);
  Leaves leaves;
  collect_inputs(*group.formula.formula, leaves.inputs);
  leaves.value = [&](size_t input) {
    const std::string& name = leaves.inputs[input].name;
    for (size_t k = 0; k < group.fields.size(); ++k)
      if (name == field_name(k)) return fields_.values(group.fields[k]);
    for (size_t k = 0; k < group.formula.constants.size(); ++k)
      if (name == constant_name(k)) return constant(group.formula.constants[k], group.lanes);
    fail(kinds::code_generation_failed, {{"reason", "a feature reads an unknown column"}});
  };
  return emit(group.formula.formula, ElementType::float32, group.lanes, leaves);
}

/// A flag that a text depends on, with text parts of its own.
LiftedValue PredictorFormulas::emit_condition(const FormulaPointer& condition) {
  TextSeparator separator;
  const FormulaPointer arithmetic = separator.separate(condition);
  Leaves leaves;
  collect_inputs(*arithmetic, leaves.inputs);
  leaves.value = [&](size_t input) {
    const std::string& name = leaves.inputs[input].name;
    for (const TextPart& part : separator.parts())
      if (part.name == name) return texts_.part(*part.formula);
    return column(name);
  };
  return emit(arithmetic, ElementType::flag, 1, leaves);
}

void PredictorFormulas::collect_inputs(const Formula& formula, std::vector<ColumnKernel::Input>& inputs) const {
  if (formula.operation == Operation::column) {
    const bool known =
        std::any_of(inputs.begin(), inputs.end(), [&](const auto& input) { return input.name == formula.column; });
    if (known) return;
    ElementType element = leaf_element(formula.type);
    for (const PlannedDefinition& definition : plan_.definitions)
      if (definition.name == formula.column) element = defined_element(*definition.formula.formula);
    inputs.push_back({formula.column, element, !is_constant_name(formula.column)});
  }
  for (const FormulaPointer& argument : formula.arguments) collect_inputs(*argument, inputs);
}

}  // namespace mlw::codegen
