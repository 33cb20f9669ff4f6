#include "runtime/evaluate/threshold.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "runtime/data/random.h"
#include "runtime/evaluate/linearised.h"

namespace mlw {
namespace {

constexpr size_t cell_candidates = 4096, full_candidates = 512;
constexpr int divided_in = 5;

float score_of(const Judged& judged, size_t row) {
  return judged.scores[row * judged.outputs + (judged.outputs == 1 ? 0 : 1)];
}

/// A threshold and what lies between it and the next: deciding positive the first `positives` rows of falling scores.
struct Candidate {
  float threshold = 0;
  size_t positives = 0;
};

/// The float in the middle of two, so that only the upper one reaches it.
float between(float lower, float upper) {
  const auto middle = static_cast<float>((static_cast<double>(lower) + static_cast<double>(upper)) / 2);
  return middle > lower ? middle : upper;
}

/// All ways to cut the falling scores, from "none is positive" on.
std::vector<Candidate> all_candidates(const std::vector<float>& falling) {
  std::vector<Candidate> candidates;
  const float above = std::nextafter(falling.front(), std::numeric_limits<float>::infinity());
  candidates.push_back({falling.front() < 1.0F ? between(falling.front(), 1.0F) : above, 0});
  for (size_t i = 0; i < falling.size(); ++i) {
    if (i + 1 == falling.size()) {
      candidates.push_back({falling[i] > 0.0F ? between(0.0F, falling[i]) : falling[i], i + 1});
    } else if (falling[i + 1] < falling[i]) {
      candidates.push_back({between(falling[i + 1], falling[i]), i + 1});
    }
  }
  return candidates;
}

/// Values of the objective for each candidate, exactly, when it is a ratio of sums: a row adds one thing when it is
/// decided positive, another when not.
std::vector<double> values_by_sums(const MetricProgram& objective, const Judged& judged,
                                   const std::vector<uint32_t>& order, const std::vector<Candidate>& candidates) {
  std::vector<std::optional<RowRatio>> decided(2);
  std::vector<double> weight = weights_of(judged);
  for (int side = 0; side < 2; ++side) {
    Judged all = judged;
    all.prediction.assign(all.truth.size(), side);
    decided[side] = MetricOnRows(objective, all).ratio();
    if (!decided[side]) return {};
  }
  const RowRatio &no = *decided[0], &yes = *decided[1];
  if (!no.weighted) weight.assign(weight.size(), 1.0);
  const bool ratio = !no.denominator.empty();
  double above = 0, below = 0;
  for (size_t i = 0; i < weight.size(); ++i) {
    above += weight[i] * no.numerator[i];
    if (ratio) below += weight[i] * no.denominator[i];
  }
  std::vector<double> values;
  size_t done = 0;
  for (const Candidate& candidate : candidates) {
    for (; done < candidate.positives; ++done) {
      const uint32_t row = order[done];
      above += weight[row] * (yes.numerator[row] - no.numerator[row]);
      if (ratio) below += weight[row] * (yes.denominator[row] - no.denominator[row]);
    }
    double value = ratio ? (below > 0 ? above / below : std::numeric_limits<double>::quiet_NaN()) : above;
    if (no.square_root) value = std::sqrt(value);
    values.push_back(no.offset + no.scale * value);
  }
  return values;
}

/// At most so many candidates, evenly spread over the rows.
std::vector<Candidate> thin_out(const std::vector<Candidate>& candidates, size_t most) {
  if (candidates.size() <= most) return candidates;
  std::vector<Candidate> kept;
  for (size_t i = 0; i < most; ++i) kept.push_back(candidates[i * (candidates.size() - 1) / (most - 1)]);
  return kept;
}

std::vector<double> values_one_by_one(const MetricProgram& objective, const Judged& judged,
                                      const std::vector<Candidate>& candidates) {
  std::vector<double> values;
  Judged decided = judged;
  for (const Candidate& candidate : candidates) {
    decide(decided, static_cast<double>(candidate.threshold));
    values.push_back(MetricOnRows(objective, decided).value());
  }
  return values;
}

/// The four cells of the confusion matrix as weighted rows: all that a metric of truth, decision and weight can know.
std::vector<double> values_by_cells(const MetricProgram& objective, const Judged& judged,
                                    const std::vector<uint32_t>& order, const std::vector<Candidate>& candidates) {
  Judged cells;
  cells.task = judged.task;
  cells.classes = judged.classes;
  cells.truth = {0, 0, 1, 1};
  cells.prediction = {0, 1, 0, 1};
  const MetricOnRows metric(objective, cells);
  const auto weight = weights_of(judged);
  double in_cell[4] = {};
  for (size_t row = 0; row < weight.size(); ++row) in_cell[judged.truth[row] == 1 ? 2 : 0] += weight[row];
  std::vector<double> values;
  size_t done = 0;
  for (const Candidate& candidate : candidates) {
    for (; done < candidate.positives; ++done) {
      const int cell = judged.truth[order[done]] == 1 ? 2 : 0;
      in_cell[cell] -= weight[order[done]];
      in_cell[cell + 1] += weight[order[done]];
    }
    values.push_back(metric.value(in_cell));
  }
  return values;
}

/// Whether four weighted rows stand for all: no score is read, and weights count like rows, which is tried out.
bool cells_suffice(const MetricProgram& objective, const Judged& judged, const std::vector<uint32_t>& order,
                   const std::vector<Candidate>& candidates) {
  const auto columns = columns_of(*objective.metric().formula);
  const bool no_scores = std::all_of(columns.begin(), columns.end(), [](const std::string& name) {
    return name == "truth" || name == "prediction" || name == "weight" || name == "classes";
  });
  if (!no_scores || !objective.weighted()) return false;
  const size_t size = candidates.size();
  const std::vector<Candidate> tried = {candidates[size / 5], candidates[size / 2], candidates[size - 1 - size / 5]};
  const auto cells = values_by_cells(objective, judged, order, tried),
             rows = values_one_by_one(objective, judged, tried);
  for (size_t i = 0; i < tried.size(); ++i) {
    if (std::isnan(cells[i]) != std::isnan(rows[i])) return false;
    if (std::fabs(cells[i] - rows[i]) > 1e-9 * std::max(1.0, std::fabs(rows[i]))) return false;
  }
  return true;
}

/// The middle of the best stretch of neighbouring candidates; of several, the one with the most rows between its ends.
std::optional<float> best_threshold(const std::vector<Candidate>& candidates, const std::vector<double>& values,
                                    bool maximize) {
  double best = std::numeric_limits<double>::quiet_NaN();
  for (const double value : values) {
    if (!std::isnan(value) && (std::isnan(best) || (maximize ? value > best : value < best))) best = value;
  }
  if (std::isnan(best)) return std::nullopt;
  const double tolerance = 1e-12 * std::max(1.0, std::fabs(best));
  const auto is_best = [&](size_t i) { return std::fabs(values[i] - best) <= tolerance; };
  std::pair<size_t, size_t> widest{0, 0};
  size_t rows = 0;
  bool found = false;
  for (size_t begin = 0; begin < values.size();) {
    if (!is_best(begin)) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end + 1 < values.size() && is_best(end + 1)) ++end;
    const size_t here = candidates[end].positives - candidates[begin].positives;
    if (!found || here > rows) widest = {begin, end}, rows = here;
    found = true;
    begin = end + 1;
  }
  return candidates[(widest.first + widest.second) / 2].threshold;
}

std::optional<float> choose_on(const MetricProgram& objective, const Judged& judged) {
  if (judged.rows() == 0) return std::nullopt;
  std::vector<uint32_t> order(judged.truth.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const float x = score_of(judged, a), y = score_of(judged, b);
    return x != y ? x > y : a < b;
  });
  std::vector<float> falling(order.size());
  for (size_t i = 0; i < order.size(); ++i) falling[i] = score_of(judged, order[i]);
  auto candidates = all_candidates(falling);
  auto values = values_by_sums(objective, judged, order, candidates);
  if (values.empty()) {
    const bool cells = cells_suffice(objective, judged, order, candidates);
    candidates = thin_out(candidates, cells ? cell_candidates : full_candidates);
    values = cells ? values_by_cells(objective, judged, order, candidates)
                   : values_one_by_one(objective, judged, candidates);
  }
  return best_threshold(candidates, values, objective.metric().maximize);
}

