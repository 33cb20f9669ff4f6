#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/diagnostics/kinds/evaluate.h"
#include "runtime/evaluate/curves.h"
#include "runtime/evaluate/intervals.h"
#include "runtime/evaluate/linearised.h"

namespace mlw {
namespace {

constexpr int64_t second = 1'000'000, minute = 60 * second, hour = 60 * minute, day = 24 * hour, week = 7 * day;

/// "a day", "every 3 hours".
std::string period_text(int64_t every) {
  struct Period {
    int64_t length;
    const char *one, *many;
  };
  constexpr Period periods[] = {{week, "a week", "weeks"},
                                {day, "a day", "days"},
                                {hour, "an hour", "hours"},
                                {minute, "a minute", "minutes"},
                                {second, "a second", "seconds"}};
  for (const Period& period : periods) {
    if (every < period.length || every % period.length != 0) continue;
    const int64_t count = every / period.length;
    return count == 1 ? period.one : fmt::format("every {} {}", count, period.many);
  }
  return every > 0 ? fmt::format("every {:.6g} seconds", static_cast<double>(every) / static_cast<double>(second)) : "";
}

/// Three digits, and no exponent for what people count.
std::string quantity_text(double value) {
  const double size = std::fabs(value);
  if (size >= 100) return fmt::format("{:.0f}", value);
  if (size >= 10 || value == std::floor(value)) return fmt::format("{:.3g}", value);
  return fmt::format("{:.2g}", value);
}

std::string sentence(const report::Outcome& outcome, const std::string& noun, const std::string& unit,
                     const std::string& period) {
  std::string text = quantity_text(outcome.value);
  if (!unit.empty()) text += " " + unit;
  text += " " + noun;
  if (!period.empty()) text += " " + period;
  if (std::isfinite(outcome.low) && std::isfinite(outcome.high))
    text += fmt::format(" ({} to {})", quantity_text(outcome.low), quantity_text(outcome.high));
  return text;
}

/// Rows of one cell of the confusion matrix, among so many that are seen. With a given prevalence only the share within
/// the true class is uncertain.
report::Outcome counted(const std::string& what, const std::string& noun, const Judged& judged, double truth,
                        double prediction, const Expectation& expectation) {
  std::vector<double> flag(judged.truth.size()), counts(judged.truth.size(), 1.0);
  double all = 0;
  const auto weight = weights_of(judged);
  for (size_t row = 0; row < flag.size(); ++row) {
    flag[row] = judged.truth[row] == truth && judged.prediction[row] == prediction ? 1 : 0;
    if (expectation.prevalence) counts[row] = judged.truth[row] == truth ? 1 : 0;
    all += weight[row];
  }
  const Interval share = interval_of_share(flag, counts, judged);
  double scale = expectation.volume > 0 ? expectation.volume : all;
  if (expectation.prevalence) scale *= truth == 1 ? *expectation.prevalence : 1 - *expectation.prevalence;
  report::Outcome outcome;
  outcome.what = what;
  outcome.value = share.value * scale;
  outcome.low = share.low * scale;
  outcome.high = share.high * scale;
  outcome.text =
      sentence(outcome, noun, "",
               expectation.volume > 0 ? period_text(expectation.every) : fmt::format("of {} rows", quantity_text(all)));
  return outcome;
}

/// A metric: scaled to the volume when it is a sum over rows, else as it is.
report::Outcome measured(const MetricProgram& program, const Judged& judged, const Expectation& expectation,
                         uint64_t seed) {
  const Interval interval = interval_of(program, judged, {seed});
  const auto ratio = MetricOnRows(program, judged).ratio();
  const bool sum = ratio && ratio->denominator.empty() && expectation.volume > 0;
  double scale = 1;
  if (sum) {
    double all = 0;
    for (const double weight : weights_of(judged)) all += weight;
    scale = expectation.volume / all;
  }
  report::Outcome outcome;
  outcome.what = program.metric().name;
  outcome.value = interval.value * scale;
  outcome.low = interval.low * scale;
  outcome.high = interval.high * scale;
  outcome.text =
      sentence(outcome, program.metric().name, program.metric().unit, sum ? period_text(expectation.every) : "");
  return outcome;
}

}  // namespace

Judged at_prevalence(Judged judged, double prevalence) {
  judged.weight = weights_of(judged);
  double positive = 0, all = 0;
  for (size_t row = 0; row < judged.weight.size(); ++row) {
    all += judged.weight[row];
    if (judged.truth[row] == 1) positive += judged.weight[row];
  }
  if (!(positive > 0) || !(positive < all)) return judged;
  const double of_positive = prevalence * all / positive, of_negative = (1 - prevalence) * all / (all - positive);
  for (size_t row = 0; row < judged.weight.size(); ++row)
    judged.weight[row] *= judged.truth[row] == 1 ? of_positive : of_negative;
  return judged;
}

std::vector<report::Outcome> outcomes(const Expectation& expectation, const Judged& given,
                                      const std::vector<const MetricProgram*>& metrics, uint64_t seed) {
  const bool reweighted = expectation.prevalence && given.task == TaskKind::binary;
  const Judged judged = reweighted ? at_prevalence(given, *expectation.prevalence) : given;
  std::vector<report::Outcome> result;
  for (const std::string& what : expectation.say) {
    if (what == "missed") {
      result.push_back(counted(what, "missed", given, 1, 0, expectation));
    } else if (what == "false_alarms") {
      result.push_back(counted(what, "false alarms", given, 0, 1, expectation));
    } else if (what == "caught") {
      result.push_back(counted(what, "caught", given, 1, 1, expectation));
    } else {
      const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const MetricProgram* program) {
        return program->metric().name == what || program->metric().text == what;
      });
      if (found == metrics.end()) fail(kinds::outcome_unknown, {{"name", what}});
      result.push_back(measured(**found, judged, expectation, seed));
    }
  }
  return result;
}

}  // namespace mlw
