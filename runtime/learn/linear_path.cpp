#include "runtime/learn/linear_path.h"

#include <Eigen/Dense>
#include <cmath>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/learn/limited_memory.h"

namespace mlw {
namespace {

constexpr int largest_newton_size = 1024;
/// A step that leaves more than this share of the violation was made with second derivatives that are too old.
constexpr double slow_progress = 0.4;

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

std::span<const double> view(const Vector& v) { return {v.data(), static_cast<size_t>(v.size())}; }
std::span<double> view(Vector& v) { return {v.data(), static_cast<size_t>(v.size())}; }

double soft_threshold(double value, double by) { return value > by ? value - by : value < -by ? value + by : 0.0; }

/// Newton steps with second derivatives that are renewed only when they no longer help.
class Newton {
 public:
  Newton(const LinearKernels& kernels, const LinearDesign& design, const LinearOptions& options)
      : kernels_(kernels),
        design_(design),
        options_(options),
        penalised_(kernels.size() - kernels.outputs()),
        w_(Vector::Zero(kernels.size())),
        g_(kernels.size()) {
    loss_ = kernels_.gradient(design_, view(w_), view(g_));
  }

  LinearSolution solve(const LinearPenalty& penalty) {
    LinearSolution solution;
    solution.penalty = penalty;
    double violation = violation_of(penalty);
    bool fresh = false;
    while (violation > options_.tolerance && solution.iterations < options_.max_iterations) {
      if (options_.cancelled && options_.cancelled()) fail(kinds::interrupted);
      if (curvature_.size() == 0) fresh = renew();
      ++solution.iterations;
      const bool moved = step(penalty);
      const double now = violation_of(penalty);
      if (!moved || now > slow_progress * violation) {
        if (fresh && !moved) break;  // no descent along a true Newton direction: as exact as float32 sums allow
        fresh = renew();
      } else {
        fresh = false;
      }
      violation = now;
    }
    solution.coefficients.assign(w_.data(), w_.data() + w_.size());
    solution.loss = loss_;
    solution.violation = violation;
    solution.converged = violation <= options_.tolerance;
    return solution;
  }

 private:
  double violation_of(const LinearPenalty& penalty) const {
    return optimality_violation(view(w_), view(g_), penalty, kernels_.outputs());
  }

  double objective(const Vector& w, double loss, const LinearPenalty& penalty) const {
    return loss + 0.5 * penalty.l2 * w.head(penalised_).squaredNorm() + penalty.l1 * w.head(penalised_).lpNorm<1>();
  }

  bool renew() {
    std::vector<double> values;
    kernels_.curvature(design_, view(w_), values);
    curvature_ = Eigen::Map<const Matrix>(values.data(), w_.size(), w_.size());
    // Softmax without a penalty, and equal columns, leave directions without curvature.
    curvature_.diagonal().array() += 1e-9 * (curvature_.diagonal().mean() + 1e-12);
    factor_l2_ = -1;
    return true;
  }

  /// The minimum of the quadratic model without l1.
  Vector smooth_direction(const LinearPenalty& penalty) {
    if (factor_l2_ != penalty.l2) {
      Matrix system = curvature_;
      system.diagonal().head(penalised_).array() += penalty.l2;
      factor_.compute(system);
      factor_l2_ = penalty.l2;
    }
    Vector gradient = g_;
    gradient.head(penalised_) += penalty.l2 * w_.head(penalised_);
    return -factor_.solve(gradient);
  }

