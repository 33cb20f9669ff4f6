#include "runtime/evaluate/curves.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "compiler/diagnostics/diagnostic.h"
#include "runtime/evaluate/intervals.h"
#include "tests/unit/evaluate/samples.h"

using namespace mlw;
using namespace mlw::samples;

namespace {

double area_below(const std::vector<report::Point>& points) {
  double area = 0;
  for (size_t i = 1; i < points.size(); ++i)
    area += (points[i].x - points[i - 1].x) * (points[i].y + points[i - 1].y) / 2;
  return area;
}

}  // namespace

TEST_CASE("the confusion matrix counts weights") {
  Judged judged = binary({1, 0, 1, 0}, {.9F, .8F, .2F, .1F}, {1, 2, 3, 4});
  CHECK(confusion_matrix(judged) == std::vector<std::vector<double>>{{4, 2}, {3, 1}});
}

TEST_CASE("the ROC curve spans the metric's area") {
  Stream stream(1);
  const Judged judged = random_binary(stream, 150, 0.4, 1.2);
  const auto all = roc_curve(judged, 100000);
  CHECK(area_below(all) == Approx(MetricOnRows(program("roc_auc"), judged).value()).epsilon(1e-12));
  CHECK(all.front().x == 0);
  CHECK(all.front().y == 0);
  CHECK(all.back().x == 1);
  CHECK(all.back().y == 1);
  const Judged large = random_binary(stream, 20000, 0.4, 1.2);
  const auto thin = roc_curve(large);
  CHECK(thin.size() == 200);
  CHECK(std::abs(area_below(thin) - area_below(roc_curve(large, 1000000))) < 1e-3);
  CHECK(std::is_sorted(thin.begin(), thin.end(),
                       [](const auto& a, const auto& b) { return a.x < b.x || (a.x == b.x && a.y < b.y); }));
  CHECK(std::is_sorted(thin.rbegin(), thin.rend(),
                       [](const auto& a, const auto& b) { return a.threshold < b.threshold; }));
  CHECK(roc_curve(binary({1, 1}, {.1F, .2F})).empty());
  CHECK(roc_curve(binary({}, {})).empty());
}

TEST_CASE("precision and recall at each threshold, by hand") {
  const auto points = precision_recall_curve(binary({1, 0, 1, 0}, {.9F, .8F, .7F, .6F}));
  REQUIRE(points.size() == 4);
  CHECK(points[0].x == 0.5);
  CHECK(points[0].y == 1);
  CHECK(points[1].y == 0.5);
  CHECK(points[2].x == 1);
  CHECK(points[2].y == Approx(2.0 / 3));
  CHECK(points[3].y == 0.5);
  CHECK(precision_recall_curve(binary({0, 0}, {.1F, .2F})).empty());
}

TEST_CASE("calibration bins hold equal numbers of rows, equal scores together") {
  Stream stream(2);
  std::vector<double> truth;
  std::vector<float> scores;
  for (int i = 0; i < 5000; ++i) {
    scores.push_back(static_cast<float>(stream.uniform()));
    truth.push_back(stream.uniform() < static_cast<double>(scores.back()) ? 1 : 0);
  }
  const auto bins = calibration(binary(truth, scores));
  REQUIRE(bins.size() == 10);
  int64_t rows = 0;
  for (size_t i = 0; i < bins.size(); ++i) {
    CHECK(bins[i].rows == 500);
    CHECK(bins[i].predicted == Approx(0.05 + 0.1 * static_cast<double>(i)).margin(0.02));
    CHECK(bins[i].low < bins[i].predicted);
    CHECK(bins[i].high > bins[i].predicted);
    rows += bins[i].rows;
  }
  CHECK(rows == 5000);
  const auto few = calibration(binary({1, 0, 1, 1}, {.5F, .5F, .5F, .9F}));
  REQUIRE(few.size() == 2);
  CHECK(few[0].rows == 3);
  CHECK(few[0].observed == Approx(2.0 / 3));
  CHECK(few[1].rows == 1);
}

TEST_CASE("residuals of many rows are a sample with the extremes in it") {
  Stream stream(3);
  Judged judged = regression({}, {});
  for (int i = 0; i < 5000; ++i) judged.truth.push_back(stream.normal()), judged.prediction.push_back(1);
  judged.truth[77] = 100;
  const auto points = residuals(judged, 300);
  CHECK(points.size() == 300);
  CHECK(std::any_of(points.begin(), points.end(), [](const auto& p) { return p.y == 99; }));
  CHECK(residuals(regression({3, 1}, {1, 2}), 10)[0].y == 2);
}