/// The folds, or five parts by identity (by group) when there is just one.
std::vector<std::vector<uint32_t>> parts_of(const Judged& judged) {
  auto folds = rows_by_fold(judged);
  if (folds.size() > 1) return folds;
  Judged divided;
  divided.truth = judged.truth;
  for (size_t i = 0; i < judged.truth.size(); ++i) {
    const uint64_t key = !judged.group.empty()     ? static_cast<uint64_t>(judged.group[i])
                         : judged.identity.empty() ? i
                                                   : judged.identity[i];
    divided.fold.push_back(static_cast<int32_t>(mix(key, 0x7468726573686F6C) % divided_in));
  }
  return rows_by_fold(divided);
}

}  // namespace

void decide(Judged& judged, double threshold) {
  if (judged.task == TaskKind::regression || judged.scores.empty()) return;
  judged.prediction.resize(judged.truth.size());
  const auto cut = static_cast<float>(threshold);
  for (size_t row = 0; row < judged.truth.size(); ++row) {
    if (judged.task == TaskKind::binary) {
      judged.prediction[row] = score_of(judged, row) >= cut ? 1 : 0;
    } else {
      const auto begin = judged.scores.begin() + static_cast<std::ptrdiff_t>(row) * judged.outputs;
      judged.prediction[row] = static_cast<double>(std::max_element(begin, begin + judged.outputs) - begin);
    }
  }
}

bool reads_decisions(const Metric& metric) {
  const auto columns = columns_of(*metric.formula);
  return std::find(columns.begin(), columns.end(), "prediction") != columns.end();
}

std::optional<ThresholdChoice> choose_threshold(const MetricProgram& objective, const Judged& judged) {
  if (judged.task != TaskKind::binary || !reads_decisions(objective.metric())) return std::nullopt;
  const auto all = choose_on(objective, judged);
  if (!all) return std::nullopt;
  ThresholdChoice choice;
  choice.threshold = static_cast<double>(*all);
  choice.decided = judged;
  choice.decided.prediction.assign(judged.truth.size(), 0);
  const auto parts = parts_of(judged);
  for (const auto& part : parts) {
    std::vector<uint8_t> inside(judged.truth.size(), 0);
    for (const uint32_t row : part) inside[row] = 1;
    std::vector<uint32_t> others;
    for (uint32_t row = 0; row < inside.size(); ++row) {
      if (!inside[row]) others.push_back(row);
    }
    const float threshold = choose_on(objective, take_rows(judged, others)).value_or(*all);
    choice.fold_values.push_back(static_cast<double>(threshold));
    for (const uint32_t row : part) choice.decided.prediction[row] = score_of(judged, row) >= threshold ? 1 : 0;
  }
  return choice;
}

}  // namespace mlw
