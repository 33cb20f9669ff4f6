#pragma once

#include <optional>
#include <vector>

#include "runtime/evaluate/metrics.h"
#include "runtime/evaluate/sampling_units.h"

namespace mlw {

/// A metric near its value: value + the sum of the rows' influences, to first order. The basis of variances and paired
/// tests.
struct Linearised {
  enum class Form { share, ratio, sum, area } form = Form::ratio;
  double value = 0;
  std::vector<double> influence;  ///< of each row, on the scale of the metric; of a sum: the row's part of it
  /// Of a share, ratio or sum: weight times numerator and denominator of each row, before root, scale and offset.
  std::vector<double> numerator, denominator;
  RowRatio ratio;  ///< its vectors are empty: only root, scale and offset
};

/// A ratio of sums (or a sum) over rows of these weights; nothing when its denominator is. `decisions`: numerator and denominator can only count rows, so
/// that zeros and ones are a share (errors that happen to be 0 or 1 are none).
std::optional<Linearised> linearise_ratio(RowRatio ratio, const std::vector<double>& weight, bool decisions);

/// Nothing when the metric is none of these, or undefined on the rows.
std::optional<Linearised> linearise(const MetricProgram& program, const Judged& judged);

/// Whether folds are pooled: additive metrics, and all counts and costs. Others are averaged over the folds.
bool is_pooled(const MetricProgram& program, const Judged& judged);

/// The same on folds, pooled or their mean.
std::optional<Linearised> linearise_folds(const MetricProgram& program, const Judged& judged);

/// Variance of the value from the influences: by units, with their n / (n - 1).
double variance_of(const std::vector<double>& influence, const SamplingUnits& units);

/// Rows of each fold, in the order of the folds' numbers; all rows when there are none.
std::vector<std::vector<uint32_t>> rows_by_fold(const Judged& judged);

}  // namespace mlw
