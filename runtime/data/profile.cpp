#include "runtime/data/profile.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

#include "runtime/data/random.h"
#include "runtime/prepare/prepare.h"
#include "runtime/prepare/statistics.h"

namespace mlw {
namespace {

constexpr size_t bins = 20, shown_categories = 12;
constexpr double none = std::numeric_limits<double>::quiet_NaN();
/// Words and numbers that people write where they mean that there is no value.
constexpr std::array<double, 6> sentinel_numbers = {-1, -99, -999, -9999, 9999, 99999};
constexpr std::array<std::string_view, 7> sentinel_words = {"?",      "-", "none", "unknown", "n.a.", "not available",
                                                            "missing"};

uint64_t hash_of(std::string_view text) {
  uint64_t hash = mix(text.size());
  for (size_t at = 0; at < text.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min<size_t>(8, text.size() - at));
    hash = mix(hash, word);
  }
  return hash;
}

std::vector<ColumnProfile::Bin> number_histogram(const std::vector<double>& sorted, double low, double high) {
  std::vector<ColumnProfile::Bin> out;
  if (sorted.empty()) return out;
  if (low == high) return {{low, high, "", static_cast<int64_t>(sorted.size())}};
  for (size_t i = 0; i < bins; ++i) {
    const double from = low + (high - low) * static_cast<double>(i) / bins,
                 to = low + (high - low) * static_cast<double>(i + 1) / bins;
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), from);
    const auto last = i + 1 == bins ? sorted.end() : std::lower_bound(sorted.begin(), sorted.end(), to);
    out.push_back({from, to, "", last - first});
  }
  return out;
}

/// Values far outside of all the others, as often as people write them for "no value".
void find_sentinels(ColumnProfile& profile, const std::vector<double>& sorted) {
  for (const double sentinel : sentinel_numbers) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), sentinel);
    const auto rows = last - first;
    if (rows < 2 || static_cast<size_t>(rows) == sorted.size()) continue;
    const bool smallest = first == sorted.begin(), largest = last == sorted.end();
    if (!smallest && !largest) continue;
    // The distance to the nearest other value, compared with the spread of the others.
    const double neighbour = smallest ? *last : *(first - 1);
    const double spread = smallest ? sorted.back() - neighbour : neighbour - sorted.front();
    if (std::fabs(neighbour - sentinel) > std::max(spread, 1.0))
      profile.sentinels.emplace_back(fmt::format("{:g}", sentinel), rows);
  }
}

void profile_numbers(ColumnProfile& profile, const Column& column, const Selection& rows) {
  const Observed sample = observed(column, rows, {});
  std::vector<double> sorted = sample.values;
  std::sort(sorted.begin(), sorted.end());
  profile.distinct = static_cast<int64_t>(std::unique(sorted.begin(), sorted.end()) - sorted.begin());
  if (sample.values.empty()) return;
  sorted = sample.values;
  std::sort(sorted.begin(), sorted.end());
  profile.minimum = sorted.front();
  profile.maximum = sorted.back();
  profile.mean = mean(sample);
  profile.median = quantile(sample, 0.5);
  profile.deviation = deviation(sample, profile.mean);
  profile.histogram = number_histogram(sorted, sorted.front(), sorted.back());
  if (column.kind != ColumnKind::date) find_sentinels(profile, sorted);
}

void profile_names(ColumnProfile& profile, const std::map<std::string, int64_t>& counts) {
  profile.distinct = static_cast<int64_t>(counts.size());
  std::vector<std::pair<std::string, int64_t>> by_rows(counts.begin(), counts.end());
  std::stable_sort(by_rows.begin(), by_rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  int64_t rest = 0;
  for (size_t i = 0; i < by_rows.size(); ++i) {
    if (i < shown_categories) {
      profile.histogram.push_back({none, none, by_rows[i].first, by_rows[i].second});
    } else {
      rest += by_rows[i].second;
    }
  }
  if (rest > 0) profile.histogram.push_back({none, none, "any other", rest});
  for (const auto& [name, count] : counts) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    if (counts.size() > 1 && std::find(sentinel_words.begin(), sentinel_words.end(), lower) != sentinel_words.end())
      profile.sentinels.emplace_back(name, count);
  }
}

