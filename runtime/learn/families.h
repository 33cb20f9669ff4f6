#pragma once

#include "runtime/learn/learner.h"

/// The families of models that there are, one function each; `find_learner` looks through them.
namespace mlw {

const Learner& linear_learner();
const Learner& network_learner();

}  // namespace mlw
