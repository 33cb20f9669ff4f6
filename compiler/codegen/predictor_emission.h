#pragma once

#include <string>

#include "compiler/codegen/predictor_plan.h"

namespace llvm {
class Function;
class Module;
}  // namespace llvm

namespace mlw::codegen {

/// Emits the function of a predictor into a module:
///
///   i32 name(parameters, fields, missing, scores, decision, scratch)      // see CompiledPredictor
///     a field is malformed -> malformed
///     not in the population -> outside_population
///     features; an overflow -> malformed; one without a value -> missing_value
///     model; link -> scores; not finite -> malformed
///     decision; a category never seen -> unseen_category, else ok
llvm::Function* emit_predictor(llvm::Module& module, const PredictorPlan& plan, const std::string& name);

}  // namespace mlw::codegen
