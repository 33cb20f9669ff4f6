#pragma once

#include <functional>
#include <span>
#include <vector>

#include "runtime/learn/linear_kernels.h"

namespace mlw {

/// Minimises  mean loss + l2 / 2 |w|² + l1 |w|₁  over the coefficients; the intercept (the last column) is not
/// penalised.
struct LinearPenalty {
  double l2 = 0, l1 = 0;
};

struct LinearSolution {
  LinearPenalty penalty;
  std::vector<double> coefficients;  ///< [columns × outputs], row-major
  double loss = 0;                   ///< mean loss without penalties
  double violation = 0;              ///< largest breach of the optimality conditions
  int iterations = 0;
  bool converged = false;
};

struct LinearOptions {
  double tolerance = 1e-5;          ///< on the largest breach of the optimality conditions
  int max_iterations = 200;         ///< passes over the rows for one penalty
  std::function<bool()> cancelled;  ///< asked before each pass; true ends the fit with a Failure
};

/// The solutions for several penalties, each started from the one before it: a path costs little more than one fit when
/// it goes from strong to weak.
///
/// Up to 1,024 coefficients: Newton's method, with the second derivatives of an earlier point for as long as they make
/// good steps (a chord method; each iteration is one pass over the rows), and coordinate descent on the quadratic model
/// where there is l1 (Friedman, Hastie, Tibshirani 2010, "Regularization paths for generalized linear models via
/// coordinate descent"; Lee, Sun, Saunders 2014 for the line search). Beyond that OWL-QN (Andrew and Gao 2007), which
/// is L-BFGS without l1.
std::vector<LinearSolution> fit_linear_path(const LinearKernels& kernels, const LinearDesign& design,
                                            std::span<const LinearPenalty> penalties, const LinearOptions& options);

/// The largest breach of the optimality conditions at `coefficients`, `gradient` being that of the mean loss.
double optimality_violation(std::span<const double> coefficients, std::span<const double> gradient,
                            const LinearPenalty& penalty, int outputs);

}  // namespace mlw