  /// The minimum of the quadratic model with l1, by coordinate descent with an active set.
  Vector sparse_direction(const LinearPenalty& penalty) const {
    const auto n = static_cast<int>(w_.size());
    Vector d = Vector::Zero(n), model_gradient = g_;  // gradient of the quadratic model at d
    model_gradient.head(penalised_) += penalty.l2 * w_.head(penalised_);
    const auto update = [&](int j) {
      const double own = curvature_(j, j) + (j < penalised_ ? penalty.l2 : 0);
      const double at = w_[j] + d[j];
      const double target = j < penalised_ ? soft_threshold(own * at - model_gradient[j], penalty.l1) / own
                                           : at - model_gradient[j] / own;
      const double change = target - at;
      if (change == 0) return 0.0;
      d[j] += change;
      model_gradient += change * curvature_.col(j);
      if (j < penalised_) model_gradient[j] += change * penalty.l2;
      return std::fabs(change) * std::sqrt(own);
    };
    const double enough = 1e-2 * options_.tolerance;
    for (int sweep = 0; sweep < 1000; ++sweep) {
      double largest = 0;
      for (int j = 0; j < n; ++j) largest = std::max(largest, update(j));
      if (largest <= enough) break;
      for (int inner = 0; inner < 100 && largest > enough; ++inner) {
        largest = 0;
        for (int j = 0; j < n; ++j)
          if (j >= penalised_ || w_[j] + d[j] != 0) largest = std::max(largest, update(j));
      }
    }
    return d;
  }

  /// Goes along the direction as far as the objective falls enough (Armijo); whether there was such a point.
  bool step(const LinearPenalty& penalty) {
    const Vector direction = penalty.l1 > 0 ? sparse_direction(penalty) : smooth_direction(penalty);
    const double before = objective(w_, loss_, penalty), violation = violation_of(penalty);
    const double slope = g_.dot(direction) + penalty.l2 * w_.head(penalised_).dot(direction.head(penalised_)) +
                         penalty.l1 * ((w_ + direction).head(penalised_).lpNorm<1>() - w_.head(penalised_).lpNorm<1>());
    if (!(slope < 0)) return false;
    Vector gradient(w_.size());
    for (double length = 1; length > 1e-4; length /= 2) {
      const Vector candidate = w_ + length * direction;
      const double loss = kernels_.gradient(design_, view(candidate), view(gradient));
      const double after = objective(candidate, loss, penalty);
      // Near the minimum the fall of the objective is below the rounding of its sums; the gradient still tells which
      // point is nearer.
      const bool falls = after <= before + 1e-4 * length * slope;
      const bool nearer =
          optimality_violation(view(candidate), view(gradient), penalty, kernels_.outputs()) < 0.9 * violation;
      if (std::isfinite(after) && (falls || (length == 1 && nearer))) {
        w_ = candidate;
        g_ = gradient;
        loss_ = loss;
        return true;
      }
    }
    return false;
  }

  const LinearKernels& kernels_;
  const LinearDesign& design_;
  const LinearOptions& options_;
  Eigen::Index penalised_;
  Vector w_, g_;
  double loss_ = 0;
  Matrix curvature_;
  Eigen::LDLT<Matrix> factor_;
  double factor_l2_ = -1;
};

}  // namespace

double optimality_violation(std::span<const double> coefficients, std::span<const double> gradient,
                            const LinearPenalty& penalty, int outputs) {
  const size_t penalised = coefficients.size() - static_cast<size_t>(outputs);
  double largest = 0;
  for (size_t i = 0; i < coefficients.size(); ++i) {
    double slope = gradient[i];
    if (i < penalised) {
      slope += penalty.l2 * coefficients[i];
      if (coefficients[i] > 0) {
        slope += penalty.l1;
      } else if (coefficients[i] < 0) {
        slope -= penalty.l1;
      } else {
        slope = std::max(0.0, std::fabs(slope) - penalty.l1);
      }
    }
    largest = std::max(largest, std::fabs(slope));
  }
  return largest;
}

std::vector<LinearSolution> fit_linear_path(const LinearKernels& kernels, const LinearDesign& design,
                                            std::span<const LinearPenalty> penalties, const LinearOptions& options) {
  std::vector<LinearSolution> path;
  if (kernels.size() > largest_newton_size) {
    std::vector<double> start(static_cast<size_t>(kernels.size()), 0.0);
    for (const LinearPenalty& penalty : penalties) {
      path.push_back(minimise_limited_memory(kernels, design, penalty, options, start));
      start = path.back().coefficients;
    }
    return path;
  }
  Newton newton(kernels, design, options);
  for (const LinearPenalty& penalty : penalties) path.push_back(newton.solve(penalty));
  return path;
}

}  // namespace mlw
