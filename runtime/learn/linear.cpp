#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "runtime/learn/families.h"
#include "runtime/learn/linear_path.h"

namespace mlw {
namespace {

/// Targets of a regression are fitted with mean 0 and deviation 1, so that l1 and l2 mean the same in any unit and
/// float32 sums stay exact.
struct TargetScale {
  double mean = 0, deviation = 1;
};

TargetScale standardize_targets(LinearDesign& design) {
  TargetScale scale;
  double sum = 0, squares = 0;
  const auto rows = static_cast<size_t>(design.rows);
  for (size_t i = 0; i < rows; ++i) sum += static_cast<double>(design.weights[i]) * design.targets[i];
  scale.mean = sum / design.weight_sum;
  for (size_t i = 0; i < rows; ++i)
    squares += design.weights[i] * (design.targets[i] - scale.mean) * (design.targets[i] - scale.mean);
  scale.deviation = std::sqrt(squares / design.weight_sum);
  if (!(scale.deviation > 0)) scale.deviation = 1;
  for (size_t i = 0; i < rows; ++i)
    design.targets[i] = static_cast<float>((design.targets[i] - scale.mean) / scale.deviation);
  return scale;
}

LayeredModel make_model(const LinearSolution& solution, int columns, int outputs, const TargetScale& scale) {
  DenseLayer layer;
  layer.inputs = columns - 1;
  layer.outputs = outputs;
  for (int j = 0; j < outputs; ++j) {
    for (int k = 0; k < layer.inputs; ++k)
      layer.weights.push_back(
          static_cast<float>(solution.coefficients[static_cast<size_t>(k * outputs + j)] * scale.deviation));
    layer.bias.push_back(static_cast<float>(
        solution.coefficients[static_cast<size_t>((columns - 1) * outputs + j)] * scale.deviation + scale.mean));
  }
  return {{std::move(layer)}};
}

/// Least squares, logistic and softmax regression by the kind of task.
class Linear final : public Learner {
 public:
  std::string_view family() const override { return "linear"; }

  FittedModel fit(const Space& settings, const FitRequest& request) const override {
    LinearDesign design = make_design(*request.training);
    FittedModel fitted;
    TargetScale scale;
    LinearLoss loss = LinearLoss::squared;
    int outputs = 1;
    switch (request.task) {
      case TaskKind::binary:
        loss = LinearLoss::logistic;
        fitted.link = Link::logistic;
        break;
      case TaskKind::multiclass:
        loss = LinearLoss::softmax;
        fitted.link = Link::softmax;
        outputs = request.classes;
        break;
      default:
        scale = standardize_targets(design);
    }
    const LinearKernels kernels(loss, design.columns, outputs, *request.generator);
    const LinearPenalty penalty{settings.number("l2", 0), settings.number("l1", 0)};
    LinearOptions options;
    options.cancelled = request.cancelled;
    const LinearSolution solution = fit_linear_path(kernels, design, {&penalty, 1}, options).front();
    if (!solution.converged)
      fitted.notes.push_back(
          fmt::format("stopped after {} iterations with the optimality conditions met to {:.1e} (wanted: {:.1e})",
                      solution.iterations, solution.violation, options.tolerance));
    fitted.model = make_model(solution, design.columns, outputs, scale);
    fitted.training_loss = solution.loss * scale.deviation * scale.deviation;
    return fitted;
  }
};

}  // namespace

const Learner& linear_learner() {
  static const Linear learner;
  return learner;
}

}  // namespace mlw
