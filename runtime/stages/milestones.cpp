#include "runtime/stages/milestones.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/report/text.h"

namespace mlw {
namespace {

using report::Data;
using report::Milestone;

Milestone beats_baseline(const Data& data) {
  Milestone milestone{"beats the baseline", false, "there is no baseline to compare with"};
  if (!data.comparison) return milestone;
  const report::Comparison& c = *data.comparison;
  milestone.reached = c.beats;
  milestone.evidence =
      fmt::format("{} against {} on the same {} rows: {} differs by {:.4g} ({:.4g} to {:.4g}), {}", c.winner,
                  c.baseline, c.rows, c.metric, c.difference, c.low, c.high, report::p_value(c.p_value));
  return milestone;
}

/// How far the loss on the rows watched rises again while that on the training rows still falls: 0 when it does not.
double rise(const report::LearningCurve& curve) {
  const report::CurvePoint* best = nullptr;
  for (const report::CurvePoint& point : curve.points)
    if (std::isfinite(point.validation) && (best == nullptr || point.validation < best->validation)) best = &point;
  if (best == nullptr) return 0;
  const report::CurvePoint& last = curve.points.back();
  return last.training < best->training && std::isfinite(last.validation)
             ? std::max(0.0, last.validation - best->validation)
             : 0;
}

const report::LearningCurve* most_overfitted(const Data& data) {
  const report::LearningCurve* found = nullptr;
  for (const report::LearningCurve& curve : data.curves)
    if (rise(curve) > 0 && (found == nullptr || rise(curve) > rise(*found))) found = &curve;
  return found;
}

Milestone overfits(const Data& data) {
  Milestone milestone{"overfits", false, "no candidate was trained past the point where the rows watched got worse"};
  if (data.curves.empty())
    milestone.evidence = "no candidate is trained step by step: there is no learning curve to tell by";
  if (const report::LearningCurve* curve = most_overfitted(data)) {
    milestone.reached = true;
    milestone.evidence = fmt::format(
        "{}, fold {}: the {} on the rows watched rises by {:.3g} after its best while that on the training rows still "
        "falls",
        curve->candidate, curve->fold + 1, curve->loss, rise(*curve));
  }
  return milestone;
}

Milestone regularised(const Data& data) {
  Milestone milestone{"regularised", false, "there is no candidate that overfits to compare with"};
  const report::LearningCurve* curve = most_overfitted(data);
  if (curve == nullptr) return milestone;
  const auto named = [&](const auto& wanted) {
    return std::find_if(data.leaderboard.begin(), data.leaderboard.end(), wanted);
  };
  const auto winner = named([](const report::Candidate& candidate) { return candidate.winner; });
  const auto other = named([&](const report::Candidate& candidate) { return candidate.name == curve->candidate; });
  if (winner == data.leaderboard.end() || other == data.leaderboard.end()) return milestone;
  const double difference = (winner->objective.value - other->objective.value) * (winner->objective.maximize ? 1 : -1);
  milestone.reached = difference > 0 || winner == other;
  milestone.evidence =
      winner == other
          ? fmt::format("{} overfits when trained on, and early stopping gives back its best weights", winner->name)
          : fmt::format("{} has {} {:.4g}, the overfitting {} has {:.4g}", winner->name, winner->objective.metric,
                        winner->objective.value, other->name, other->objective.value);
  return milestone;
}

}  // namespace

std::vector<Milestone> milestones(const Data& data) {
  return {beats_baseline(data), overfits(data), regularised(data)};
}

}  // namespace mlw
