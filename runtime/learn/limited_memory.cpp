#include "runtime/learn/limited_memory.h"

#include <Eigen/Dense>
#include <cmath>
#include <deque>

#include "compiler/diagnostics/kinds/search.h"

namespace mlw {
namespace {

using Vector = Eigen::VectorXd;
constexpr size_t memory = 10;

struct Correction {
  Vector step, change;  ///< of the coefficients, of the smooth gradient
  double curvature;     ///< step · change
};

struct Point {
  Vector w, gradient;  ///< gradient of the smooth part: mean loss and l2
  double loss = 0, objective = 0;
};

class Minimiser {
 public:
  Minimiser(const LinearKernels& kernels, const LinearDesign& design, const LinearPenalty& penalty,
            const LinearOptions& options)
      : kernels_(kernels),
        design_(design),
        penalty_(penalty),
        options_(options),
        penalised_(kernels.size() - kernels.outputs()) {}

  LinearSolution run(const std::vector<double>& start) {
    Point point = evaluate(Eigen::Map<const Vector>(start.data(), static_cast<Eigen::Index>(start.size())));
    LinearSolution solution;
    solution.penalty = penalty_;
    while (violation(point) > options_.tolerance && solution.iterations < options_.max_iterations) {
      if (options_.cancelled && options_.cancelled()) fail(kinds::interrupted);
      ++solution.iterations;
      if (!advance(point)) break;
    }
    solution.coefficients.assign(point.w.data(), point.w.data() + point.w.size());
    solution.loss = point.loss;
    solution.violation = violation(point);
    solution.converged = solution.violation <= options_.tolerance;
    return solution;
  }

 private:
  Point evaluate(Vector w) const {
    Point point{std::move(w), Vector(kernels_.size()), 0, 0};
    point.loss = kernels_.gradient(design_, {point.w.data(), static_cast<size_t>(point.w.size())},
                                   {point.gradient.data(), static_cast<size_t>(point.gradient.size())});
    point.gradient.head(penalised_) += penalty_.l2 * point.w.head(penalised_);
    point.objective = point.loss + 0.5 * penalty_.l2 * point.w.head(penalised_).squaredNorm() +
                      penalty_.l1 * point.w.head(penalised_).lpNorm<1>();
    return point;
  }

  /// The subgradient of least length: its negative is the steepest descent.
  Vector pseudo_gradient(const Point& point) const {
    Vector out = point.gradient;
    for (Eigen::Index i = 0; i < penalised_; ++i) {
      if (point.w[i] > 0) {
        out[i] += penalty_.l1;
      } else if (point.w[i] < 0) {
        out[i] -= penalty_.l1;
      } else {
        out[i] = out[i] > penalty_.l1 ? out[i] - penalty_.l1 : out[i] < -penalty_.l1 ? out[i] + penalty_.l1 : 0;
      }
    }
    return out;
  }

  double violation(const Point& point) const { return pseudo_gradient(point).lpNorm<Eigen::Infinity>(); }

  /// Two-loop recursion (Nocedal and Wright 2006, algorithm 7.4).
  Vector direction(const Vector& gradient) const {
    Vector q = -gradient;
    std::vector<double> alpha(corrections_.size());
    for (size_t i = corrections_.size(); i-- > 0;) {
      alpha[i] = corrections_[i].step.dot(q) / corrections_[i].curvature;
      q -= alpha[i] * corrections_[i].change;
    }
    if (!corrections_.empty()) q *= corrections_.back().curvature / corrections_.back().change.squaredNorm();
    for (size_t i = 0; i < corrections_.size(); ++i) {
      const double beta = corrections_[i].change.dot(q) / corrections_[i].curvature;
      q += (alpha[i] - beta) * corrections_[i].step;
    }
    return q;
  }

  bool advance(Point& point) {
    const Vector steepest = pseudo_gradient(point);
    Vector d = direction(steepest);
    if (penalty_.l1 > 0)
      for (Eigen::Index i = 0; i < penalised_; ++i)
        if (d[i] * steepest[i] >= 0) d[i] = 0;
    double slope = steepest.dot(d);
    if (!(slope < 0)) {
      corrections_.clear();
      d = -steepest;
      slope = -steepest.squaredNorm();
    }
    double length = corrections_.empty() ? 1 / std::max(1.0, steepest.norm()) : 1.0;
    for (int halving = 0; halving < 30; ++halving, length /= 2) {
      Point next = evaluate(projected(point, steepest, point.w + length * d));
      if (!std::isfinite(next.objective) || next.objective > point.objective + 1e-4 * steepest.dot(next.w - point.w))
        continue;
      Correction correction{next.w - point.w, next.gradient - point.gradient, 0};
      correction.curvature = correction.step.dot(correction.change);
      if (correction.curvature > 1e-12 * correction.change.squaredNorm()) corrections_.push_back(std::move(correction));
      if (corrections_.size() > memory) corrections_.pop_front();
      point = std::move(next);
      return true;
    }
    return false;
  }

  /// A coefficient that would change its sign becomes 0.
  Vector projected(const Point& point, const Vector& steepest, Vector w) const {
    if (penalty_.l1 == 0) return w;
    for (Eigen::Index i = 0; i < penalised_; ++i) {
      const double sign = point.w[i] != 0 ? point.w[i] : -steepest[i];
      if (w[i] * sign <= 0) w[i] = 0;
    }
    return w;
  }

  const LinearKernels& kernels_;
  const LinearDesign& design_;
  LinearPenalty penalty_;
  const LinearOptions& options_;
  Eigen::Index penalised_;
  std::deque<Correction> corrections_;
};

}  // namespace

LinearSolution minimise_limited_memory(const LinearKernels& kernels, const LinearDesign& design,
                                       const LinearPenalty& penalty, const LinearOptions& options,
                                       const std::vector<double>& start) {
  return Minimiser(kernels, design, penalty, options).run(start);
}

}  // namespace mlw
