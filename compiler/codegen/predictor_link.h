#pragma once

#include "compiler/codegen/predictor_plan.h"

namespace llvm {
class IRBuilderBase;
class Value;
}  // namespace llvm

/// From a model's raw outputs to scores and a decision.
namespace mlw::codegen {

/// scores[0 … outputs) = link(raw). logistic: the elementary function sigmoid. softmax: e_i = exp(raw_i - the
/// greatest), divided by their sum; the sum has the tree of dense layers (16 lanes). `raw` has room for padded(outputs)
/// floats and is overwritten.
void emit_link(llvm::IRBuilderBase& builder, const PredictorPlan& plan, llvm::Value* raw, llvm::Value* scores);

/// The class with the greatest score (the first of equal ones), or 1 where the probability reaches the threshold; 0 for
/// a regression (i32).
llvm::Value* emit_decision(llvm::IRBuilderBase& builder, const PredictorPlan& plan, llvm::Value* scores,
                           llvm::Value* parameters);

/// Whether one of `count` floats in memory is infinite or not a number (i1).
llvm::Value* not_finite(llvm::IRBuilderBase& builder, llvm::Value* floats, int count);

}  // namespace mlw::codegen
