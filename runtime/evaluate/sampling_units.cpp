#include "runtime/evaluate/sampling_units.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlw {
namespace {

/// Units by equal keys, numbered in the order of the keys.
template <typename Key>
SamplingUnits by_key(SamplingUnits::Kind kind, const std::vector<Key>& keys) {
  std::vector<Key> distinct = keys;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  SamplingUnits units{kind, std::vector<int32_t>(keys.size()), static_cast<int32_t>(distinct.size())};
  for (size_t i = 0; i < keys.size(); ++i) {
    units.of[i] = static_cast<int32_t>(std::lower_bound(distinct.begin(), distinct.end(), keys[i]) - distinct.begin());
  }
  return units;
}

/// Consecutive rows in time. The length grows with the cube root of the rows, as is best for the variance of a mean
/// (Künsch 1989).
SamplingUnits by_time(const Judged& judged) {
  const size_t rows = judged.time.size();
  std::vector<uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return judged.time[a] != judged.time[b] ? judged.time[a] < judged.time[b] : a < b;
  });
  const auto length = std::max<size_t>(1, static_cast<size_t>(std::ceil(1.5 * std::cbrt(static_cast<double>(rows)))));
  SamplingUnits units{SamplingUnits::Kind::blocks, std::vector<int32_t>(rows), 0};
  for (size_t place = 0; place < rows; ++place) units.of[order[place]] = static_cast<int32_t>(place / length);
  units.count = static_cast<int32_t>((rows + length - 1) / length);
  return units;
}

}  // namespace

std::vector<double> SamplingUnits::sums(std::span<const double> values) const {
  std::vector<double> result(static_cast<size_t>(count), 0.0);
  for (size_t i = 0; i < values.size(); ++i) result[of[i]] += values[i];
  return result;
}

SamplingUnits find_units(const Judged& judged) {
  if (!judged.group.empty()) return by_key(SamplingUnits::Kind::groups, judged.group);
  if (!judged.time.empty()) return by_time(judged);
  SamplingUnits units{SamplingUnits::Kind::rows, std::vector<int32_t>(judged.truth.size()),
                      static_cast<int32_t>(judged.rows())};
  if (!judged.identity.empty() && !judged.fold.empty()) {
    auto repeats = by_key(SamplingUnits::Kind::repeats, judged.identity);
    if (repeats.count < units.count) return repeats;
  }
  std::iota(units.of.begin(), units.of.end(), 0);
  return units;
}

SamplingUnits join_units(const SamplingUnits& units, int32_t most, uint64_t seed) {
  if (units.count <= most || units.kind != SamplingUnits::Kind::rows) return units;
  const Philox random{mix(seed, 0x6A6F696E)};
  std::vector<std::pair<uint64_t, int32_t>> order(static_cast<size_t>(units.count));
  for (int32_t unit = 0; unit < units.count; ++unit) {
    const auto block = random(static_cast<uint64_t>(unit));
    order[unit] = {uint64_t{block.word[0]} << 32 | block.word[1], unit};
  }
  std::sort(order.begin(), order.end());
  std::vector<int32_t> joined(order.size());
  for (size_t place = 0; place < order.size(); ++place) {
    joined[order[place].second] = static_cast<int32_t>(place * static_cast<uint64_t>(most) / order.size());
  }
  SamplingUnits result{units.kind, std::vector<int32_t>(units.of.size()), most};
  for (size_t i = 0; i < units.of.size(); ++i) result.of[i] = joined[units.of[i]];
  return result;
}

std::vector<double> UnitDraws::times(uint64_t number) const {
  std::vector<double> times(static_cast<size_t>(count_), 0.0);
  each(number, [&](int32_t unit) { times[unit] += 1; });
  return times;
}

int repeats_of(const Judged& judged) {
  if (judged.identity.empty()) return 1;
  auto sorted = judged.identity;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return judged.identity.size() % sorted.size() == 0 ? static_cast<int>(judged.identity.size() / sorted.size()) : 1;
}

}  // namespace mlw
