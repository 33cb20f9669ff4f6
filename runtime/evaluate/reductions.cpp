#include "runtime/evaluate/reductions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlw::judging {
namespace {

constexpr size_t block_rows = 512;

/// Sums term(begin) … term(end - 1) in the fixed tree.
template <typename Term>
double sum_terms(size_t begin, size_t end, const Term& term) {
  if (end - begin > block_rows) {
    const size_t blocks = (end - begin + block_rows - 1) / block_rows;
    const size_t middle = begin + (blocks + 1) / 2 * block_rows;
    return sum_terms(begin, middle, term) + sum_terms(middle, end, term);
  }
  double lane[8] = {};
  size_t i = begin;
  for (; i + 8 <= end; i += 8) {
    for (size_t k = 0; k < 8; ++k) lane[k] += term(i + k);
  }
  for (size_t k = 0; i < end; ++i, ++k) lane[k] += term(i);
  return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

bool same(const JudgedVector& x, size_t a, size_t b) {
  if (x.missing(a) || x.missing(b)) return x.missing(a) && x.missing(b);
  return x.values[a] == x.values[b];
}

}  // namespace

double tree_sum(std::span<const double> x) {
  return sum_terms(0, x.size(), [&](size_t i) { return x[i]; });
}

double tree_dot(std::span<const double> x, std::span<const double> y) {
  return sum_terms(0, x.size(), [&](size_t i) { return x[i] * y[i]; });
}

std::vector<uint32_t> ascending(const JudgedVector& key) {
  std::vector<uint32_t> order(key.values.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const bool a_missing = key.missing(a), b_missing = key.missing(b);
    if (a_missing != b_missing) return b_missing;
    if (!a_missing && key.values[a] != key.values[b]) return key.values[a] < key.values[b];
    return a < b;
  });
  return order;
}

JudgedVector gather(const JudgedVector& x, std::span<const uint32_t> order) {
  JudgedVector result;
  result.values.resize(order.size());
  for (size_t i = 0; i < order.size(); ++i) result.values[i] = x.values[order[i]];
  if (!x.valid.empty()) {
    result.valid.resize(order.size());
    for (size_t i = 0; i < order.size(); ++i) result.valid[i] = x.valid[order[i]];
  }
  return result;
}

JudgedVector rank(const JudgedVector& x, std::span<const uint32_t> order) {
  JudgedVector result{std::vector<double>(order.size()), x.valid};
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && same(x, order[begin], order[end])) ++end;
    const double place = 0.5 * static_cast<double>(begin + 1 + end);
    for (size_t i = begin; i < end; ++i) result.values[order[i]] = x.missing(order[i]) ? 0 : place;
    begin = end;
  }
  return result;
}

JudgedVector cumulative_sum(const JudgedVector& x) {
  JudgedVector result{std::vector<double>(x.values.size()), x.valid};
  double sum = 0;
  for (size_t i = 0; i < x.values.size(); ++i) {
    if (x.missing(i)) continue;
    sum += x.values[i];
    result.values[i] = sum;
  }
  return result;
}

JudgedVector last_of_run(const JudgedVector& x) {
  JudgedVector result{std::vector<double>(x.values.size()), {}};
  for (size_t i = 0; i < x.values.size(); ++i)
    result.values[i] = i + 1 == x.values.size() || !same(x, i, i + 1) ? 1 : 0;
  return result;
}

Segments find_segments(const JudgedVector& by, const JudgedVector& at) {
  std::vector<double> distinct;
  for (size_t i = 0; i < by.values.size(); ++i) {
    if (!by.missing(i)) distinct.push_back(by.values[i]);
  }
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const auto places = [&](const JudgedVector& x) {
    std::vector<int32_t> place(x.values.size(), -1);
    for (size_t i = 0; i < x.values.size(); ++i) {
      if (x.missing(i)) continue;
      const auto found = std::lower_bound(distinct.begin(), distinct.end(), x.values[i]);
      place[i] = found != distinct.end() && *found == x.values[i] ? static_cast<int32_t>(found - distinct.begin()) : -2;
    }
    return place;
  };
  return {places(by), places(at), static_cast<int32_t>(distinct.size())};
}

JudgedVector segment_sum(const JudgedVector& x, const Segments& segments) {
  std::vector<double> sums(segments.count, 0.0);
  for (size_t i = 0; i < x.values.size(); ++i) {
    if (segments.of[i] >= 0 && !x.missing(i)) sums[segments.of[i]] += x.values[i];
  }
  JudgedVector result{std::vector<double>(x.values.size()), {}};
  for (size_t i = 0; i < x.values.size(); ++i) {
    if (segments.at[i] >= 0) result.values[i] = sums[segments.at[i]];
    if (segments.at[i] != -1) continue;
    if (result.valid.empty()) result.valid.assign(x.values.size(), 1);
    result.valid[i] = 0;
  }
  return result;
}

bool quantile(const JudgedVector& x, double share, double& result) {
  std::vector<double> values;
  for (size_t i = 0; i < x.values.size(); ++i) {
    if (!x.missing(i)) values.push_back(x.values[i]);
  }
  if (values.empty() || !(share >= 0 && share <= 1)) return false;
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<size_t>(place);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(below), values.end());
  const double low = values[below];
  if (below + 1 == values.size()) {
    result = low;
    return true;
  }
  const double high = *std::min_element(values.begin() + static_cast<std::ptrdiff_t>(below) + 1, values.end());
  result = low + (place - static_cast<double>(below)) * (high - low);
  return true;
}

}  // namespace mlw::judging
