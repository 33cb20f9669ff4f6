#include "runtime/evaluate/split_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "runtime/data/random.h"

namespace mlw::splits {
namespace {

/// Positions 0 … n-1 in the order of their keys, ties by identity.
std::vector<int32_t> order_by(const std::vector<uint64_t>& key, const SplitFacts& facts, const Selection& rows) {
  std::vector<int32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    if (key[a] != key[b]) return key[a] < key[b];
    return facts.identity[rows[a]] < facts.identity[rows[b]];
  });
  return order;
}

/// Calls `visit(begin, end)` for each run of equal keys in the order.
template <typename Visit>
void for_each_run(const std::vector<int32_t>& order, const std::vector<uint64_t>& key, Visit visit) {
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && key[order[end]] == key[order[begin]]) ++end;
    visit(begin, end);
    begin = end;
  }
}

std::vector<uint64_t> keys_of(const std::vector<uint64_t>& facts, const Selection& rows) {
  std::vector<uint64_t> keys(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) keys[i] = facts[rows[i]];
  return keys;
}

/// How many identical rows are still taken for copies of one another.
int64_t largest_copy_set(double smallest_part) {
  const double half = smallest_part / 2, tenth = smallest_part / 10;
  return static_cast<int64_t>(std::max(std::min(10.0, half), tenth));
}

struct Forest {
  std::vector<int32_t> parent;
  explicit Forest(size_t size) : parent(size) { std::iota(parent.begin(), parent.end(), 0); }
  int32_t root(int32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  }
  void link(int32_t a, int32_t b) {
    a = root(a), b = root(b);
    parent[std::max(a, b)] = std::min(a, b);
  }
};

Units number_units(const SplitFacts& facts, const Selection& rows, const std::vector<uint64_t>& key, uint64_t salt) {
  Units units;
  units.of.resize(rows.size());
  const auto order = order_by(key, facts, rows);
  for_each_run(order, key, [&](size_t begin, size_t end) {
    const auto unit = static_cast<int32_t>(units.hash.size());
    units.hash.push_back(mix(salt, key[order[begin]]));
    units.rows.push_back(static_cast<int64_t>(end - begin));
    for (size_t i = begin; i < end; ++i) units.of[order[i]] = unit;
  });
  return units;
}

/// Merges groups that hold copies of one another's rows. The hash of the result is the least of its members', so that a
/// merge never takes rows out of a test part. Leaves the units alone, with a note, when the merged ones would be too
/// large to deal out.
void merge_groups_of_copies(Units& units, const SplitFacts& facts, const Selection& rows, int64_t limit) {
  const auto key = keys_of(facts.content, rows);
  const auto order = order_by(key, facts, rows);
  Forest forest(units.hash.size());
  for_each_run(order, key, [&](size_t begin, size_t end) {
    if (static_cast<int64_t>(end - begin) > limit) return;
    for (size_t i = begin + 1; i < end; ++i) forest.link(units.of[order[begin]], units.of[order[i]]);
  });
  const int64_t largest_before = *std::max_element(units.rows.begin(), units.rows.end());
  std::vector<int32_t> renumbered(units.hash.size(), -1);
  Units merged;
  for (int32_t unit = 0; unit < units.size(); ++unit) {
    const int32_t root = forest.root(unit);
    if (renumbered[root] < 0) {
      renumbered[root] = static_cast<int32_t>(merged.hash.size());
      merged.hash.push_back(units.hash[unit]);
      merged.rows.push_back(0);
    }
    const int32_t target = renumbered[unit] = renumbered[root];
    merged.hash[target] = std::min(merged.hash[target], units.hash[unit]);
    merged.rows[target] += units.rows[unit];
  }
  const int64_t largest = *std::max_element(merged.rows.begin(), merged.rows.end());
  if (largest > std::max(limit, largest_before)) {
    units.notes.push_back(
        fmt::format("identical rows link groups to a set of {} rows, too many for one side: groups are kept together, "
                    "identical rows of different groups are not",
                    largest));
    return;
  }
  for (auto& unit : units.of) unit = renumbered[unit];
  units.hash = std::move(merged.hash);
  units.rows = std::move(merged.rows);
}

double uniform(uint64_t hash) { return static_cast<double>(hash >> 11) * 0x1p-53; }

/// Units in ascending order of their hash.
std::vector<int32_t> by_hash(const Units& units) {
  std::vector<int32_t> order(units.hash.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](int32_t a, int32_t b) { return std::pair(units.hash[a], a) < std::pair(units.hash[b], b); });
  return order;
}

bool holds(const ClassCounts& classes, int32_t unit, int32_t wanted) {
  return std::any_of(classes.of_unit[unit].begin(), classes.of_unit[unit].end(),
                     [&](const auto& entry) { return entry.first == wanted; });
}

}  // namespace

