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
    R"(Losses, gradients and training steps are graphs of tensors that several passes rewrite. Each pass is checked; a graph that
a pass left broken is refused before any number is computed with it.

With:   after = fuse
        reason = term 4 reads term 9)"};

inline const Kind graph_not_differentiable{
    "R461",
    Severity::error,
    "the gradient of {what} is not defined: {reason}",
    "training follows the gradient of the loss",
    "use another loss or layer",
    R"(Every operation that training goes through must have a gradient. Positions, comparisons and rounding have none, or one
that is zero everywhere.

With:   what = the loss
        reason = it rounds its input)"};

inline const Kind training_diverged{
    "R462",
    Severity::error,
    "training left the range of numbers in step {step}: {where}",
    "weights or losses that are not finite never become finite again",
    "lower `learning_rate`, standardize the inputs, or look for huge values in them",
    R"(Each step changes the weights along the gradient of the loss. When steps are too long, or inputs are huge, weights grow
until a number overflows. Training ends there; a model with such weights is never kept, and the trial counts as failed.

With:   step = 12
        where = the loss is not finite)"};

inline const Kind layer_not_built{
    "R463",
    Severity::error,
    "`{layer}` cannot stand {place} in a network",
    "",
    "write layers as `dense(units) |> activation`, with `dropout(rate)` between them",
    R"(A network is a row of `dense` layers, each followed by at most one activation (relu, tanh, sigmoid, gelu), and `dropout`
anywhere between them. The last layer, which gives the answer, is added for the task.

With:   layer = relu
        place = at the beginning)"};

inline const Kind setting_not_built{
    "R464",
    Severity::error,
    "the network's {setting} cannot be `{value}`",
    "",
    "use one of: {known}",
    R"(Networks are trained with the optimizers `adam` and `sgd`, the losses `cross_entropy` (classes) and `squared_error`
(numbers), and end by `patience(epochs)` or `never`. Anything else would have to be trained in another way than the file
says.

With:   setting = loss
        value = focal
        known = `cross_entropy`, `squared_error`)"};

}  // namespace mlw::kinds