TEST_CASE("histograms count every finite value once") {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back(i % 100);
  const auto bins = histogram(values);
  int64_t rows = 0;
  for (const auto& bin : bins) rows += bin.rows;
  CHECK(rows == 1000);
  CHECK(bins.size() > 5);
  CHECK(bins.size() <= 60);
  CHECK(bins.front().low == 0);
  CHECK(bins.back().high == 99);
  CHECK(histogram({2, 2, 2}).size() == 1);
  CHECK(histogram({std::nan("")}).empty());
  CHECK(histogram({0, 0, 0, 0, 0, 0, 0, 1e9}).size() == 10);
}

TEST_CASE("the worst rows come first, and only rows that are wrong") {
  const Judged judged = binary({1, 0, 1, 0}, {.1F, .6F, .9F, .99F});
  const auto worst = worst_rows(judged);
  REQUIRE(worst.size() == 3);
  CHECK(worst[0].row == 3);
  CHECK(worst[0].loss == Approx(-std::log(1 - 0.99F)).epsilon(1e-5));
  CHECK(worst[1].row == 0);
  CHECK(worst[2].row == 1);
  const auto values = worst_rows(regression({1, 5, 2}, {1, 1, 3}), 1);
  REQUIRE(values.size() == 1);
  CHECK(values[0].row == 1);
  CHECK(values[0].loss == 4);
}

TEST_CASE("a diagnosis holds what fits the task") {
  Stream stream(4);
  const Judged judged = random_binary(stream, 100, 0.4, 1);
  std::vector<WorstRow> worst;
  const auto two = diagnose(judged, "test", &worst);
  CHECK(two.rows == "test");
  CHECK(two.confusion.size() == 2);
  CHECK(!two.roc.empty());
  CHECK(!two.calibration.empty());
  CHECK(two.residuals.empty());
  REQUIRE(two.failures.size() == worst.size());
  CHECK(two.failures[0].truth != two.failures[0].prediction);
  CHECK(two.failures[0].score == static_cast<double>(judged.scores[worst[0].row]));
  const auto values = diagnose(regression({1, 2, 3}, {1.5, 2, 2}), "test");
  CHECK(values.residuals.size() == 3);
  CHECK(values.residual_histogram.size() >= 1);
  CHECK(values.confusion.empty());
  CHECK(values.failures[0].truth == "3");
}

TEST_CASE("outcomes are told for the volume that is expected") {
  std::vector<double> truth;
  std::vector<float> scores;
  const auto add = [&](double t, float s, int times) {
    for (int i = 0; i < times; ++i) truth.push_back(t), scores.push_back(s);
  };
  add(1, .9F, 90), add(1, .1F, 10), add(0, .9F, 45), add(0, .1F, 855);
  const Judged judged = binary(truth, scores);
  Expectation expectation;
  expectation.volume = 12000;
  expectation.every = int64_t{24} * 3600 * 1000000;
  expectation.say = {"missed", "false_alarms", "caught", "cost", "accuracy"};
  Metric metric = module().of_text("120 * sum(if truth == 1 and prediction == 0 then weight else 0)");
  metric.name = "cost";
  metric.unit = "EUR";
  const MetricProgram cost(metric, generator());
  auto told = outcomes(expectation, judged, {&cost, &program("accuracy")}, 1);
  REQUIRE(told.size() == 5);
  CHECK(told[0].value == Approx(120));
  CHECK(told[0].low == Approx(12000 * wilson(0.01, 1000, 1.959963984540054).low));
  CHECK(told[0].text.find("120 missed a day (") == 0);
  CHECK(told[1].value == Approx(540));
  CHECK(told[2].value == Approx(1080));
  CHECK(told[3].value == Approx(120 * 120.0));
  CHECK(told[3].text.find("14400 EUR cost a day") == 0);
  CHECK(told[4].value == Approx(0.945));
  // At another prevalence only rates within the classes come from the rows.
  expectation.prevalence = 0.002;
  told = outcomes(expectation, judged, {&cost, &program("accuracy")}, 1);
  CHECK(told[0].value == Approx(12000 * 0.002 * 0.1));
  CHECK(told[0].high == Approx(12000 * 0.002 * wilson(0.1, 100, 1.959963984540054).high));
  CHECK(told[1].value == Approx(12000 * 0.998 * 0.05));
  CHECK(told[3].value == Approx(120 * 12000 * 0.002 * 0.1));
  CHECK(told[4].value == Approx(0.002 * 0.9 + 0.998 * 0.95));
  expectation.say = {"profit"};
  try {
    outcomes(expectation, judged, {}, 1);
    FAIL("was told");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "R485");
  }
  Expectation plain;
  plain.say = {"missed"};
  CHECK(outcomes(plain, judged, {}, 1)[0].text.find("10 missed of 1000 rows") == 0);
  plain.volume = 10;
  plain.every = int64_t{3} * 3600 * 1000000;
  CHECK(outcomes(plain, judged, {}, 1)[0].text.find("every 3 hours") != std::string::npos);
}
