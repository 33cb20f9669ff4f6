#pragma once

#include <vector>

#include "runtime/learn/linear_path.h"

namespace mlw {

/// OWL-QN (Andrew and Gao 2007, "Scalable training of L1-regularized log-linear models"): L-BFGS with a memory of ten
/// steps that keeps to one orthant a step; without l1 it is L-BFGS. For models with too many coefficients for second
/// derivatives.
LinearSolution minimise_limited_memory(const LinearKernels& kernels, const LinearDesign& design,
                                       const LinearPenalty& penalty, const LinearOptions& options,
                                       const std::vector<double>& start);

}  // namespace mlw
