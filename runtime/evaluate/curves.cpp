#include "runtime/evaluate/curves.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runtime/data/random.h"
#include "runtime/evaluate/curve_points.h"
#include "runtime/evaluate/distributions.h"
#include "runtime/evaluate/intervals.h"

namespace mlw {
namespace {

/// Cumulative weights of positives and negatives at every distinct score, falling.
struct Sweep {
  std::vector<double> threshold, positive, negative;
};

Sweep sweep(const Judged& judged) {
  const auto scores = scores_of(judged);
  const auto weight = weights_of(judged);
  std::vector<uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  Sweep result;
  double positive = 0, negative = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    (judged.truth[order[i]] == 1 ? positive : negative) += weight[order[i]];
    if (i + 1 < order.size() && scores[order[i + 1]] == scores[order[i]]) continue;
    result.threshold.push_back(scores[order[i]]);
    result.positive.push_back(positive);
    result.negative.push_back(negative);
  }
  return result;
}

double loss_of(const Judged& judged, size_t row) {
  if (judged.task == TaskKind::regression || judged.scores.empty())
    return std::fabs(judged.truth[row] - judged.prediction[row]);
  const auto truth = static_cast<int>(judged.truth[row]);
  double probability = 0;
  if (judged.outputs == 1) {
    probability = static_cast<double>(judged.scores[row]);
    if (truth != 1) probability = 1 - probability;
  } else if (truth >= 0 && truth < judged.outputs) {
    probability = static_cast<double>(judged.scores[row * judged.outputs + truth]);
  }
  return -distributions::log(std::max(probability, 0x1p-23));
}

}  // namespace

std::vector<std::vector<double>> confusion_matrix(const Judged& judged) {
  const size_t classes = std::max<size_t>(judged.classes.size(), 2);
  std::vector<std::vector<double>> matrix(classes, std::vector<double>(classes, 0.0));
  const auto weight = weights_of(judged);
  for (size_t row = 0; row < weight.size(); ++row) {
    const double truth = judged.truth[row], prediction = judged.prediction[row];
    const auto inside = [&](double index) { return index >= 0 && index < static_cast<double>(classes); };
    if (inside(truth) && inside(prediction))
      matrix[static_cast<size_t>(truth)][static_cast<size_t>(prediction)] += weight[row];
  }
  return matrix;
}

std::vector<report::Point> roc_curve(const Judged& judged, int most) {
  const Sweep steps = sweep(judged);
  if (steps.positive.empty() || !(steps.positive.back() > 0) || !(steps.negative.back() > 0)) return {};
  std::vector<report::Point> points = {{0, 0, 1}};
  for (size_t i = 0; i < steps.threshold.size(); ++i) {
    points.push_back(
        {steps.negative[i] / steps.negative.back(), steps.positive[i] / steps.positive.back(), steps.threshold[i]});
  }
  return thin_curve(std::move(points), most);
}

std::vector<report::Point> precision_recall_curve(const Judged& judged, int most) {
  const Sweep steps = sweep(judged);
  if (steps.positive.empty() || !(steps.positive.back() > 0)) return {};
  std::vector<report::Point> points;
  for (size_t i = 0; i < steps.threshold.size(); ++i) {
    const double decided = steps.positive[i] + steps.negative[i];
    if (!(decided > 0)) continue;
    points.push_back({steps.positive[i] / steps.positive.back(), steps.positive[i] / decided, steps.threshold[i]});
    if (steps.positive[i] == steps.positive.back()) {
      // All positives are found: what follows only loses precision. The last point closes the curve.
      const size_t last = steps.threshold.size() - 1;
      if (i < last)
        points.push_back(
            {1, steps.positive[last] / (steps.positive[last] + steps.negative[last]), steps.threshold[last]});
      break;
    }
  }
  return thin_curve(std::move(points), most);
}

