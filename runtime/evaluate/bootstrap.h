#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/evaluate/linearised.h"

namespace mlw {

/// A statistic under row multiplicities (how often each row was drawn); NaN when undefined. Called from several
/// threads.
using ResampledStatistic = std::function<double(std::span<const double> times)>;

struct BootstrapResult {
  double low = 0, high = 0;   ///< NaN when nothing can be said: hardly any resample is defined, or all are equal
  double not_above_zero = 1;  ///< one-sided p value of the statistic being above 0
  bool normal = false;        ///< the normal approximation was used: too few resamples for their tails
};

/// BCa intervals (Efron 1987): bias from the resamples, acceleration from a jackknife over at most 200 sets of units.
/// With fewer than 1,000 resamples: the value and the resamples' standard deviation.
BootstrapResult bootstrap_bca(const ResampledStatistic& statistic, const SamplingUnits& units, double confidence,
                              int resamples, uint64_t seed);

/// Studentised interval of a ratio of sums (or a sum) over rows, before root, scale and offset (Hall 1988). Bounded by
/// the rows' own extreme ratios.
BootstrapResult bootstrap_studentised(const Linearised& metric, const SamplingUnits& units, double confidence,
                                      int resamples, uint64_t seed);

/// A metric as a statistic of multiplicities: on all rows, or as the mean over folds. Multiplies the weights where that
/// is the same as drawing the rows (which is tried out), else draws rows. The program and the judgement must live as
/// long.
ResampledStatistic resampled_metric(const MetricProgram& program, const Judged& judged, const SamplingUnits& units);

/// How many resamples the rows allow in reasonable time: `wanted`, fewer from many rows on, at least 200.
int affordable_resamples(int wanted, int64_t rows);

}  // namespace mlw