Units make_units(const SplitFacts& facts, const Selection& rows, uint64_t salt, double smallest_part) {
  const int64_t limit = largest_copy_set(smallest_part);
  if (!facts.group.empty()) {
    Units units = number_units(facts, rows, keys_of(facts.group, rows), salt);
    if (!facts.content.empty() && units.size() > 0) merge_groups_of_copies(units, facts, rows, limit);
    return units;
  }
  if (facts.content.empty()) return number_units(facts, rows, keys_of(facts.identity, rows), salt);

  auto key = keys_of(facts.content, rows);
  const auto order = order_by(key, facts, rows);
  auto released = key;
  int64_t sets = 0, of_rows = 0;
  for_each_run(order, key, [&](size_t begin, size_t end) {
    if (static_cast<int64_t>(end - begin) <= limit) return;
    ++sets, of_rows += static_cast<int64_t>(end - begin);
    for (size_t i = begin; i < end; ++i) released[order[i]] = mix(key[order[i]], facts.identity[rows[order[i]]]);
  });
  Units units = number_units(facts, rows, released, salt);
  if (sets > 0) {
    units.notes.push_back(fmt::format(
        "{} sets of identical inputs, {} rows, hold more than {} rows each: these rows are split one by one", sets,
        of_rows, limit));
  }
  return units;
}

ClassCounts count_classes(const Units& units, const Selection& rows, std::span<const int32_t> classes) {
  ClassCounts counts;
  counts.of_unit.resize(units.hash.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    const int32_t c = classes.empty() ? 0 : classes[rows[i]];
    if (c < 0) continue;
    if (static_cast<size_t>(c) >= counts.rows.size()) counts.rows.resize(c + 1), counts.units.resize(c + 1);
    auto& list = counts.of_unit[units.of[i]];
    const auto entry = std::find_if(list.begin(), list.end(), [&](const auto& e) { return e.first == c; });
    ++counts.rows[c];
    if (entry != list.end()) {
      ++entry->second;
    } else {
      list.emplace_back(c, 1);
      ++counts.units[c];
    }
  }
  return counts;
}

std::vector<int32_t> assign_balanced(const Units& units, const ClassCounts& classes, std::span<const double> shares) {
  auto order = by_hash(units);
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return std::tuple(-units.rows[a], units.hash[a], a) < std::tuple(-units.rows[b], units.hash[b], b);
  });
  const size_t parts = shares.size(), class_count = classes.rows.size();
  std::vector<double> in_class(parts * class_count, 0), in_part(parts, 0);
  std::vector<int32_t> part_of(units.hash.size(), 0);
  for (const int32_t unit : order) {
    std::pair<double, double> least{std::numeric_limits<double>::infinity(), 0};
    size_t best = 0;
    const auto rows = static_cast<double>(units.rows[unit]);
    for (size_t part = 0; part < parts; ++part) {
      double cost = 0;
      for (const auto& [c, count] : classes.of_unit[unit]) {
        const auto u = static_cast<double>(count);
        cost += (2 * in_class[part * class_count + c] * u + u * u) / static_cast<double>(classes.rows[c]);
      }
      const std::pair<double, double> candidate{cost / shares[part],
                                                (2 * in_part[part] * rows + rows * rows) / shares[part]};
      if (candidate < least) least = candidate, best = part;
    }
    part_of[unit] = static_cast<int32_t>(best);
    in_part[best] += rows;
    for (const auto& [c, count] : classes.of_unit[unit]) in_class[best * class_count + c] += static_cast<double>(count);
  }
  return part_of;
}

std::vector<int32_t> assign_by_hash(const Units& units, const ClassCounts& classes, double share) {
  std::vector<int32_t> part_of(units.hash.size(), 0);
  std::vector<int64_t> taken(classes.rows.size(), 0), units_left = classes.units;
  const auto move = [&](int32_t unit, int32_t part) {
    part_of[unit] = part;
    for (const auto& [c, count] : classes.of_unit[unit]) {
      taken[c] += part == 1 ? count : -count;
      units_left[c] += part == 1 ? -1 : 1;
    }
  };
  for (int32_t unit = 0; unit < units.size(); ++unit) {
    if (uniform(units.hash[unit]) < share) move(unit, 1);
  }
  const auto order = by_hash(units);
  for (int32_t c = 0; c < static_cast<int32_t>(classes.rows.size()); ++c) {
    if (classes.units[c] < 2) continue;
    const auto least = std::max<int64_t>(1, static_cast<int64_t>(share * static_cast<double>(classes.rows[c]) / 2));
    for (auto unit = order.begin(); unit != order.end() && taken[c] < least && units_left[c] > 1; ++unit) {
      if (part_of[*unit] == 0 && holds(classes, *unit, c)) move(*unit, 1);
    }
    for (auto unit = order.rbegin(); unit != order.rend() && units_left[c] == 0; ++unit) {
      if (part_of[*unit] == 1 && holds(classes, *unit, c)) move(*unit, 0);
    }
  }
  return part_of;
}

}  // namespace mlw::splits
