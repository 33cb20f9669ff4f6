#pragma once

#include <optional>

#include "runtime/evaluate/metrics.h"

namespace mlw {

/// Fills in the decisions that follow from the scores. Binary: class 1 when the score is at least the threshold,
/// compared in float32 as the predictor program does. Several classes: the one of the highest score, the first of
/// equals; the threshold is not used. Regression: unchanged.
void decide(Judged& judged, double threshold);

/// Whether decisions, and so the threshold, matter to the metric.
bool reads_decisions(const Metric& metric);

/// The decision threshold that is best for an objective, chosen on rows that the scores' models did not learn from.
struct ThresholdChoice {
  double threshold = 0.5;           ///< chosen on all rows: for the final model
  std::vector<double> fold_values;  ///< what each fold chose from the others
  Judged decided;  ///< the rows with decisions by the threshold that the *other* folds chose: what an honest score is
                   ///< made of
};

/// Chooses among all thresholds between two neighbouring scores for means and ratios of sums; among at most 4,096 of
/// them for other metrics of the confusion matrix, 512 for the rest. Of several equally good ones it takes the middle
/// of the longest stretch. `out_of_fold`: binary, with scores and folds; rows of one fold alone are divided in five by
/// their identity (by group) for the honest decisions. Nothing when the objective does not read decisions, or is
/// undefined for every threshold.
std::optional<ThresholdChoice> choose_threshold(const MetricProgram& objective, const Judged& out_of_fold);

}  // namespace mlw
