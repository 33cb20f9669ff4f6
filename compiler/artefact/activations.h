#pragma once

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/expression.h"

namespace mlw {

/// The activation of x (float32) as an expression; the one definition that training and predictors share.
/// relu: x > 0 ? x : 0. gelu: (x / 2) (1 + erf(x / √2)). tanh and sigmoid are the elementary functions.
kernel::Expression activate(Activation activation, kernel::Expression x);

}  // namespace mlw
