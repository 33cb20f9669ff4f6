#include "runtime/evaluate/bootstrap.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "runtime/evaluate/distributions.h"
#include "runtime/evaluate/reductions.h"

namespace mlw {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

BootstrapResult nothing() { return {nan, nan, 1, false}; }

/// The value below which a share of the sorted ones lies: order statistic (n + 1) * share, interpolated.
double quantile_of_sorted(const std::vector<double>& sorted, double share) {
  const auto size = static_cast<double>(sorted.size());
  const double place = std::clamp((size + 1) * share - 1, 0.0, size - 1);
  const auto below = static_cast<size_t>(place);
  const double low = sorted[below], high = sorted[std::min(below + 1, sorted.size() - 1)];
  return low == high ? low : low + (place - static_cast<double>(below)) * (high - low);
}

std::vector<double> times_of_rows(const SamplingUnits& units, const std::vector<double>& times) {
  std::vector<double> rows(units.of.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = times[units.of[i]];
  return rows;
}

/// Efron's acceleration: skewness of the values that leave out one set of units each.
double acceleration(const ResampledStatistic& statistic, const SamplingUnits& units, uint64_t seed) {
  const SamplingUnits sets = join_units(units, 200, seed);
  const int32_t count = std::min(sets.count, 200);
  std::vector<double> values(static_cast<size_t>(count), nan);
  tbb::parallel_for(0, count, [&](int32_t left_out) {
    std::vector<double> times(sets.of.size());
    for (size_t i = 0; i < times.size(); ++i) times[i] = sets.of[i] % count == left_out ? 0 : 1;
    values[left_out] = statistic(times);
  });
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.size() < 3) return 0;
  const double mean = judging::tree_sum(values) / static_cast<double>(values.size());
  double squares = 0, cubes = 0;
  for (const double value : values) {
    const double difference = mean - value;
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  return squares > 0 ? cubes / (6 * squares * std::sqrt(squares)) : 0;
}

double normal_at(double share) { return distributions::normal_quantile(share); }

struct Resamples {
  std::vector<double> values;  // sorted, defined ones
  bool usable = false;
};

Resamples run_resamples(const ResampledStatistic& statistic, const SamplingUnits& units, int resamples, uint64_t seed) {
  const UnitDraws draws(seed, units.count);
  Resamples result;
  result.values.assign(static_cast<size_t>(resamples), nan);
  tbb::parallel_for(0, resamples, [&](int number) {
    result.values[number] = statistic(times_of_rows(units, draws.times(static_cast<uint64_t>(number))));
  });
  std::erase_if(result.values, [](double value) { return !std::isfinite(value); });
  std::sort(result.values.begin(), result.values.end());
  result.usable =
      static_cast<double>(result.values.size()) > 0.9 * resamples && result.values.front() < result.values.back();
  return result;
}

/// Value and standard deviation of the resamples.
BootstrapResult normal_interval(const Resamples& resamples, double value, double confidence) {
  const auto count = static_cast<double>(resamples.values.size());
  const double mean = judging::tree_sum(resamples.values) / count;
  auto squares = resamples.values;
  for (double& square : squares) square = (square - mean) * (square - mean);
  const double error = std::sqrt(judging::tree_sum(squares) / (count - 1)), z = normal_at(0.5 + confidence / 2);
  return {value - z * error, value + z * error, distributions::normal(-value / error), true};
}

/// The sums over a resample that a studentised ratio needs.
struct RatioSums {
  double a = 0, b = 0, aa = 0, ab = 0, bb = 0;
};

}  // namespace

int affordable_resamples(int wanted, int64_t rows) {
  const auto affordable = static_cast<int>(std::min<int64_t>(40'000'000 / std::max<int64_t>(1, rows), 1'000'000));
  return std::max(std::min(wanted, 200), std::min(wanted, affordable));
}

BootstrapResult bootstrap_bca(const ResampledStatistic& statistic, const SamplingUnits& units, double confidence,
                              int resamples, uint64_t seed) {
  if (units.count < 2) return nothing();
  const double value = statistic(std::vector<double>(units.of.size(), 1.0));
  if (!std::isfinite(value)) return nothing();
  const Resamples drawn = run_resamples(statistic, units, resamples, seed);
  if (!drawn.usable) return nothing();
  if (resamples < 1000) return normal_interval(drawn, value, confidence);
  const auto& values = drawn.values;
  const auto count = static_cast<double>(values.size());
  const auto share_below = [&](double bound) {
    const auto below = std::lower_bound(values.begin(), values.end(), bound) - values.begin();
    const auto up_to = std::upper_bound(values.begin(), values.end(), bound) - values.begin();
    return std::clamp(0.5 * static_cast<double>(below + up_to), 0.5, count - 0.5) / count;
  };
  const double bias = normal_at(share_below(value)), skew = acceleration(statistic, units, seed);
  const auto corrected = [&](double z) { return distributions::normal(bias + (bias + z) / (1 - skew * (bias + z))); };
  BootstrapResult result;
  result.low = quantile_of_sorted(values, corrected(normal_at(0.5 - confidence / 2)));
  result.high = quantile_of_sorted(values, corrected(normal_at(0.5 + confidence / 2)));
  // The level at which the lower bound would be 0: the correction turned round.
  const double distance = normal_at(share_below(0)) - bias;
  result.not_above_zero = distributions::normal(distance / (1 + skew * distance) - bias);
  return result;
}

BootstrapResult bootstrap_studentised(const Linearised& metric, const SamplingUnits& all_units, double confidence,
                                      int resamples, uint64_t seed) {
  const SamplingUnits units = join_units(all_units, 10000, seed);
  if (units.count < 2) return nothing();
  const bool sum = metric.form == Linearised::Form::sum;
  const auto count = static_cast<double>(units.count);
  auto a = units.sums(metric.numerator);
  const auto b = sum ? std::vector<double>(a.size(), 1.0)
                     : units.sums(metric.denominator);  // a sum is its number of units times a mean
  const double below = judging::tree_sum(b), value = judging::tree_sum(a) / below;
  for (size_t unit = 0; unit < a.size(); ++unit) a[unit] -= value * b[unit];
  const double error = std::sqrt(judging::tree_dot(a, a) * count / (count - 1)) / below;
  if (!(error > 0)) return nothing();

  const UnitDraws draws(seed, units.count);
  std::vector<double> studentised(static_cast<size_t>(resamples));
  tbb::parallel_for(0, resamples, [&](int number) {
    RatioSums s;
    draws.each(static_cast<uint64_t>(number), [&](int32_t unit) {
      const double x = a[unit], y = b[unit];
      s.a += x, s.b += y, s.aa += x * x, s.ab += x * y, s.bb += y * y;
    });
    const double difference = s.a / s.b;  // the resample's ratio minus the value
    const double variance =
        (s.aa - 2 * difference * s.ab + difference * difference * s.bb) * count / (count - 1) / (s.b * s.b);
    const double infinite = std::numeric_limits<double>::infinity();
    studentised[number] = !(s.b > 0)        ? nan
                          : variance > 0    ? difference / std::sqrt(variance)
                          : difference == 0 ? 0
                                            : std::copysign(infinite, difference);
  });
  std::erase_if(studentised, [](double t) { return std::isnan(t); });
  if (static_cast<double>(studentised.size()) <= 0.9 * resamples) return nothing();
  std::sort(studentised.begin(), studentised.end());
  BootstrapResult result;
  result.low = value - error * quantile_of_sorted(studentised, 0.5 + confidence / 2);
  result.high = value - error * quantile_of_sorted(studentised, 0.5 - confidence / 2);
  if (sum) {
    result.low *= count;
    result.high *= count;
    const bool never_negative =
        std::all_of(metric.numerator.begin(), metric.numerator.end(), [](double x) { return x >= 0; });
    if (never_negative) result.low = std::max(result.low, 0.0);
  } else {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (size_t i = 0; i < metric.numerator.size(); ++i) {
      if (!(metric.denominator[i] > 0)) continue;
      least = std::min(least, metric.numerator[i] / metric.denominator[i]);
      most = std::max(most, metric.numerator[i] / metric.denominator[i]);
    }
    result.low = std::max(result.low, least);
    result.high = std::min(result.high, most);
  }
  if (!std::isfinite(result.low) || !std::isfinite(result.high)) return nothing();
  return result;
}

namespace {

/// A metric on the rows of one fold.
struct FoldMetric {
  std::vector<uint32_t> rows;
  Judged judged;
  std::unique_ptr<MetricOnRows> metric;

