#include "runtime/prepare/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlw {
namespace {

double weight_sum(const Observed& sample) {
  return sample.weights.empty() ? static_cast<double>(sample.values.size()) : tree_sum(sample.weights);
}

/// Values in ascending order, with their weights beside them.
Observed sorted(const Observed& sample) {
  Observed out;
  if (sample.weights.empty()) {
    out.values = sample.values;
    std::sort(out.values.begin(), out.values.end());
    return out;
  }
  std::vector<size_t> order(sample.values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return sample.values[a] < sample.values[b]; });
  for (const size_t i : order) {
    out.values.push_back(sample.values[i]);
    out.weights.push_back(sample.weights[i]);
  }
  return out;
}

double quantile_of_sorted(const Observed& sample, double share) {
  const size_t n = sample.values.size();
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  if (sample.weights.empty()) {
    const double position = share * static_cast<double>(n - 1);
    const auto below = static_cast<size_t>(std::floor(position));
    const size_t above = std::min(below + 1, n - 1);
    const double part = position - static_cast<double>(below);
    return sample.values[below] + part * (sample.values[above] - sample.values[below]);
  }
  const double wanted = share * weight_sum(sample);
  double cumulated = 0;
  for (size_t i = 0; i < n; ++i) {
    cumulated += sample.weights[i];
    if (cumulated >= wanted && sample.weights[i] > 0) return sample.values[i];
  }
  return sample.values[n - 1];
}

}  // namespace

Observed observed(const Column& column, const Selection& rows, std::span<const float> weights) {
  Observed out;
  out.values.reserve(rows.size());
  for (const uint32_t row : rows) {
    if (!column.valid(row)) continue;
    out.values.push_back(column.number(row));
    if (!weights.empty()) out.weights.push_back(weights[row]);
  }
  return out;
}

double tree_sum(std::span<const double> values) {
  if (values.size() <= 64) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum;
  }
  // The left half is a power of two times 64, so that the tree depends on the number of values alone.
  size_t half = 64;
  while (half * 2 < values.size()) half *= 2;
  return tree_sum(values.first(half)) + tree_sum(values.subspan(half));
}

double mean(const Observed& sample) {
  if (sample.values.empty()) return std::numeric_limits<double>::quiet_NaN();
  if (sample.weights.empty()) return tree_sum(sample.values) / static_cast<double>(sample.values.size());
  std::vector<double> weighted(sample.values.size());
  for (size_t i = 0; i < weighted.size(); ++i) weighted[i] = sample.values[i] * sample.weights[i];
  return tree_sum(weighted) / weight_sum(sample);
}

double deviation(const Observed& sample, double mean) {
  if (sample.values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> squares(sample.values.size());
  for (size_t i = 0; i < squares.size(); ++i) {
    const double distance = sample.values[i] - mean;
    squares[i] = distance * distance * (sample.weights.empty() ? 1.0 : sample.weights[i]);
  }
  return std::sqrt(tree_sum(squares) / weight_sum(sample));
}

double quantile(const Observed& sample, double share) { return quantile_of_sorted(sorted(sample), share); }

std::vector<double> quantiles(const Observed& sample, std::span<const double> shares) {
  const Observed ordered = sorted(sample);
  std::vector<double> out;
  for (const double share : shares) out.push_back(quantile_of_sorted(ordered, share));
  return out;
}

std::map<std::string, int64_t> category_counts(const Column& column, const Selection& rows) {
  std::map<std::string, int64_t> counts;
  if (column.storage == Storage::category && column.dictionary) {
    std::vector<int64_t> by_code(column.dictionary->size(), 0);
    for (const uint32_t row : rows)
      if (column.valid(row)) ++by_code[column.chunk_of(row).as<uint32_t>()[row % chunk_rows]];
    for (size_t code = 0; code < by_code.size(); ++code)
      if (by_code[code] > 0) counts[(*column.dictionary)[code]] = by_code[code];
    return counts;
  }
  for (const uint32_t row : rows)
    if (column.valid(row)) ++counts[std::string(column.text(row))];
  return counts;
}

}  // namespace mlw
