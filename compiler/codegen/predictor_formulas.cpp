#include "compiler/codegen/predictor_formulas.h"

#include <llvm/IR/IRBuilder.h>

#include <array>
#include <functional>

#include "compiler/codegen/expressions.h"
#include "compiler/codegen/predictor_leaves.h"
#include "compiler/diagnostics/kinds/code.h"
#include "compiler/kernel/lower_formula.h"

namespace mlw::codegen {
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

/// The value without the 0 that stands for a missing one: whoever reads it here looks at its validity, too.
kernel::Expression unguarded(const kernel::RowValue& row) {
  const bool guarded = row.value->op == kernel::Op::select && row.value->operands[0] == row.valid;
  return guarded ? row.value->operands[1] : row.value;
}

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
  const LiftedValue result{emitter.emit_lanes(unguarded(row)), emitter.emit_lanes(row.valid)};
  llvm::Value* overflow = emitter.emit(row.overflow);
  if (overflow->getType()->isVectorTy()) overflow = builder_.CreateOrReduce(overflow);
  failed_ = builder_.CreateOr(failed_, overflow);
  return result;
}

/// One value, or one a lane.
LiftedValue PredictorFormulas::constant(const PlannedConstant& planned, int lanes) {
  llvm::Type* type = llvm_type(builder_, kernel::element_type(planned.element), lanes);
  llvm::Value* place =
      builder_.CreateConstGEP1_64(builder_.getInt8Ty(), parameters_, static_cast<uint64_t>(planned.at));
  const auto alignment = static_cast<uint64_t>(lanes > 1 ? ParameterBlock::alignment : 8);
  return {builder_.CreateAlignedLoad(type, place, llvm::Align(alignment)), nullptr};
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
  Leaves leaves{inputs_of(*planned.formula, plan_.definitions, planned.constants), {}};
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
  Leaves leaves{inputs_of(*group.formula.formula, plan_.definitions, group.formula.constants), {}};
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
  Leaves leaves{inputs_of(*arithmetic, plan_.definitions, {}), {}};
  leaves.value = [&](size_t input) {
    const std::string& name = leaves.inputs[input].name;
    for (const TextPart& part : separator.parts())
      if (part.name == name) return texts_.part(*part.formula);
    return column(name);
  };
  return emit(arithmetic, ElementType::flag, 1, leaves);
}

}  // namespace mlw::codegen
