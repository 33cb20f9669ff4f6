#include "runtime/learn/baselines.h"

#include <algorithm>
#include <numeric>

#include "runtime/prepare/statistics.h"

namespace mlw {
namespace {

Observed sample_of(std::span<const float> targets, std::span<const float> weights) {
  return {{targets.begin(), targets.end()}, {weights.begin(), weights.end()}};
}

ConstantModel class_shares(TaskKind task, int classes, std::span<const float> targets, std::span<const float> weights) {
  std::vector<double> sums(static_cast<size_t>(classes), 0.0);
  for (size_t i = 0; i < targets.size(); ++i)
    sums[static_cast<size_t>(targets[i])] += weights.empty() ? 1.0 : weights[i];
  const double total = std::accumulate(sums.begin(), sums.end(), 0.0);
  ConstantModel model;
  // A binary program has one output: the probability of the positive class, which stands second.
  if (task == TaskKind::binary) return {{static_cast<float>(sums[1] / total)}};
  for (const double sum : sums) model.outputs.push_back(static_cast<float>(sum / total));
  return model;
}

}  // namespace

std::vector<BaselineModel> naive_baselines(TaskKind task, int classes, std::span<const float> targets,
                                           std::span<const float> weights) {
  if (task == TaskKind::regression) {
    const Observed sample = sample_of(targets, weights);
    return {{"baseline: mean", ConstantModel{{static_cast<float>(mean(sample))}}},
            {"baseline: median", ConstantModel{{static_cast<float>(quantile(sample, 0.5))}}}};
  }
  return {{"baseline: shares of the classes", class_shares(task, classes, targets, weights)}};
}

BaselineModel rule_baseline(FormulaPointer condition) { return {"baseline: rule", RuleModel{std::move(condition)}}; }

}  // namespace mlw
