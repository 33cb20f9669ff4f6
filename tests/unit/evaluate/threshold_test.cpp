#include "runtime/evaluate/threshold.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/evaluate/samples.h"

using namespace mlw;
using namespace mlw::samples;

namespace {

Judged with_folds(Judged judged, int folds) {
  for (int i = 0; i < static_cast<int>(judged.truth.size()); ++i) judged.fold.push_back(i % folds);
  return judged;
}

double value_at(const MetricProgram& metric, Judged judged, double threshold) {
  decide(judged, threshold);
  judged.fold.clear();
  return MetricOnRows(metric, judged).value();
}

const MetricProgram& cost() {
  return program_of_text(
      "120 * sum(if truth == 1 and prediction == 0 then weight else 0) + 3 * sum(if truth == 0 and prediction == 1 "
      "then weight else 0)",
      false);
}

}  // namespace

TEST_CASE("decisions follow from scores in float32") {
  Judged judged = binary({0, 1, 1}, {0.3F, std::nextafter(0.3F, 0.0F), 0.8F});
  decide(judged, static_cast<double>(0.3F));
  CHECK(judged.prediction == std::vector<double>{1, 0, 1});
  decide(judged, 0.3);  // rounded to float32 before it is compared
  CHECK(judged.prediction == std::vector<double>{1, 0, 1});
  Judged several;
  several.task = TaskKind::multiclass;
  several.classes = {"a", "b", "c"};
  several.outputs = 3;
  several.truth = {0, 1};
  several.scores = {0.2F, 0.4F, 0.4F, 0.1F, 0.2F, 0.7F};
  decide(several, 0.5);
  CHECK(several.prediction == std::vector<double>{1, 2});
  Judged value = regression({1}, {2});
  decide(value, 0.5);
  CHECK(value.prediction == std::vector<double>{2});
}

TEST_CASE("the threshold is the best of all") {
  Stream stream(1);
  const Judged judged = with_folds(random_binary(stream, 200, 0.2, 1.5), 5);
  for (const MetricProgram* metric :
       {&cost(), &program("f1"), &program("accuracy"), &program("mcc"), &program("balanced_accuracy")}) {
    INFO(metric->metric().name);
    const auto choice = choose_threshold(*metric, judged);
    REQUIRE(choice);
    const double chosen = value_at(*metric, judged, choice->threshold);
    const double sign = metric->metric().maximize ? 1 : -1;
    for (const float score : judged.scores) {
      for (const float threshold : {score, std::nextafter(score, 2.0F)}) {
        const double value = value_at(*metric, judged, static_cast<double>(threshold));
        if (!std::isnan(value)) CHECK(sign * value <= sign * chosen + 1e-12);
      }
    }
    CHECK(choice->fold_values.size() == 5);
  }
}

TEST_CASE("metrics that weights or scores take part in otherwise are tried threshold by threshold") {
  Stream stream(8);
  Judged judged = with_folds(random_binary(stream, 120, 0.3, 1.5), 4);
  for (int i = 0; i < 120; ++i) judged.weight.push_back(0.5 + stream.uniform());
  const auto& unweighted = program_of_text("max(sum(if truth == prediction then 1 else 0) / count(), 0.1)");
  const auto& mixed = program_of_text(
      "sum(weight * (if truth == prediction then 1 else 0)) / count() + 0.01 * max(weight * prediction)");
  const auto& scored = program_of_text("max(sum(if truth == prediction then score else 0), 0.1)");
  for (const MetricProgram* metric : {&unweighted, &mixed, &scored}) {
    const auto choice = choose_threshold(*metric, judged);
    REQUIRE(choice);
    const double chosen = value_at(*metric, judged, choice->threshold);
    for (const float score : judged.scores)
      CHECK(value_at(*metric, judged, static_cast<double>(score)) <= chosen + 1e-12);
  }
}

