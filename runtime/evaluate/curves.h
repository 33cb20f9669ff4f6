#pragma once

#include "compiler/plan/workflow.h"
#include "runtime/evaluate/metrics.h"
#include "runtime/report/report_data.h"

/// What pictures of a judgement are made of.
namespace mlw {

/// [truth][prediction], weighted.
std::vector<std::vector<double>> confusion_matrix(const Judged& judged);

/// x: share of negatives decided positive, y: share of positives decided positive, from (0, 0) to (1, 1), falling
/// thresholds. At most `most` points; those are left out that move the curve least. Empty without rows of both classes.
std::vector<report::Point> roc_curve(const Judged& judged, int most = 200);
/// x: recall, y: precision. Empty without a positive row.
std::vector<report::Point> precision_recall_curve(const Judged& judged, int most = 200);

/// Bins of about equal weight in the score: mean score, share of positives with Wilson's interval. Fewer bins when
/// scores repeat.
std::vector<report::CalibrationBin> calibration(const Judged& judged, int bins = 10);

/// x: predicted, y: truth - predicted; at most `most` rows, chosen by their identity, the largest residuals among them.
std::vector<report::Point> residuals(const Judged& judged, int most = 1000);
/// Equal bins between the extremes; their number follows Freedman and Diaconis 1981, at most 60.
std::vector<report::Bin> histogram(std::vector<double> values);

/// The rows with the largest loss, the worst first: minus the logarithm of the true class's probability, or the
/// absolute error. Rows decided rightly are left out.
struct WorstRow {
  uint32_t row = 0;  ///< of the judgement
  double loss = 0;
};
std::vector<WorstRow> worst_rows(const Judged& judged, int most = 20);

/// All that fits the task, but for the failures' texts, which the caller adds from the data: `failures` has truth,
/// prediction, score and loss; `worst` says which rows they are.
report::Diagnosis diagnose(const Judged& judged, const std::string& rows, std::vector<WorstRow>* worst = nullptr);

/// What the people who use a binary model are told: `expect { volume every prevalence say }`. `metrics`: those that
/// `say` may name beside missed, false_alarms and caught; sums over rows are scaled to the volume, others are told as
/// they are. Intervals as in intervals.h.
std::vector<report::Outcome> outcomes(const Expectation& expectation, const Judged& judged,
                                      const std::vector<const MetricProgram*>& metrics, uint64_t seed);

/// The judgement with weights under which the positive class has this share of all weight.
Judged at_prevalence(Judged judged, double prevalence);

}  // namespace mlw
