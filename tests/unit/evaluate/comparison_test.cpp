#include "runtime/evaluate/comparison.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "compiler/diagnostics/diagnostic.h"
#include "tests/unit/evaluate/samples.h"

using namespace mlw;
using namespace mlw::samples;

namespace {

/// Other scores for the same truth, so far from noise as `distance` says.
Judged other_model(const Judged& judged, Stream& stream, double distance, double alike) {
  Judged other = judged;
  for (size_t i = 0; i < judged.truth.size(); ++i) {
    const double shared =
        distributions::normal_quantile(std::clamp(static_cast<double>(judged.scores[i]), 1e-6, 1 - 1e-6)) -
        1.5 * (judged.truth[i] - 0.5);
    const double noise = alike * shared + std::sqrt(1 - alike * alike) * stream.normal();
    other.scores[i] = static_cast<float>(distributions::normal(noise + distance * (judged.truth[i] - 0.5)));
    other.prediction[i] = other.scores[i] >= 0.5F ? 1 : 0;
  }
  return other;
}

/// How often a test at 2.5 % finds a winner between equals.
double false_wins(const MetricProgram& metric, int simulations, int rows, bool groups) {
  int wins = 0;
  for (int i = 0; i < simulations; ++i) {
    Stream stream(static_cast<uint64_t>(i) + 77);
    Judged judged = random_binary(stream, rows, 0.4, 1.5);
    Judged other = other_model(judged, stream, 1.5, 0.7);
    if (groups) {
      for (int row = 0; row < rows; ++row) judged.group.push_back(row / 4);
      other.group = judged.group;
    }
    if (compare(metric, judged, other, {static_cast<uint64_t>(i), 0.95, 1000}).beats) ++wins;
  }
  return static_cast<double>(wins) / simulations;
}

}  // namespace

TEST_CASE("a model does not beat itself") {
  Stream stream(1);
  const Judged judged = random_binary(stream, 300, 0.4, 1.5);
  for (const std::string name : {"accuracy", "log_loss", "roc_auc", "mcc", "f1", "pr_auc"}) {
    INFO(name);
    const PairedTest test = compare(program(name), judged, judged, {1, 0.95, 1000});
    CHECK(test.difference == 0);
    CHECK(test.p_value == 1);
    CHECK_FALSE(test.beats);
    CHECK(test.rows == 300);
  }
}

TEST_CASE("a better model is found, whichever way the metric points") {
  Stream stream(2);
  const Judged weak = random_binary(stream, 400, 0.4, 1.5);
  const Judged strong = other_model(weak, stream, 3, 0.7);
  for (const std::string name : {"accuracy", "log_loss", "brier", "roc_auc", "mcc", "f1", "balanced_accuracy"}) {
    INFO(name);
    const PairedTest test = compare(program(name), strong, weak, {1, 0.95, 1000});
    CHECK(test.difference > 0);
    CHECK(test.p_value < 0.001);
    CHECK(test.beats);
    CHECK(test.low > 0);
    CHECK(test.low < test.difference);
    CHECK(test.high > test.difference);
    const PairedTest turned = compare(program(name), weak, strong, {1, 0.95, 1000});
    CHECK_FALSE(turned.beats);
    CHECK(turned.p_value > 0.99);
    CHECK(turned.difference == Approx(-test.difference));
  }
}

TEST_CASE("the exact sign test, by hand") {
  // Ten rows on which one of the two is right: 9 for the first. P(X >= 9) = 11 / 1024.
  std::vector<double> truth(40, 1);
  Judged first = binary(truth, std::vector<float>(40, 0.9F)), second = first;
  for (int i = 0; i < 9; ++i) second.prediction[i] = 0;
  first.prediction[20] = 0;
  const PairedTest test = compare(program("accuracy"), first, second);
  CHECK(test.p_value == Approx(11.0 / 1024));
  CHECK(test.method == "exact sign test");
  CHECK(test.difference == Approx(8.0 / 40));
  CHECK(test.beats);
  CHECK(test.rough);
}

TEST_CASE("Student's paired test, by hand") {
  // Differences of the absolute errors: 1, 2, 3, 4, 5: mean 3, error sqrt(2.5 / 5), t = 4.2426 with 4 degrees: p =
  // 0.00661 (tables).
  const Judged first = regression({0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}),
               second = regression({0, 0, 0, 0, 0}, {2, 3, 4, 5, 6});
  const PairedTest test = compare(program("mae"), first, second);
  CHECK(test.difference == Approx(3));
  CHECK(test.p_value == Approx(0.00661).margin(5e-5));
  CHECK(test.low == Approx(3 - 2.7764451 * std::sqrt(0.5)));
  CHECK(test.method == "Student's test of the rows' differences");
  // A total of costs: the same test, the difference five times as large.
  const PairedTest total = compare(program_of_text("sum(weight * abs(truth - prediction))", false), first, second);
  CHECK(total.difference == Approx(15));
  CHECK(total.p_value == Approx(test.p_value));
}

