#pragma once

#include <map>
#include <string>

#include "compiler/codegen/predictor_plan.h"
#include "compiler/codegen/record_fields.h"
#include "compiler/codegen/text_emitter.h"
#include "compiler/kernel/code_generator.h"

namespace mlw::codegen {

/// Emits the formulas of a predictor for the record at hand: the same lowering and the same emission as those of column
/// kernels, which is why a feature on a device has the bits of the feature in training.
class PredictorFormulas {
 public:
  PredictorFormulas(llvm::IRBuilderBase& builder, const PredictorPlan& plan, RecordFields& fields,
                    llvm::Value* parameters, llvm::Value* room);
  PredictorFormulas(const PredictorFormulas&) = delete;
  PredictorFormulas& operator=(const PredictorFormulas&) = delete;

  /// An integer (i64), flag (i1) or number (double).
  LiftedValue emit(const PlannedFormula& formula);
  /// The features of a group as float32, one a lane.
  LiftedValue emit(const FeatureGroup& group);
  llvm::Value* position(const TextValue& text, int64_t slot) { return texts_.position(text, slot); }
  /// Whether an integer overflowed or a text found no room, in anything that was emitted so far (i1).
  llvm::Value* failed() const;

 private:
  struct Leaves;
  LiftedValue emit(const FormulaPointer& formula, ElementType element, int lanes, const Leaves& leaves);
  LiftedValue emit(const PlannedFormula& planned, ElementType element);
  LiftedValue emit_condition(const FormulaPointer& condition);
  LiftedValue column(const std::string& name);
  LiftedValue constant(const PlannedConstant& planned, int lanes);

  llvm::IRBuilderBase& builder_;
  const PredictorPlan& plan_;
  RecordFields& fields_;
  llvm::Value* parameters_;
  TextEmitter texts_;
  llvm::Value* failed_;
  std::map<std::string, LiftedValue> done_;  ///< fields, definitions and text parts by name
};

}  // namespace mlw::codegen
