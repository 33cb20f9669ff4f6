#include "runtime/evaluate/judged.h"

#include "runtime/evaluate/metrics.h"

namespace mlw {

std::vector<double> weights_of(const Judged& judged) {
  return judged.weight.empty() ? std::vector<double>(judged.truth.size(), 1.0) : judged.weight;
}

std::vector<double> scores_of(const Judged& judged) {
  if (judged.task == TaskKind::regression || judged.scores.empty()) return judged.prediction;
  std::vector<double> scores(judged.truth.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    scores[i] = static_cast<double>(judged.scores[i * judged.outputs + (judged.outputs == 1 ? 0 : 1)]);
  }
  return scores;
}

Judged take_rows(const Judged& judged, std::span<const uint32_t> rows) {
  Judged taken;
  taken.task = judged.task;
  taken.classes = judged.classes;
  taken.outputs = judged.outputs;
  const auto take = [&](const auto& from, auto& to) {
    if (from.empty()) return;
    to.reserve(rows.size());
    for (const uint32_t row : rows) to.push_back(from[row]);
  };
  take(judged.identity, taken.identity);
  take(judged.truth, taken.truth);
  take(judged.prediction, taken.prediction);
  take(judged.weight, taken.weight);
  take(judged.group, taken.group);
  take(judged.fold, taken.fold);
  take(judged.time, taken.time);
  if (!judged.scores.empty()) {
    for (const uint32_t row : rows) {
      const auto begin = judged.scores.begin() + static_cast<std::ptrdiff_t>(row) * judged.outputs;
      taken.scores.insert(taken.scores.end(), begin, begin + judged.outputs);
    }
  }
  return taken;
}

}  // namespace mlw
