#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// R46x: kernel graphs and what is trained with them.
namespace mlw::kinds {

inline const Kind graph_not_well_formed{
    "R460",
    Severity::error,
    "a kernel graph is not well-formed after {after}: {reason}",
    "this is a fault of mlwc itself, not of the workflow",
    "please report it with the workflow that shows it",
    "Losses, gradients and training steps are graphs of tensors that several passes rewrite. Each pass is checked; a\n"
    "graph that a pass left broken is refused before any number is computed with it."};

inline const Kind graph_not_differentiable{"R461",
                                           Severity::error,
                                           "the gradient of {what} is not defined: {reason}",
                                           "training follows the gradient of the loss",
                                           "use another loss or layer",
                                           "Every operation that training goes through must have a gradient. "
                                           "Positions, comparisons and rounding have none, or\n"
                                           "one that is zero everywhere."};

}  // namespace mlw::kinds