  double by_weight(std::span<const double> times) const {
    auto weight = metric->weight();
    for (size_t i = 0; i < weight.size(); ++i) weight[i] *= times[rows[i]];
    return metric->value(weight);
  }
  double by_drawing(const MetricProgram& program, std::span<const double> times) const {
    std::vector<uint32_t> drawn;
    for (size_t i = 0; i < rows.size(); ++i)
      drawn.insert(drawn.end(), static_cast<size_t>(times[rows[i]]), static_cast<uint32_t>(i));
    const Judged taken = take_rows(judged, drawn);
    return MetricOnRows(program, taken).value();
  }
};

bool agree(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::fabs(a - b) <= 1e-9 * std::max(1.0, std::fabs(b));
}

}  // namespace

ResampledStatistic resampled_metric(const MetricProgram& program, const Judged& judged, const SamplingUnits& units) {
  auto folds = std::make_shared<std::vector<FoldMetric>>();
  auto by_fold = rows_by_fold(judged);
  if (by_fold.size() > 1 && is_pooled(program, judged)) {
    Judged pooled = judged;
    pooled.fold.clear();
    by_fold = rows_by_fold(pooled);
  }
  folds->reserve(by_fold.size());
  for (auto& rows : by_fold) {
    FoldMetric& fold = folds->emplace_back();
    fold.judged = take_rows(judged, rows);
    fold.rows = std::move(rows);
    fold.metric = std::make_unique<MetricOnRows>(program, fold.judged);
  }
  bool weights_do = program.weighted();
  for (uint64_t trial = 0; trial < 2 && weights_do; ++trial) {
    const auto times = times_of_rows(units, UnitDraws(~trial, units.count).times(trial));
    for (const FoldMetric& fold : *folds) weights_do &= agree(fold.by_weight(times), fold.by_drawing(program, times));
  }
  return [folds, &program, weights_do](std::span<const double> times) {
    double sum = 0;
    for (const FoldMetric& fold : *folds) sum += weights_do ? fold.by_weight(times) : fold.by_drawing(program, times);
    return sum / static_cast<double>(folds->size());
  };
}

}  // namespace mlw
