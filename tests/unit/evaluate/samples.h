#pragma once

#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/data/random.h"
#include "runtime/evaluate/distributions.h"
#include "runtime/evaluate/metrics.h"
#include "tests/reference/formula_interpreter.h"
#include "tests/reference/metric_module.h"

/// Metrics of the standard library and judgements, for the tests of this folder.
namespace mlw::samples {

inline const reference::MetricModule& module() {
  static const reference::MetricModule read(MLW_SOURCE_DIR "/stdlib/metrics.mlw");
  return read;
}

inline CodeGenerator& generator() {
  static reference::Interpreter interpreter;
  return interpreter;
}

inline const MetricProgram& program(const std::string& name, const std::map<std::string, double>& arguments = {}) {
  static std::map<std::string, std::unique_ptr<MetricProgram>> programs;
  std::string key = name;
  for (const auto& [parameter, value] : arguments) key += parameter + std::to_string(value);
  auto& found = programs[key];
  if (!found) {
    static const std::set<std::string> losses = {"log_loss",    "brier", "calibration_error",     "mae",       "mse",
                                                 "rmse",        "mape",  "median_absolute_error", "max_error", "rmsle",
                                                 "pinball_loss"};
    static const std::set<std::string> additive = {"accuracy", "log_loss", "brier", "mae", "mse", "mape"};
    Metric metric = module().metric(name, arguments);
    metric.maximize = losses.count(name) == 0;
    metric.additive = additive.count(name) > 0;
    found = std::make_unique<MetricProgram>(metric, generator());
  }
  return *found;
}

/// A metric as a user would write it; the program lives as long as the tests.
inline const MetricProgram& program_of_text(const std::string& text, bool maximize = true) {
  static std::map<std::string, std::unique_ptr<MetricProgram>> programs;
  auto& found = programs[text];
  if (!found) {
    Metric metric = module().of_text(text);
    metric.maximize = maximize;
    found = std::make_unique<MetricProgram>(metric, generator());
  }
  return *found;
}

inline Judged binary(std::vector<double> truth, std::vector<float> scores, std::vector<double> weight = {}) {
  Judged judged;
  judged.task = TaskKind::binary;
  judged.classes = {"no", "yes"};
  judged.truth = std::move(truth);
  judged.scores = std::move(scores);
  for (const float score : judged.scores) judged.prediction.push_back(score >= 0.5F ? 1 : 0);
  judged.weight = std::move(weight);
  return judged;
}

inline Judged regression(std::vector<double> truth, std::vector<double> prediction) {
  Judged judged;
  judged.task = TaskKind::regression;
  judged.truth = std::move(truth);
  judged.prediction = std::move(prediction);
  return judged;
}

/// Random numbers of one stream.
struct Stream {
  Philox random;
  uint64_t next = 0;
  explicit Stream(uint64_t seed) : random{mix(seed, 0x73616D706C65)} {}
  double uniform() { return random.uniform(next++); }
  double normal() { return distributions::normal_quantile(0.5 * 0x1p-53 + uniform() * (1 - 0x1p-53)); }
  double exponential() { return -distributions::log(1 - uniform()); }
};

/// A binary judgement: positives with this share, scores that tell them apart by `distance` standard deviations.
inline Judged random_binary(Stream& stream, int rows, double share, double distance) {
  std::vector<double> truth;
  std::vector<float> scores;
  for (int i = 0; i < rows; ++i) {
    truth.push_back(stream.uniform() < share ? 1 : 0);
    scores.push_back(static_cast<float>(distributions::normal(stream.normal() + distance * (truth.back() - 0.5))));
  }
  Judged judged = binary(truth, scores);
  for (int i = 0; i < rows; ++i) judged.identity.push_back(mix(stream.next, static_cast<uint64_t>(i)));
  return judged;
}

}  // namespace mlw::samples
