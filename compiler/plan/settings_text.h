#pragma once

#include <string>

#include "compiler/plan/space.h"

namespace mlw {

/// Fixed settings as they would stand in a workflow: `linear(l2: 0.0013, l1: 0)`.
std::string settings_text(const Space& space);

}  // namespace mlw
