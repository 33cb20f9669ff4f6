#include "runtime/evaluate/delong.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

namespace mlw {

AreaUnderCurve area_under_curve(std::span<const double> truth, std::span<const double> score,
                                std::span<const double> weight) {
  const size_t rows = truth.size();
  AreaUnderCurve result;
  result.influence.assign(rows, 0.0);
  std::vector<uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return score[a] != score[b] ? score[a] < score[b] : a < b; });
  double all_positive = 0, all_negative = 0;
  for (size_t i = 0; i < rows; ++i) {
    const bool positive = truth[i] == 1;
    (positive ? all_positive : all_negative) += weight[i];
    if (weight[i] > 0) (positive ? result.positives : result.negatives) += 1;
  }
  if (!(all_positive > 0) || !(all_negative > 0)) {
    result.area = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  // First the placements: the share of the other class that a row is on the right side of, ties counting half.
  double positive_below = 0, negative_below = 0, sum = 0;
  for (size_t begin = 0; begin < rows;) {
    size_t end = begin;
    double positive_here = 0, negative_here = 0;
    for (; end < rows && score[order[end]] == score[order[begin]]; ++end) {
      (truth[order[end]] == 1 ? positive_here : negative_here) += weight[order[end]];
    }
    const double of_positive = (negative_below + negative_here / 2) / all_negative;
    const double of_negative = (all_positive - positive_below - positive_here / 2) / all_positive;
    for (size_t i = begin; i < end; ++i) result.influence[order[i]] = truth[order[i]] == 1 ? of_positive : of_negative;
    sum += positive_here * of_positive;
    positive_below += positive_here;
    negative_below += negative_here;
    begin = end;
  }
  result.area = sum / all_positive;
  for (size_t i = 0; i < rows; ++i) {
    result.influence[i] =
        weight[i] * (result.influence[i] - result.area) / (truth[i] == 1 ? all_positive : all_negative);
  }
  return result;
}

double delong_variance(const AreaUnderCurve& area, std::span<const double> truth) {
  double positive = 0, negative = 0;
  for (size_t i = 0; i < truth.size(); ++i)
    (truth[i] == 1 ? positive : negative) += area.influence[i] * area.influence[i];
  return positive * area.positives / (area.positives - 1) + negative * area.negatives / (area.negatives - 1);
}

}  // namespace mlw
