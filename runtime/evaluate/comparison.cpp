#include "runtime/evaluate/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "compiler/diagnostics/kinds/evaluate.h"
#include "runtime/evaluate/bootstrap.h"
#include "runtime/evaluate/distributions.h"
#include "runtime/evaluate/linearised.h"
#include "runtime/evaluate/reductions.h"

namespace mlw {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double level = 0.025;

std::string unit_words(const SamplingUnits& units) {
  switch (units.kind) {
    case SamplingUnits::Kind::groups:
      return ", by group";
    case SamplingUnits::Kind::blocks:
      return ", blocks of time";
    case SamplingUnits::Kind::repeats:
      return ", repeats of a row together";
    case SamplingUnits::Kind::rows:
      break;
  }
  return "";
}

/// Whether every row is simply right or wrong, counts once, and stands alone.
bool only_right_or_wrong(const Linearised& first, const Linearised& second, const SamplingUnits& units) {
  const auto ones = [](const std::vector<double>& x) {
    return !x.empty() && std::all_of(x.begin(), x.end(), [](double v) { return v == 1; });
  };
  return first.form == Linearised::Form::share && second.form == Linearised::Form::share &&
         units.kind == SamplingUnits::Kind::rows && ones(first.denominator) && ones(second.denominator);
}

/// Of the rows on which just one is right: the chance that the first has so many of them (McNemar 1947, exact).
void sign_test(PairedTest& test, const Linearised& first, const Linearised& second, double sign) {
  int better = 0, worse = 0;
  for (size_t i = 0; i < first.numerator.size(); ++i) {
    const double difference = sign * first.ratio.scale * (first.numerator[i] - second.numerator[i]);
    if (difference > 0) ++better;
    if (difference < 0) ++worse;
  }
  test.p_value = better + worse > 0 ? distributions::binomial_at_least(better, better + worse, 0.5) : 1;
  test.method = "exact sign test";
  test.rough |= better + worse < 10;
}

/// Student's test of the units' sums of differences in influence.
void student_test(PairedTest& test, const Linearised& first, const Linearised& second, const SamplingUnits& units,
                  double sign, double confidence) {
  if (units.count < 2) {
    test.low = test.high = nan;
    return;
  }
  std::vector<double> difference(first.influence.size());
  for (size_t i = 0; i < difference.size(); ++i) difference[i] = sign * (first.influence[i] - second.influence[i]);
  const double error = std::sqrt(variance_of(difference, units)), degrees = units.count - 1;
  if (!(error > 0)) {
    // Equal row by row: there is no difference to be tested.
    test.low = test.high = test.difference;
    return;
  }
  const double quantile = distributions::student_quantile(0.5 + confidence / 2, degrees);
  test.low = test.difference - quantile * error;
  test.high = test.difference + quantile * error;
  test.p_value = distributions::student(-test.difference / error, degrees);
}

const char* name_of(const Linearised& metric) {
  return metric.form == Linearised::Form::area ? "DeLong, paired" : "Student's test of the rows' differences";
}

void bootstrap_test(PairedTest& test, const MetricProgram& program, const Judged& first, const Judged& second,
                    const SamplingUnits& units, double sign, const IntervalOptions& options) {
  const auto of_first = resampled_metric(program, first, units), of_second = resampled_metric(program, second, units);
  const int resamples = affordable_resamples(options.resamples, 2 * first.rows());
  const auto result =
      bootstrap_bca([&](std::span<const double> times) { return sign * (of_first(times) - of_second(times)); }, units,
                    options.confidence, resamples, options.seed);
  test.method = result.normal ? "paired bootstrap, normal" : "paired BCa bootstrap";
  test.low = result.low;
  test.high = result.high;
  test.p_value = std::isnan(result.low) ? 1 : result.not_above_zero;
}

double value_on_folds(const MetricProgram& program, const Judged& judged) {
  const SamplingUnits rows = find_units(judged);
  return resampled_metric(program, judged, rows)(std::vector<double>(judged.truth.size(), 1.0));
}

}  // namespace

PairedTest compare(const MetricProgram& program, const Judged& first, const Judged& second,
                   const IntervalOptions& options) {
  if (first.rows() != second.rows() || first.identity != second.identity || first.fold != second.fold ||
      first.truth != second.truth) {
    fail(kinds::rows_differ);
  }
  PairedTest test;
  test.rows = first.rows();
  const double sign = program.metric().maximize ? 1 : -1;
  const SamplingUnits units = find_units(first);
  test.rough = test.rows < 200 || (units.kind != SamplingUnits::Kind::rows && units.count < 40);
  const auto a = linearise_folds(program, first), b = linearise_folds(program, second);
  if (a && b) {
    test.difference = sign * (a->value - b->value);
    test.method = name_of(*a);
    student_test(test, *a, *b, units, sign, options.confidence);
    if (only_right_or_wrong(*a, *b, units)) sign_test(test, *a, *b, sign);
  } else {
    test.difference = sign * (value_on_folds(program, first) - value_on_folds(program, second));
    if (std::isfinite(test.difference)) {
      bootstrap_test(test, program, first, second, units, sign, options);
    } else {
      test.difference = test.low = test.high = nan;
      test.method = "undefined on these rows";
      test.rough = true;
      return test;
    }
  }
  test.method += unit_words(units);
  test.beats = test.p_value < level;
  return test;
}

report::Comparison to_comparison(const Metric& metric, const PairedTest& test, const std::string& winner,
                                 const std::string& baseline) {
  report::Comparison comparison;
  comparison.winner = winner;
  comparison.baseline = baseline;
  comparison.metric = shown_name(metric);
  comparison.difference = test.difference;
  comparison.low = test.low;
  comparison.high = test.high;
  comparison.p_value = test.p_value;
  comparison.method = test.method;
  comparison.beats = test.beats;
  comparison.rows = test.rows;
  return comparison;
}

}  // namespace mlw
