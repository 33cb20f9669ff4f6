#include "runtime/evaluate/intervals.h"

#include <tbb/global_control.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "runtime/evaluate/bootstrap.h"
#include "runtime/evaluate/delong.h"
#include "tests/unit/evaluate/samples.h"

using namespace mlw;
using namespace mlw::samples;

namespace {

constexpr double z95 = 1.959963984540054;

/// How often an interval of simulated rows holds the truth.
template <typename Simulate>
double coverage(int simulations, double truth, Simulate simulate) {
  int held = 0;
  for (int i = 0; i < simulations; ++i) {
    const Interval interval = simulate(static_cast<uint64_t>(i));
    if (interval.low <= truth && truth <= interval.high) ++held;
  }
  return static_cast<double>(held) / simulations;
}

/// Two standard errors of a simulated coverage of 95 %.
double tolerance(int simulations) { return 2 * std::sqrt(0.95 * 0.05 / simulations); }

}  // namespace

TEST_CASE("Wilson's interval has its published values") {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  const auto check = [](double hits, double rows, double low, double high) {
    const Bounds bounds = wilson(hits / rows, rows, z95);
    CHECK(bounds.low == Approx(low).margin(5e-5));
    CHECK(bounds.high == Approx(high).margin(5e-5));
  };
  check(81, 263, 0.2553, 0.3662);
  check(15, 148, 0.0624, 0.1605);
  check(0, 20, 0.0, 0.1611);
  check(1, 29, 0.0061, 0.1718);
  CHECK(wilson(1, 10, z95).high == 1);
  CHECK(wilson(0.5, 0, z95).low == 0);
  CHECK(wilson(0.5, 0, z95).high == 1);
}

TEST_CASE("DeLong's error has its published value") {
  // Hanley and McNeil 1982, table 1 (109 computed tomograms); area and DeLong error as in the manual of Stata's roctab:
  // 0.8932, 0.0307.
  std::vector<double> truth, score;
  const int normal[] = {33, 6, 6, 11, 2}, abnormal[] = {3, 2, 2, 11, 33};
  for (int rating = 0; rating < 5; ++rating) {
    for (int i = 0; i < normal[rating]; ++i) truth.push_back(0), score.push_back(rating);
    for (int i = 0; i < abnormal[rating]; ++i) truth.push_back(1), score.push_back(rating);
  }
  const auto area = area_under_curve(truth, score, std::vector<double>(truth.size(), 1.0));
  CHECK(area.area == Approx(0.8932).margin(5e-5));
  CHECK(std::sqrt(delong_variance(area, truth)) == Approx(0.0307).margin(5e-5));
}

TEST_CASE("DeLong's variance by one sort is that of the definition") {
  Stream stream(3);
  std::vector<double> truth, score;
  for (int i = 0; i < 80; ++i) {
    truth.push_back(stream.uniform() < 0.4 ? 1 : 0);
    score.push_back(std::floor(6 * stream.uniform() + truth.back()));
  }
  const auto found = area_under_curve(truth, score, std::vector<double>(truth.size(), 1.0));
  // Structural components by counting pairs.
  const auto mean_against = [&](size_t row, double other) {
    double wins = 0, pairs = 0;
    for (size_t j = 0; j < truth.size(); ++j) {
      if (truth[j] != other) continue;
      const double difference = other == 0 ? score[row] - score[j] : score[j] - score[row];
      wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
      pairs += 1;
    }
    return wins / pairs;
  };
  double variance = 0, area = 0;
  for (const double side : {1.0, 0.0}) {
    std::vector<double> components;
    for (size_t i = 0; i < truth.size(); ++i) {
      if (truth[i] == side) components.push_back(mean_against(i, 1 - side));
    }
    const auto count = static_cast<double>(components.size());
    double mean = 0, square = 0;
    for (const double c : components) mean += c / count;
    for (const double c : components) square += (c - mean) * (c - mean) / (count - 1);
    variance += square / count;
    area = mean;
  }
  CHECK(found.area == Approx(area).epsilon(1e-12));
  CHECK(delong_variance(found, truth) == Approx(variance).epsilon(1e-12));
  CHECK(std::isnan(
      area_under_curve(std::vector<double>{1, 1}, std::vector<double>{0, 1}, std::vector<double>{1, 1}).area));
}

