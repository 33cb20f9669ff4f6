#include "runtime/evaluate/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/evaluate/bootstrap.h"
#include "runtime/evaluate/delong.h"
#include "runtime/evaluate/distributions.h"
#include "runtime/evaluate/linearised.h"
#include "runtime/evaluate/reductions.h"

namespace mlw {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string with_units(std::string method, const SamplingUnits& units) {
  switch (units.kind) {
    case SamplingUnits::Kind::groups:
      return method + ", by group";
    case SamplingUnits::Kind::blocks:
      return method + ", blocks of time";
    case SamplingUnits::Kind::repeats:
      return method + ", repeats of a row together";
    case SamplingUnits::Kind::rows:
      break;
  }
  return method;
}

/// The quantile that a standard error from so many units asks for.
double two_sided_quantile(const SamplingUnits& units, double confidence) {
  const double share = 0.5 + confidence / 2;
  if (units.kind == SamplingUnits::Kind::rows) return distributions::normal_quantile(share);
  return distributions::student_quantile(share, std::max(1, units.count - 1));
}

/// Square of the sum over the sum of squares: so many rows of equal weight are worth as much (Kish 1965).
double effective_number(const std::vector<double>& weight) {
  const double sum = judging::tree_sum(weight), squares = judging::tree_dot(weight, weight);
  return squares > 0 ? sum * sum / squares : 0;
}

void set_bounds(Interval& interval, double low, double high) {
  interval.low = low;
  interval.high = high;
}

/// Bounds of a ratio to bounds of the metric: root, scale, offset.
void set_ratio_bounds(Interval& interval, const RowRatio& ratio, double low, double high) {
  if (ratio.square_root) low = std::sqrt(std::max(0.0, low)), high = std::sqrt(std::max(0.0, high));
  low = ratio.offset + ratio.scale * low;
  high = ratio.offset + ratio.scale * high;
  if (low > high) std::swap(low, high);
  set_bounds(interval, low, high);
}

void share_interval(Interval& interval, const Linearised& metric, const SamplingUnits& units, double confidence) {
  const double share = judging::tree_sum(metric.numerator) / judging::tree_sum(metric.denominator);
  double rows = effective_number(metric.denominator);
  if (units.kind != SamplingUnits::Kind::rows) {
    // Between all rows of a unit being one row, and all being independent: what the variance between units says.
    const double least = effective_number(units.sums(metric.denominator));
    const double slope = metric.ratio.scale * metric.ratio.scale;
    const double variance = units.count > 1 ? variance_of(metric.influence, units) / slope : 0;
    const double told = variance > 0 ? share * (1 - share) / variance : least;
    rows = std::clamp(told, std::min(least, rows), rows);
  }
  const Bounds bounds = wilson(share, rows, two_sided_quantile(units, confidence));
  interval.method = with_units("Wilson", units);
  set_ratio_bounds(interval, metric.ratio, bounds.low, bounds.high);
}

void area_interval(Interval& interval, const Linearised& metric, const Judged& judged, const SamplingUnits& units,
                   double confidence) {
  const double area = metric.value, z = two_sided_quantile(units, confidence);
  const auto weight = weights_of(judged);
  if (area <= 0 || area >= 1) {
    // No pair is ranked wrongly (or all are): the data give no variance. The smaller class bounds what such a result
    // can mean.
    const auto found = area_under_curve(judged.truth, scores_of(judged), weight);
    const Bounds bounds = wilson(area, std::min(found.positives, found.negatives), z);
    interval.method = with_units("Wilson of the smaller class: all pairs agree", units);
    interval.rough = true;
    set_bounds(interval, bounds.low, bounds.high);
    return;
  }
  double variance = 0;
  if (units.kind == SamplingUnits::Kind::rows) {
    variance = delong_variance(area_under_curve(judged.truth, scores_of(judged), weight), judged.truth);
  } else {
    variance = units.count > 1 ? variance_of(metric.influence, units) : nan;
  }
  interval.method = with_units("DeLong, logit scale", units);
  if (!std::isfinite(variance)) return set_bounds(interval, nan, nan);
  const double error = std::sqrt(variance) / (area * (1 - area)), logit = distributions::log(area / (1 - area));
  const auto back = [](double x) { return 1 / (1 + distributions::exp(-std::clamp(x, -700.0, 700.0))); };
  set_bounds(interval, back(logit - z * error), back(logit + z * error));
}

void ratio_interval(Interval& interval, const Linearised& metric, const SamplingUnits& units,
                    const IntervalOptions& options) {
  const auto bounds = bootstrap_studentised(metric, units, options.confidence, options.resamples, options.seed);
  interval.method = with_units("studentised bootstrap", units);
  set_ratio_bounds(interval, metric.ratio, bounds.low, bounds.high);
}

void any_interval(Interval& interval, const MetricProgram& program, const Judged& judged, const SamplingUnits& units,
                  const IntervalOptions& options) {
  const auto statistic = resampled_metric(program, judged, units);
  const int resamples = affordable_resamples(options.resamples, judged.rows());
  const auto bounds = bootstrap_bca(statistic, units, options.confidence, resamples, options.seed);
  interval.method = with_units(bounds.normal ? "bootstrap, normal" : "BCa bootstrap", units);
  set_bounds(interval, bounds.low, bounds.high);
}

bool few_rows(const Judged& judged, const SamplingUnits& units) {
  if (judged.rows() < 200) return true;
  if (units.kind != SamplingUnits::Kind::rows && units.count < 40) return true;
  if (judged.task == TaskKind::regression) return false;
  std::vector<int64_t> rows(std::max<size_t>(judged.classes.size(), 2), 0);
  for (const double truth : judged.truth) {
    if (truth >= 0 && truth < static_cast<double>(rows.size())) ++rows[static_cast<size_t>(truth)];
  }
  return std::any_of(rows.begin(), rows.end(), [](int64_t count) { return count < 50; });
}

/// One unit makes a tenth or more of the variance.
bool heavy_tails(const std::vector<double>& influence, const SamplingUnits& units) {
  const auto sums = units.sums(influence);
  const double mean = judging::tree_sum(sums) / static_cast<double>(units.count);
  double all = 0, largest = 0;
  for (const double sum : sums) {
    const double square = (sum - mean) * (sum - mean);
    all += square;
    largest = std::max(largest, square);
  }
  return largest > 0.1 * all;
}

double undefined_spread(Interval& interval) {
  interval.rough = true;
  return interval.low = interval.high = nan;
}

}  // namespace

