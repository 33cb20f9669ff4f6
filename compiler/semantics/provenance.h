#pragma once

#include "compiler/semantics/analysis.h"

namespace mlw::semantics {

/// Information has a direction: nothing that reaches the model may come from the target (M202), from what is known too
/// late (M203) or from a protected column (M209).
void check_provenance(Analysis& analysis);

}  // namespace mlw::semantics
