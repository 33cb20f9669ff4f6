#include "runtime/evaluate/linearised.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "runtime/evaluate/delong.h"
#include "runtime/evaluate/reductions.h"

namespace mlw {
namespace {

bool is_zero_or_one(const std::vector<double>& x) {
  return std::all_of(x.begin(), x.end(), [](double value) { return value == 0 || value == 1; });
}

bool within(const std::vector<double>& part, const std::vector<double>& whole) {
  for (size_t i = 0; i < part.size(); ++i) {
    if (part[i] > whole[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<Linearised> linearise_ratio(RowRatio ratio, const std::vector<double>& weight, bool decisions) {
  Linearised result;
  const bool share = decisions && !ratio.denominator.empty() && !ratio.square_root && is_zero_or_one(ratio.numerator) &&
                     is_zero_or_one(ratio.denominator) && within(ratio.numerator, ratio.denominator);
  result.form = ratio.denominator.empty() ? Linearised::Form::sum
                : share                   ? Linearised::Form::share
                                          : Linearised::Form::ratio;
  result.numerator = std::move(ratio.numerator);
  result.denominator = std::move(ratio.denominator);
  if (ratio.weighted) {
    for (size_t i = 0; i < weight.size(); ++i) {
      result.numerator[i] *= weight[i];
      if (!result.denominator.empty()) result.denominator[i] *= weight[i];
    }
  }
  const double above = judging::tree_sum(result.numerator);
  double slope = ratio.scale, plain = above;
  if (result.form == Linearised::Form::sum) {
    result.influence = result.numerator;
  } else {
    const double below = judging::tree_sum(result.denominator);
    if (!(below > 0)) return std::nullopt;
    plain = above / below;
    result.influence.resize(weight.size());
    for (size_t i = 0; i < weight.size(); ++i)
      result.influence[i] = (result.numerator[i] - plain * result.denominator[i]) / below;
  }
  if (ratio.square_root) {
    if (!(plain >= 0)) return std::nullopt;
    plain = std::sqrt(plain);
    slope = plain > 0 ? ratio.scale / (2 * plain) : 0;
  }
  for (double& value : result.influence) value *= slope;
  result.value = ratio.offset + ratio.scale * plain;
  ratio.numerator.clear();
  ratio.denominator.clear();
  result.ratio = std::move(ratio);
  return result;
}

namespace {

/// A metric called roc_auc that also has its value, so that a user's own metric of that name is not taken for it.
std::optional<Linearised> from_area(const MetricOnRows& on_rows, const MetricProgram& program) {
  const Judged& judged = on_rows.judged();
  if (program.metric().name != "roc_auc" || judged.task != TaskKind::binary) return std::nullopt;
  auto area = area_under_curve(judged.truth, scores_of(judged), on_rows.weight());
  const double value = on_rows.value();
  if (!(std::fabs(area.area - value) <= 1e-9)) return std::nullopt;
  Linearised result;
  result.form = Linearised::Form::area;
  result.value = value;
  result.influence = std::move(area.influence);
  return result;
}

bool counts_decisions(const Metric& metric, const Judged& judged) {
  const auto columns = columns_of(*metric.formula);
  return judged.task != TaskKind::regression &&
         std::none_of(columns.begin(), columns.end(),
                      [](const std::string& name) { return name == "score" || name == "probability_of_truth"; });
}

}  // namespace

std::optional<Linearised> linearise(const MetricProgram& program, const Judged& judged) {
  if (judged.rows() == 0) return std::nullopt;
  const MetricOnRows on_rows(program, judged);
  if (auto ratio = on_rows.ratio())
    return linearise_ratio(std::move(*ratio), on_rows.weight(), counts_decisions(program.metric(), judged));
  return from_area(on_rows, program);
}

std::vector<std::vector<uint32_t>> rows_by_fold(const Judged& judged) {
  std::map<int32_t, std::vector<uint32_t>> by_fold;
  for (uint32_t row = 0; row < static_cast<uint32_t>(judged.rows()); ++row)
    by_fold[judged.fold.empty() ? 0 : judged.fold[row]].push_back(row);
  std::vector<std::vector<uint32_t>> folds;
  for (auto& [fold, rows] : by_fold) folds.push_back(std::move(rows));
  return folds;
}

bool is_pooled(const MetricProgram& program, const Judged& judged) {
  if (program.metric().additive) return true;
  const auto ratio = MetricOnRows(program, judged).ratio();
  return ratio && ratio->denominator.empty();
}

std::optional<Linearised> linearise_folds(const MetricProgram& program, const Judged& judged) {
  const auto folds = rows_by_fold(judged);
  if (folds.size() <= 1 || is_pooled(program, judged)) return linearise(program, judged);
  Linearised mean;
  mean.influence.assign(static_cast<size_t>(judged.rows()), 0.0);
  const auto count = static_cast<double>(folds.size());
  for (const auto& rows : folds) {
    const auto part = linearise(program, take_rows(judged, rows));
    if (!part) return std::nullopt;
    mean.form = part->form == Linearised::Form::share ? Linearised::Form::ratio : part->form;
    mean.value += part->value / count;
    for (size_t i = 0; i < rows.size(); ++i) mean.influence[rows[i]] = part->influence[i] / count;
  }
  return mean;
}

double variance_of(const std::vector<double>& influence, const SamplingUnits& units) {
  auto sums = units.sums(influence);
  const auto count = static_cast<double>(units.count);
  const double mean = judging::tree_sum(sums) / count;
  for (double& sum : sums) sum = (sum - mean) * (sum - mean);
  return judging::tree_sum(sums) * count / (count - 1);
}

}  // namespace mlw