Bounds wilson(double share, double rows, double quantile) {
  if (!(rows > 0)) return {0, 1};
  const double square = quantile * quantile, middle = (share + square / (2 * rows)) / (1 + square / rows);
  const double half =
      quantile / (1 + square / rows) * std::sqrt(share * (1 - share) / rows + square / (4 * rows * rows));
  return {share <= 0 ? 0 : std::max(0.0, middle - half), share >= 1 ? 1 : std::min(1.0, middle + half)};
}

Interval interval_of(const MetricProgram& program, const Judged& judged, const IntervalOptions& options) {
  Interval interval;
  interval.value = MetricOnRows(program, judged).value();
  if (!std::isfinite(interval.value)) {
    interval.method = "undefined on these rows";
    undefined_spread(interval);
    return interval;
  }
  const SamplingUnits units = find_units(judged);
  interval.rough = few_rows(judged, units);
  Judged whole = judged;
  whole.fold.clear();
  const auto linearised = linearise(program, whole);
  if (!linearised) {
    any_interval(interval, program, whole, units, options);
  } else if (linearised->form == Linearised::Form::share) {
    share_interval(interval, *linearised, units, options.confidence);
  } else if (linearised->form == Linearised::Form::area) {
    area_interval(interval, *linearised, judged, units, options.confidence);
  } else {
    ratio_interval(interval, *linearised, units, options);
    interval.rough |= heavy_tails(linearised->influence, units);
  }
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) undefined_spread(interval);
  return interval;
}

Interval interval_of_share(const std::vector<double>& flag, const std::vector<double>& counts, const Judged& judged,
                           const IntervalOptions& options) {
  Interval interval;
  const SamplingUnits units = find_units(judged);
  interval.rough = few_rows(judged, units);
  RowRatio ratio;
  ratio.numerator = flag;
  ratio.denominator = counts;
  const auto share = linearise_ratio(std::move(ratio), weights_of(judged), true);
  if (!share) {
    interval.method = "undefined on these rows";
    interval.value = undefined_spread(interval);
    return interval;
  }
  interval.value = share->value;
  share_interval(interval, *share, units, options.confidence);
  return interval;
}

OutOfFold out_of_fold(const MetricProgram& program, const Judged& judged, const IntervalOptions& options) {
  OutOfFold result;
  const auto folds = rows_by_fold(judged);
  if (folds.size() <= 1) {
    result.interval = interval_of(program, judged, options);
    result.interval.rough = true;
    result.folds = {result.interval.value};
    return result;
  }
  const auto ratio = MetricOnRows(program, judged).ratio();
  const bool sum = ratio && ratio->denominator.empty();  // counts and costs grow with the rows
  const int repeats = repeats_of(judged);
  double mean = 0;
  for (const auto& rows : folds) {
    const Judged part = take_rows(judged, rows);
    double value = MetricOnRows(program, part).value();
    if (sum) value *= static_cast<double>(judged.rows()) / repeats / static_cast<double>(rows.size());
    result.folds.push_back(value);
    mean += value / static_cast<double>(folds.size());
  }
  Interval& interval = result.interval;
  interval.value = is_pooled(program, judged) ? MetricOnRows(program, judged).value() / (sum ? repeats : 1) : mean;
  interval.descriptive = true;
  interval.method = "lowest to highest fold";
  interval.low = interval.high = nan;
  for (const double value : result.folds) {
    if (std::isnan(value)) continue;
    interval.low = std::isnan(interval.low) ? value : std::min(interval.low, value);
    interval.high = std::isnan(interval.high) ? value : std::max(interval.high, value);
  }
  return result;
}

report::Score to_score(const Metric& metric, const Interval& interval) {
  report::Score score;
  score.metric = shown_name(metric);
  score.value = interval.value;
  score.low = interval.low;
  score.high = interval.high;
  score.method = interval.method;
  score.rough = interval.rough;
  score.descriptive = interval.descriptive;
  score.unit = metric.unit;
  score.maximize = metric.maximize;
  return score;
}

}  // namespace mlw