TEST_CASE("each metric has the method that fits it") {
  Stream stream(5);
  Judged judged = random_binary(stream, 400, 0.4, 1.5);
  const auto method = [&](const std::string& name) {
    return interval_of(program(name), judged, {1, 0.95, 1000}).method;
  };
  CHECK(method("accuracy") == "Wilson");
  CHECK(method("precision") == "Wilson");
  CHECK(method("recall") == "Wilson");
  CHECK(method("specificity") == "Wilson");
  CHECK(method("roc_auc") == "DeLong, logit scale");
  CHECK(method("log_loss") == "studentised bootstrap");
  CHECK(method("brier") == "studentised bootstrap");
  CHECK(method("f1") == "studentised bootstrap");
  CHECK(method("mcc") == "BCa bootstrap");
  judged.time.resize(400);
  for (size_t i = 0; i < 400; ++i) judged.time[i] = static_cast<int64_t>(i);
  CHECK(method("accuracy") == "Wilson, blocks of time");
  CHECK(method("mcc") == "BCa bootstrap, blocks of time");
  for (size_t i = 0; i < 400; ++i) judged.group.push_back(static_cast<int32_t>(i / 4));
  CHECK(method("roc_auc") == "DeLong, logit scale, by group");
  CHECK(method("log_loss") == "studentised bootstrap, by group");
}

TEST_CASE("values stand inside their intervals, which are the same for the same seed") {
  Stream stream(6);
  const Judged judged = random_binary(stream, 300, 0.4, 1.5);
  for (const std::string name : {"accuracy", "f1", "roc_auc", "pr_auc", "mcc", "log_loss", "balanced_accuracy"}) {
    INFO(name);
    const Interval first = interval_of(program(name), judged, {7, 0.95, 1000}),
                   second = interval_of(program(name), judged, {7, 0.95, 1000});
    CHECK(first.low < first.value);
    CHECK(first.value < first.high);
    CHECK(first.low == second.low);
    CHECK(first.high == second.high);
    if (name != "log_loss") CHECK_FALSE(first.rough);  // its tails are what these rows give
    CHECK_FALSE(first.descriptive);
  }
  CHECK(interval_of(program("log_loss"), judged, {8}).low != interval_of(program("log_loss"), judged, {7}).low);
  CHECK(interval_of(program("log_loss"), judged, {8}).low ==
        Approx(interval_of(program("log_loss"), judged, {7}).low).epsilon(0.02));
}

TEST_CASE("an accuracy's interval is Wilson's of its hits") {
  Judged judged = binary(std::vector<double>(40, 1), std::vector<float>(40, 0.9F));
  for (int i = 0; i < 10; ++i) judged.prediction[i] = 0;
  const Interval plain = interval_of(program("accuracy"), judged);
  CHECK(plain.low == Approx(wilson(0.75, 40, z95).low));
  CHECK(plain.high == Approx(wilson(0.75, 40, z95).high));
  CHECK(plain.rough);
  judged.weight.assign(40, 0.5);
  CHECK(interval_of(program("accuracy"), judged).low == Approx(plain.low));
  for (int i = 20; i < 40; ++i) judged.weight[i] = 0;  // half of the rows do not count
  CHECK(interval_of(program("accuracy"), judged).high == Approx(wilson(0.5, 20, z95).high));
  judged.weight.clear();
  for (int i = 0; i < 40; ++i)
    judged.group.push_back(i / 5);  // two groups all wrong, the others all right: 8 rows' worth
  const Interval grouped = interval_of(program("accuracy"), judged);
  const double t7 = distributions::student_quantile(0.975, 7);
  CHECK(grouped.low == Approx(wilson(0.75, 8, t7).low));
  CHECK(grouped.low < plain.low);
}

TEST_CASE("coverage: shares") {
  constexpr int simulations = 1500;
  const double held = coverage(simulations, 0.08, [](uint64_t seed) {
    Stream stream(seed);
    Judged judged = binary(std::vector<double>(250, 1), std::vector<float>(250, 0.0F));
    for (double& decided : judged.prediction) decided = stream.uniform() < 0.08 ? 1 : 0;
    return interval_of(program("accuracy"), judged);
  });
  CHECK(held > 0.95 - tolerance(simulations) - 0.005);
  CHECK(held < 0.975);
}

TEST_CASE("coverage: shares of rows that come in groups") {
  constexpr int simulations = 600;
  const auto simulate = [](uint64_t seed, bool groups) {
    Stream stream(seed);
    Judged judged = binary(std::vector<double>(480, 1), std::vector<float>(480, 0.0F));
    for (int g = 0; g < 60; ++g) {
      const double share = stream.uniform() < 0.5 ? 0.5 : 0.9;  // of this group; 0.7 of all
      for (int i = 0; i < 8; ++i) {
        judged.prediction[g * 8 + i] = stream.uniform() < share ? 1 : 0;
        if (groups) judged.group.push_back(g);
      }
    }
    return interval_of(program("accuracy"), judged);
  };
  const double by_group = coverage(simulations, 0.7, [&](uint64_t seed) { return simulate(seed, true); });
  CHECK(by_group > 0.95 - tolerance(simulations) - 0.01);
  CHECK(by_group < 0.985);
  CHECK(coverage(simulations, 0.7, [&](uint64_t seed) { return simulate(seed, false); }) < 0.92);
}

