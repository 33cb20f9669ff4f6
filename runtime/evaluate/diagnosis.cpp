#include <fmt/format.h>

#include <cmath>

#include "runtime/evaluate/curves.h"

namespace mlw {
namespace {

std::string class_text(const Judged& judged, double index) {
  const auto place = static_cast<size_t>(index);
  return index >= 0 && place < judged.classes.size() ? judged.classes[place] : fmt::format("{}", index);
}

std::string number_text(double value) { return fmt::format("{:.6g}", value); }

/// Of the positive class (binary) or the decided one.
double probability_of(const Judged& judged, uint32_t row) {
  if (judged.scores.empty()) return judged.prediction[row];
  const int column = judged.outputs == 1               ? 0
                     : judged.task == TaskKind::binary ? 1
                                                       : static_cast<int>(judged.prediction[row]);
  return static_cast<double>(judged.scores[static_cast<size_t>(row) * judged.outputs + column]);
}

}  // namespace

report::Diagnosis diagnose(const Judged& judged, const std::string& rows, std::vector<WorstRow>* worst) {
  report::Diagnosis diagnosis;
  diagnosis.rows = rows;
  const bool regression = judged.task == TaskKind::regression;
  if (regression) {
    diagnosis.residuals = residuals(judged);
    std::vector<double> errors;
    for (size_t row = 0; row < judged.truth.size(); ++row) errors.push_back(judged.truth[row] - judged.prediction[row]);
    diagnosis.residual_histogram = histogram(std::move(errors));
  } else {
    diagnosis.confusion = confusion_matrix(judged);
  }
  if (judged.task == TaskKind::binary) {
    diagnosis.roc = roc_curve(judged);
    diagnosis.precision_recall = precision_recall_curve(judged);
    diagnosis.calibration = calibration(judged);
  }
  const auto found = worst_rows(judged);
  for (const WorstRow& row : found) {
    report::Example example;
    example.truth = regression ? number_text(judged.truth[row.row]) : class_text(judged, judged.truth[row.row]);
    example.prediction =
        regression ? number_text(judged.prediction[row.row]) : class_text(judged, judged.prediction[row.row]);
    example.score = regression ? judged.prediction[row.row] : probability_of(judged, row.row);
    example.loss = row.loss;
    diagnosis.failures.push_back(std::move(example));
  }
  if (worst != nullptr) *worst = found;
  return diagnosis;
}

}  // namespace mlw