TEST_CASE("a cost's threshold comes near to theory") {
  // Scores that are true probabilities: decide positive from 3 / (120 + 3) on.
  Stream stream(2);
  std::vector<double> truth;
  std::vector<float> scores;
  for (int i = 0; i < 6000; ++i) {
    scores.push_back(static_cast<float>(0.15 * stream.uniform()));
    truth.push_back(stream.uniform() < static_cast<double>(scores.back()) ? 1 : 0);
  }
  const auto choice = choose_threshold(cost(), with_folds(binary(truth, scores), 5));
  REQUIRE(choice);
  CHECK(choice->threshold == Approx(3.0 / 123).margin(0.012));
}

TEST_CASE("honest decisions use thresholds that the other folds chose") {
  Stream stream(3);
  const Judged judged = with_folds(random_binary(stream, 100, 0.3, 0.5), 4);
  const auto choice = choose_threshold(program("f1"), judged);
  REQUIRE(choice);
  for (size_t i = 0; i < judged.truth.size(); ++i) {
    const double expected = judged.scores[i] >= static_cast<float>(choice->fold_values[judged.fold[i]]) ? 1 : 0;
    CHECK(choice->decided.prediction[i] == expected);
  }
  // Labels of a fold do not reach its own threshold.
  Judged turned = judged;
  for (size_t i = 0; i < turned.truth.size(); ++i) {
    if (turned.fold[i] == 2) turned.truth[i] = 1 - turned.truth[i];
  }
  CHECK(choose_threshold(program("f1"), turned)->fold_values[2] == choice->fold_values[2]);
  // Chosen and judged on the same rows, noise looks better than it is; cross-fitted it does not.
  double optimistic = 0, honest = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    Stream noise(seed + 50);
    Judged rows = with_folds(random_binary(noise, 120, 0.5, 0.0), 4);
    const auto chosen = choose_threshold(program("accuracy"), rows);
    optimistic += value_at(program("accuracy"), rows, chosen->threshold) / 40;
    honest += MetricOnRows(program("accuracy"), chosen->decided).value() / 40;
  }
  CHECK(optimistic > 0.53);
  CHECK(honest < 0.52);
}

TEST_CASE("rows of one fold are divided by their identity, groups together") {
  Stream stream(4);
  Judged judged = random_binary(stream, 100, 0.3, 1);
  const auto choice = choose_threshold(program("f1"), judged);
  REQUIRE(choice);
  CHECK(choice->fold_values.size() == 5);
  for (int i = 0; i < 100; ++i) judged.group.push_back(i / 50);
  CHECK(choose_threshold(program("f1"), judged)->fold_values.size() <= 2);
}

TEST_CASE("no threshold where none matters") {
  Stream stream(5);
  const Judged judged = random_binary(stream, 50, 0.3, 1);
  CHECK_FALSE(choose_threshold(program("roc_auc"), judged));
  CHECK_FALSE(choose_threshold(program("log_loss"), judged));
  CHECK_FALSE(choose_threshold(program("mae"), regression({1}, {2})));
  CHECK_FALSE(choose_threshold(program("recall"), binary({0, 0, 0}, {.1F, .2F, .3F})));
  CHECK(reads_decisions(program("f1").metric()));
  CHECK_FALSE(reads_decisions(program("brier").metric()));
}

TEST_CASE("extremes: all alike, one row, all of one class") {
  const auto alike = choose_threshold(program("accuracy"), binary({1, 1, 0}, {.5F, .5F, .5F}));
  REQUIRE(alike);
  CHECK(alike->threshold <= 0.5);
  const auto one = choose_threshold(program("accuracy"), binary({0}, {1.0F}));
  REQUIRE(one);
  CHECK(one->threshold > 1);
  const auto negative = choose_threshold(program("accuracy"), binary({0, 0}, {.3F, .9F}));
  REQUIRE(negative);
  CHECK(negative->threshold > 0.9);
}