TEST_CASE("coverage: areas under ROC curves") {
  constexpr int simulations = 500;
  const double distance = 1.5, truth = distributions::normal(distance / std::sqrt(2.0));
  const double held = coverage(simulations, truth, [&](uint64_t seed) {
    Stream stream(seed + 1000);
    return interval_of(program("roc_auc"), random_binary(stream, 200, 0.3, distance));
  });
  CHECK(held > 0.95 - tolerance(simulations) - 0.005);
  CHECK(held < 0.985);
}

TEST_CASE("coverage: means of skewed losses") {
  constexpr int simulations = 500;
  const double held = coverage(simulations, 1.0, [](uint64_t seed) {
    Stream stream(seed + 2000);
    Judged judged = regression({}, {});
    for (int i = 0; i < 200; ++i) judged.truth.push_back(stream.exponential()), judged.prediction.push_back(0);
    return interval_of(program("mae"), judged, {seed, 0.95, 999});
  });
  CHECK(held > 0.95 - tolerance(simulations) - 0.01);
  CHECK(held < 0.98);
}

TEST_CASE("coverage: costs, by group, and roots") {
  constexpr int simulations = 300;
  const auto& cost = program_of_text("sum(weight * abs(truth - prediction))", false);
  const double total = coverage(simulations, 50 * 3 * 2.0, [&](uint64_t seed) {
    Stream stream(seed + 3000);
    Judged judged = regression({}, {});
    for (int g = 0; g < 50; ++g) {
      const double level = 1 + 2 * stream.uniform();  // 2 on average
      for (int i = 0; i < 3; ++i) {
        judged.truth.push_back(level * stream.exponential());
        judged.prediction.push_back(0);
        judged.group.push_back(g);
      }
    }
    return interval_of(cost, judged, {seed, 0.95, 999});
  });
  CHECK(total > 0.95 - tolerance(simulations) - 0.015);
  const double root = coverage(simulations, 1.0, [](uint64_t seed) {
    Stream stream(seed + 4000);
    Judged judged = regression({}, {});
    for (int i = 0; i < 200; ++i) judged.truth.push_back(stream.normal()), judged.prediction.push_back(0);
    return interval_of(program("rmse"), judged, {seed, 0.95, 999});
  });
  CHECK(root > 0.95 - tolerance(simulations) - 0.01);
  CHECK(root < 0.985);
}

TEST_CASE("coverage: BCa of a correlation-like statistic, and of means in blocks of time") {
  constexpr int simulations = 120;
  // The mean of a stationary series with autocorrelation 0.5: rows drawn alone would claim far too much.
  const auto simulate = [](uint64_t seed, bool time) {
    Stream stream(seed + 5000);
    Judged judged = regression({}, {});
    double level = stream.normal();
    for (int i = 0; i < 400; ++i) {
      level = 0.5 * level + std::sqrt(0.75) * stream.normal();
      judged.truth.push_back(level);
      judged.prediction.push_back(0);
      if (time) judged.time.push_back(i);
    }
    return interval_of(program_of_text("sum(weight * truth) / sum(weight)"), judged, {seed, 0.95, 600});
  };
  const double blocks = coverage(simulations, 0, [&](uint64_t seed) { return simulate(seed, true); });
  const double alone = coverage(simulations, 0, [&](uint64_t seed) { return simulate(seed, false); });
  CHECK(blocks > 0.88);
  CHECK(alone < 0.85);
  // The ratio of two exponential means, drawn in pairs, through the general bootstrap.
  const double held = coverage(simulations, 1, [](uint64_t seed) {
    Stream stream(seed + 6000);
    std::vector<double> x(100), y(100);
    for (int i = 0; i < 100; ++i) x[i] = stream.exponential(), y[i] = stream.exponential();
    SamplingUnits units{SamplingUnits::Kind::rows, {}, 100};
    for (int i = 0; i < 100; ++i) units.of.push_back(i);
    const auto statistic = [&](std::span<const double> times) {
      double a = 0, b = 0;
      for (int i = 0; i < 100; ++i) a += times[i] * x[i], b += times[i] * y[i];
      return a / b;
    };
    const auto result = bootstrap_bca(statistic, units, 0.95, 1000, seed);
    return Interval{statistic(std::vector<double>(100, 1.0)), result.low, result.high, "", false, false};
  });
  CHECK(held > 0.95 - tolerance(simulations) - 0.02);
}