std::vector<report::CalibrationBin> calibration(const Judged& judged, int bins) {
  const auto scores = scores_of(judged);
  const auto weight = weights_of(judged);
  std::vector<uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return scores[a] != scores[b] ? scores[a] < scores[b] : a < b; });
  const double all = std::accumulate(weight.begin(), weight.end(), 0.0), z = distributions::normal_quantile(0.975);
  std::vector<report::CalibrationBin> result;
  double done = 0;
  for (size_t i = 0; i < order.size();) {
    double sum = 0, squares = 0, predicted = 0, positive = 0;
    int64_t rows = 0;
    const double until =
        all * static_cast<double>(std::min<int64_t>(bins, static_cast<int64_t>(done / all * bins + 1 + 1e-9))) / bins;
    while (i < order.size() &&
           (done + sum < until * (1 - 1e-12) || (rows > 0 && scores[order[i]] == scores[order[i - 1]]))) {
      const uint32_t row = order[i++];
      sum += weight[row];
      squares += weight[row] * weight[row];
      predicted += weight[row] * scores[row];
      if (judged.truth[row] == 1) positive += weight[row];
      ++rows;
    }
    done += sum;
    if (rows == 0) break;
    if (!(sum > 0)) continue;
    const Bounds bounds = wilson(positive / sum, sum * sum / squares, z);
    result.push_back({predicted / sum, positive / sum, bounds.low, bounds.high, rows});
  }
  return result;
}

std::vector<report::Point> residuals(const Judged& judged, int most) {
  std::vector<uint32_t> rows(judged.truth.size());
  std::iota(rows.begin(), rows.end(), 0u);
  std::erase_if(
      rows, [&](uint32_t row) { return !std::isfinite(judged.truth[row]) || !std::isfinite(judged.prediction[row]); });
  if (static_cast<int>(rows.size()) > most) {
    const auto residual = [&](uint32_t row) { return std::fabs(judged.truth[row] - judged.prediction[row]); };
    const auto extremes = static_cast<std::ptrdiff_t>(most / 10);
    std::partial_sort(rows.begin(), rows.begin() + extremes, rows.end(), [&](uint32_t a, uint32_t b) {
      return residual(a) != residual(b) ? residual(a) > residual(b) : a < b;
    });
    const auto key = [&](uint32_t row) {
      return mix(judged.identity.empty() ? row : judged.identity[row], 0x706C6F74);
    };
    std::sort(rows.begin() + extremes, rows.end(),
              [&](uint32_t a, uint32_t b) { return std::pair(key(a), a) < std::pair(key(b), b); });
    rows.resize(static_cast<size_t>(most));
    std::sort(rows.begin(), rows.end());
  }
  std::vector<report::Point> points;
  for (const uint32_t row : rows)
    points.push_back({judged.prediction[row], judged.truth[row] - judged.prediction[row], 0});
  return points;
}

std::vector<report::Bin> histogram(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const double low = values.front(), high = values.back(), count = static_cast<double>(values.size());
  if (low == high) return {{low, high, "", static_cast<int64_t>(values.size())}};
  const double quartiles = values[values.size() * 3 / 4] - values[values.size() / 4];
  const double width = 2 * quartiles / std::cbrt(count);
  const double wanted = width > 0 ? std::ceil((high - low) / width) : 10;
  const int bins = static_cast<int>(std::clamp(wanted, 1.0, 60.0));
  std::vector<report::Bin> result(static_cast<size_t>(bins));
  for (int i = 0; i < bins; ++i) {
    result[i].low = low + (high - low) * i / bins;
    result[i].high = i + 1 == bins ? high : low + (high - low) * (i + 1) / bins;
  }
  for (const double value : values) {
    const auto place = static_cast<int>((value - low) / (high - low) * bins);
    ++result[std::clamp(place, 0, bins - 1)].rows;
  }
  return result;
}

std::vector<WorstRow> worst_rows(const Judged& judged, int most) {
  std::vector<WorstRow> worst;
  for (uint32_t row = 0; row < static_cast<uint32_t>(judged.rows()); ++row) {
    if (!std::isfinite(judged.truth[row]) || judged.truth[row] == judged.prediction[row]) continue;
    const double loss = loss_of(judged, row);
    if (std::isfinite(loss)) worst.push_back({row, loss});
  }
  std::sort(worst.begin(), worst.end(),
            [](const WorstRow& a, const WorstRow& b) { return a.loss != b.loss ? a.loss > b.loss : a.row < b.row; });
  if (static_cast<int>(worst.size()) > most) worst.resize(static_cast<size_t>(most));
  return worst;
}

}  // namespace mlw