std::map<std::string, int64_t> flag_counts(const Column& column, const Selection& rows) {
  static const std::vector<std::string> plain{"false", "true"};
  const std::vector<std::string>* words =
      column.dictionary && column.dictionary->size() == 2 ? &*column.dictionary : &plain;
  std::map<std::string, int64_t> counts;
  for (const uint32_t row : rows)
    if (column.valid(row)) ++counts[(*words)[column.number(row) != 0]];
  return counts;
}

uint64_t content_hash(const Column& column, const Selection& rows) {
  const bool words = column.storage == Storage::category || column.storage == Storage::text;
  std::vector<uint64_t> dictionary;
  if (column.storage == Storage::category && column.dictionary)
    for (const std::string& name : *column.dictionary) dictionary.push_back(hash_of(name));
  uint64_t hash = mix(words);
  for (const uint32_t row : rows) {
    if (!column.valid(row)) {
      hash = mix(hash, 0x6d697373696e67);
    } else if (!dictionary.empty()) {
      hash = mix(hash, dictionary[column.chunk_of(row).as<uint32_t>()[row % chunk_rows]]);
    } else if (words) {
      hash = mix(hash, hash_of(column.text(row)));
    } else {
      const double value = column.number(row);
      uint64_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      hash = mix(hash, bits);
    }
  }
  return hash;
}

ColumnProfile profile_column(const Workflow& workflow, const Column& column, const Selection& rows) {
  ColumnProfile profile;
  profile.name = column.name;
  profile.kind = column.kind;
  profile.unit = column.unit;
  profile.role = excluded_role(workflow, column);
  if (profile.role.empty()) profile.role = "input";
  profile.minimum = profile.maximum = profile.mean = profile.median = profile.deviation = none;
  for (const uint32_t row : rows) profile.missing += column.valid(row) ? 0 : 1;
  switch (column.storage) {
    case Storage::category:
    case Storage::text:
      profile_names(profile, category_counts(column, rows));
      break;
    case Storage::flag:
      profile_names(profile, flag_counts(column, rows));
      break;
    default:
      profile_numbers(profile, column, rows);
  }
  if (column.storage == Storage::text) profile.histogram.clear();
  profile.content = content_hash(column, rows);
  return profile;
}

}  // namespace

Profile profile_table(const Workflow& workflow, const Table& table, const Selection& development) {
  Profile profile;
  profile.data = workflow.data.empty() ? "" : workflow.data.back().name;
  profile.rows = static_cast<int64_t>(development.size());
  profile.columns.resize(table.columns.size());
  tbb::parallel_for(size_t{0}, table.columns.size(),
                    [&](size_t i) { profile.columns[i] = profile_column(workflow, table.columns[i], development); });
  if (const ColumnProfile* target =
          workflow.task.targets.empty() ? nullptr : profile.find(workflow.task.targets.front())) {
    if (workflow.task.kind != TaskKind::regression) {
      const Column& column = *table.find(target->name);
      std::map<std::string, int64_t> counts;
      if (column.storage == Storage::category || column.storage == Storage::text) {
        counts = category_counts(column, development);
      } else if (column.storage == Storage::flag) {
        counts = flag_counts(column, development);
      } else {
        for (const uint32_t row : development)
          if (column.valid(row)) ++counts[fmt::format("{}", column.number(row))];
      }
      for (const auto& [name, rows] : counts) {
        profile.classes.push_back(name);
        profile.class_rows.push_back(rows);
      }
    }
  }
  return profile;
}

}  // namespace mlw