TEST_CASE("rough where coverage cannot be claimed") {
  Stream stream(9);
  CHECK(interval_of(program("accuracy"), random_binary(stream, 150, 0.5, 1)).rough);
  CHECK(interval_of(program("accuracy"), random_binary(stream, 400, 0.05, 1)).rough);
  CHECK_FALSE(interval_of(program("accuracy"), random_binary(stream, 400, 0.5, 1)).rough);
  Judged tail = regression(std::vector<double>(300, 1), std::vector<double>(300, 0));
  for (int i = 0; i < 300; ++i) tail.truth[i] = stream.exponential();
  CHECK_FALSE(interval_of(program("mae"), tail).rough);
  tail.truth[5] = 200;
  CHECK(interval_of(program("mae"), tail).rough);
}

TEST_CASE("where nothing can be said, nothing is") {
  const Judged perfect = regression({1, 2, 3}, {1, 2, 3});
  const Interval none = interval_of(program("mae"), perfect);
  CHECK(none.value == 0);
  CHECK(std::isnan(none.low));
  CHECK(std::isnan(none.high));
  CHECK(none.rough);
  const Interval undefined = interval_of(program("recall"), binary({0, 0}, {.1F, .2F}));
  CHECK(std::isnan(undefined.value));
  CHECK(undefined.method == "undefined on these rows");
  // A perfect ranking is not a sure one.
  std::vector<double> truth;
  std::vector<float> scores;
  for (int i = 0; i < 60; ++i) truth.push_back(i < 20 ? 1 : 0), scores.push_back(i < 20 ? 0.9F : 0.1F);
  const Interval area = interval_of(program("roc_auc"), binary(truth, scores));
  CHECK(area.value == 1);
  CHECK(area.high == 1);
  CHECK(area.low == Approx(wilson(1, 20, z95).low));
  CHECK(area.rough);
  CHECK(interval_of(program("accuracy"), binary(truth, scores)).low == Approx(wilson(1, 60, z95).low));
}

TEST_CASE("a user's metric without weights is resampled row by row") {
  Stream stream(10);
  Judged judged = regression({}, {});
  for (int i = 0; i < 250; ++i) judged.truth.push_back(stream.exponential()), judged.prediction.push_back(0.7);
  const Interval found =
      interval_of(program_of_text("median(abs(truth - prediction))", false), judged, {1, 0.95, 1000});
  CHECK(found.method == "BCa bootstrap");
  CHECK(found.low < found.value);
  CHECK(found.high > found.value);
  CHECK(found.high - found.low < 0.3);
  // Half written with weights: multiplying them would not be the same as drawing rows, so rows are drawn.
  const Interval mixed = interval_of(program_of_text("sum(weight * abs(truth - prediction)) / max(abs(truth))", false),
                                     judged, {1, 0.95, 1000});
  CHECK(std::isfinite(mixed.low));
  CHECK(mixed.low < mixed.value);
}

TEST_CASE("out of fold: pooled or averaged, with the spread of the folds") {
  Judged judged = binary({1, 1, 0, 0, 1, 0}, {.9F, .2F, .6F, .1F, .8F, .3F});
  judged.fold = {0, 0, 0, 0, 1, 1};
  const OutOfFold accuracy = out_of_fold(program("accuracy"), judged);
  CHECK(accuracy.folds == std::vector<double>{0.5, 1});
  CHECK(accuracy.interval.value == Approx(4.0 / 6));
  CHECK(accuracy.interval.low == 0.5);
  CHECK(accuracy.interval.high == 1);
  CHECK(accuracy.interval.descriptive);
  CHECK(out_of_fold(program("roc_auc"), judged).interval.value == Approx((0.75 + 1) / 2));
  const auto& cost = program_of_text("10 * sum(if truth == prediction then 0 else weight)", false);
  const OutOfFold costs = out_of_fold(cost, judged);
  CHECK(costs.interval.value == 20);
  CHECK(costs.folds == std::vector<double>{20 * 6.0 / 4, 0});
  judged.identity = {1, 2, 3, 1, 2, 3};  // two repeats of three rows: costs are of the rows, not of the repeats
  judged.fold = {0, 0, 0, 1, 1, 1};
  CHECK(out_of_fold(cost, judged).interval.value == 10);
  judged.fold.assign(6, 0);
  const OutOfFold single = out_of_fold(program("accuracy"), judged);
  CHECK(single.interval.rough);
  CHECK_FALSE(single.interval.descriptive);
}

TEST_CASE("the number of threads changes no digit") {
  Stream stream(12);
  const Judged judged = random_binary(stream, 300, 0.4, 1.5);
  const auto bounds = [&](size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    std::vector<double> found;
    for (const std::string name : {"pr_auc", "mcc", "brier"}) {
      const Interval interval = interval_of(program(name), judged, {3, 0.95, 1000});
      found.insert(found.end(), {interval.value, interval.low, interval.high});
    }
    return found;
  };
  const auto one = bounds(1);
  CHECK(bounds(2) == one);
  CHECK(bounds(8) == one);
}