TEST_CASE("rows in groups are fewer than they seem") {
  std::vector<double> truth, near, far;
  std::vector<int32_t> group;
  Stream stream(4);
  for (int g = 0; g < 12; ++g) {
    const double gain = stream.normal() + 0.6;
    for (int i = 0; i < 20; ++i) {
      truth.push_back(0), near.push_back(5), far.push_back(5 + gain + 0.01 * stream.normal());
      group.push_back(g);
    }
  }
  Judged first = regression(truth, near), second = regression(truth, far);
  const PairedTest alone = compare(program("mae"), first, second);
  first.group = second.group = group;
  const PairedTest grouped = compare(program("mae"), first, second);
  CHECK(grouped.difference == Approx(alone.difference));
  CHECK(grouped.p_value > 4 * alone.p_value);
  CHECK(grouped.method.find("by group") != std::string::npos);
  CHECK(grouped.rough);
}

TEST_CASE("between equals a winner is found as often as the level says, or less") {
  // Three standard errors of the simulation above the level of 2.5 %.
  const auto bound = [](int simulations) { return 0.025 + 3 * std::sqrt(0.025 * 0.975 / simulations); };
  CHECK(false_wins(program("accuracy"), 800, 200, false) < bound(800));
  const double brier = false_wins(program("brier"), 800, 200, false);
  CHECK(brier < bound(800));
  CHECK(brier > 0.008);  // it is no test that never finds any
  CHECK(false_wins(program("roc_auc"), 800, 200, false) < bound(800));
  CHECK(false_wins(program("brier"), 400, 200, true) < bound(400));
  CHECK(false_wins(program("roc_auc"), 400, 200, true) < bound(400));
}

TEST_CASE("folds: what is averaged is compared as an average, repeats of a row count once") {
  Stream stream(6);
  Judged weak = random_binary(stream, 300, 0.4, 1.2);
  for (int i = 0; i < 300; ++i) weak.fold.push_back(i % 5);
  Judged strong = other_model(weak, stream, 2.5, 0.8);
  const PairedTest once = compare(program("roc_auc"), strong, weak);
  double mean = 0;
  for (const double value : out_of_fold(program("roc_auc"), strong).folds) mean += value / 5;
  for (const double value : out_of_fold(program("roc_auc"), weak).folds) mean -= value / 5;
  CHECK(once.difference == Approx(mean));
  // The very same predictions again, as a second repeat: nothing is more certain than before.
  const auto twice = [](const Judged& judged) {
    std::vector<uint32_t> rows;
    for (uint32_t i = 0; i < 600; ++i) rows.push_back(i % 300);
    Judged result = take_rows(judged, rows);
    for (int i = 300; i < 600; ++i) result.fold[i] += 5;
    return result;
  };
  const PairedTest repeated = compare(program("roc_auc"), twice(strong), twice(weak));
  CHECK(repeated.difference == Approx(once.difference));
  CHECK(repeated.high - repeated.low == Approx(once.high - once.low).epsilon(0.02));
  CHECK(repeated.method.find("repeats of a row together") != std::string::npos);
  const PairedTest general = compare(program("mcc"), strong, weak, {1, 0.95, 1000});
  CHECK(general.difference ==
        Approx(out_of_fold(program("mcc"), strong).interval.value - out_of_fold(program("mcc"), weak).interval.value));
  CHECK(general.beats);
}

TEST_CASE("a baseline that always says the same is beaten, one for which a metric is undefined is not") {
  Stream stream(7);
  const Judged model = random_binary(stream, 300, 0.4, 1.5);
  Judged majority = model;
  majority.scores.assign(300, 0.4F);
  majority.prediction.assign(300, 0);
  CHECK(compare(program("roc_auc"), model, majority).beats);
  CHECK(compare(program("accuracy"), model, majority).beats);
  CHECK(compare(program("mcc"), model, majority, {1, 0.95, 1000}).beats);
  const PairedTest undefined =
      compare(program_of_text("sum(weight * prediction * truth) / sum(weight * prediction)"), model, majority);
  CHECK_FALSE(undefined.beats);
  CHECK(undefined.p_value == 1);
  CHECK(std::isnan(undefined.difference));
}

TEST_CASE("other rows cannot be compared") {
  Stream stream(8);
  const Judged judged = random_binary(stream, 50, 0.4, 1.5), other = random_binary(stream, 50, 0.4, 1.5);
  try {
    compare(program("accuracy"), judged, other);
    FAIL("was compared");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind->code == "R484");
  }
}
