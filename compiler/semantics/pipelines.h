#pragma once

#include <string>

#include "compiler/plan/space.h"
#include "compiler/semantics/context.h"

namespace mlw::semantics {

/// Checks that each step of a preparation takes what the step before it gives and that numbers come out at the end.
/// `input`: "number", "category", "flag", "text", "date"; empty when it is not known: then nothing is checked.
void check_pipeline(const Space& pipeline, const std::string& input, Context& context);

}  // namespace mlw::semantics
