#pragma once

#include "runtime/evaluate/intervals.h"

namespace mlw {

/// Whether one model is better than another on the same rows, beyond chance.
struct PairedTest {
  double difference = 0;     ///< first minus second in the better direction: above 0 the first is better
  double low = 0, high = 0;  ///< 95 %, two-sided; NaN when nothing can be said
  double p_value = 1;        ///< one-sided: of a difference so large if there were none
  std::string method;
  bool beats = false;  ///< p_value < 0.025
  int64_t rows = 0;
  bool rough = false;
};

/// The paired test of two judgements of the same rows (same identities, in the same order; both out of fold or
/// neither). By the metric: the exact sign test (McNemar 1947) of decisions that are only right or wrong, Student's
/// test of the rows' parts in means and ratios, DeLong's paired test of areas under ROC curves, else a paired
/// bootstrap. Groups, and blocks of time, are what is drawn or summed when there are any; a row that was judged in
/// several repeats is one unit. A metric that is undefined for either side beats nothing. Throws R484 when the rows
/// differ.
PairedTest compare(const MetricProgram& metric, const Judged& first, const Judged& second,
                   const IntervalOptions& options = {});

/// As the report shows it.
report::Comparison to_comparison(const Metric& metric, const PairedTest& test, const std::string& winner,
                                 const std::string& baseline);

}  // namespace mlw
