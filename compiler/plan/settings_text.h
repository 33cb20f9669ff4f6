#pragma once

#include <string>

#include "compiler/plan/stage_graph.h"
#include "compiler/plan/workflow.h"

namespace mlw {

/// Fixed settings as they would stand in a workflow: `linear(l2: 0.0013, l1: 0)`.
std::string settings_text(const Space& space);

/// A trial's settings as its author would write them: what the workflow leaves to a default is left out, and an
/// argument that has no name there gets none: `network(dense(24) |> relu, batch: 64)`.
std::string settings_text(const Trial& trial, const Workflow& workflow);

}  // namespace mlw
