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

inline const Kind training_diverged{
    "R462",
    Severity::error,
    "training left the range of numbers in step {step}: {where}",
    "weights or losses that are not finite never become finite again",
    "lower `learning_rate`, standardize the inputs, or look for huge values in them",
    "Each step changes the weights along the gradient of the loss. When steps are too long, or inputs are huge, "
    "weights\n"
    "grow until a number overflows. Training ends there; a model with such weights is never kept."};

inline const Kind layer_not_built{
    "R463",
    Severity::error,
    "`{layer}` cannot stand {place} in a network",
    "",
    "write layers as `dense(units) |> activation`, with `dropout(rate)` between them",
    "A network is a row of `dense` layers, each followed by at most one activation (relu, tanh, sigmoid, gelu), and\n"
    "`dropout` anywhere between them. The last layer, which gives the answer, is added for the task.\n"
    "\n"
    "Wrong:  network(relu |> dense(16))\n"
    "Right:  network(dense(16) |> relu)"};

inline const Kind setting_not_built{"R464",
                                    Severity::error,
                                    "the network's {setting} cannot be `{value}`",
                                    "",
                                    "use one of: {known}",
                                    "Networks are trained with the optimizers `adam` and `sgd`, the losses "
                                    "`cross_entropy` (classes) and `squared_error`\n"
                                    "(numbers), and end by `patience(epochs)` or `never`."};

}  // namespace mlw::kinds
