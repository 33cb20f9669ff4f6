#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/evaluate/metrics.h"
#include "runtime/report/report_data.h"

/// How sure a number is. Which method is used follows from the metric and the rows:
///
/// - a share (numerator and denominator count rows): Wilson 1927, with the effective number of rows under weights,
/// groups and time;
/// - the area under the ROC curve: DeLong et al. 1988 in O(n log n) (Sun and Xu 2014), on the logit scale;
/// - another mean, ratio or sum over rows: studentised bootstrap (Hall 1988);
/// - anything else: BCa bootstrap (Efron 1987).
///
/// Rows are drawn alone, by group when there are groups (cluster bootstrap), else in blocks of neighbours in time when
/// there is a time (Carlstein 1986). Random numbers are counter-based: equal rows and seed give equal intervals.
namespace mlw {

struct Interval {
  double value = 0;
  double low = 0, high = 0;  ///< NaN when nothing can be said
  std::string method;
  bool rough = false;  ///< coverage is not claimed: under 200 rows, 50 of a class, 40 groups or blocks, or heavy tails
  bool descriptive = false;  ///< the spread over folds
};

struct IntervalOptions {
  uint64_t seed = 1;
  double confidence = 0.95;
  int resamples =
      2000;  ///< fewer with very many rows (then at least 200, and the normal approximation of the bootstrap)
};

/// The interval of a metric on rows that were judged by one model: a test part.
Interval interval_of(const MetricProgram& metric, const Judged& judged, const IntervalOptions& options = {});

/// The share of rows with a flag among the rows that count (both 0 or 1, one a row of the judgement): Wilson.
Interval interval_of_share(const std::vector<double>& flag, const std::vector<double>& counts, const Judged& judged,
                           const IntervalOptions& options = {});

/// A metric out of fold: pooled over the folds when it is additive, else the mean of the folds. The interval reaches
/// from the lowest to the highest fold and is descriptive (there is no unbiased estimate of the variance of
/// cross-validation); with one fold it is that of its rows, marked as rough.
struct OutOfFold {
  Interval interval;
  std::vector<double> folds;  ///< the value on each fold, in the order of their numbers; NaN where undefined
};
OutOfFold out_of_fold(const MetricProgram& metric, const Judged& judged, const IntervalOptions& options = {});

/// As the report shows it.
report::Score to_score(const Metric& metric, const Interval& interval);

/// Wilson's interval of a share (Wilson 1927). `rows`: effective number, need not be whole. `quantile`: 1.96 for 95 %.
struct Bounds {
  double low = 0, high = 0;
};
Bounds wilson(double share, double rows, double quantile);

}  // namespace mlw
