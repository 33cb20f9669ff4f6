#include "runtime/evaluate/metrics.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "runtime/data/random.h"
#include "tests/unit/evaluate/samples.h"

using namespace mlw;
using namespace mlw::samples;

namespace {

double value_of(const std::string& name, const Judged& judged) { return MetricOnRows(program(name), judged).value(); }

double value_of_text(const std::string& text, const Judged& judged) {
  return evaluate(module().of_text(text), judged, generator());
}

struct Case {
  std::string name;
  Judged judged;
  std::vector<std::pair<std::string, double>> expected;  // NaN: missing
};

std::vector<Case> read_cases() {
  std::ifstream file(MLW_SOURCE_DIR "/tests/unit/evaluate/metric_fixtures.txt");
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "case") {
      Case read;
      std::string task;
      int classes = 0;
      words >> read.name >> task >> classes;
      read.judged.task = task == "binary"       ? TaskKind::binary
                         : task == "multiclass" ? TaskKind::multiclass
                                                : TaskKind::regression;
      for (int c = 0; c < classes; ++c) read.judged.classes.push_back(std::to_string(c));
      read.judged.outputs = task == "multiclass" ? classes : 1;
      cases.push_back(read);
    } else if (word == "expect") {
      std::string metric, value;
      words >> metric >> value;
      cases.back().expected.emplace_back(metric, value == "missing" ? std::nan("") : std::stod(value));
    } else if (word == "scores") {
      for (double x = 0; words >> x;) cases.back().judged.scores.push_back(static_cast<float>(x));
    } else if (word == "truth" || word == "prediction" || word == "weight") {
      Judged& judged = cases.back().judged;
      auto& column = word == "truth" ? judged.truth : word == "prediction" ? judged.prediction : judged.weight;
      for (double x = 0; words >> x;) column.push_back(x);
    }
  }
  return cases;
}

/// `recall_at(0.7)`: the metric and the value of its own parameter, the last one.
std::pair<std::string, std::map<std::string, double>> read_metric(const std::string& text) {
  const size_t open = text.find('(');
  if (open == std::string::npos) return {text, {}};
  const std::string name = text.substr(0, open);
  return {name, {{module().functions().at(name).parameters.back(), std::stod(text.substr(open + 1))}}};
}

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || a == Approx(b).epsilon(1e-12).margin(1e-12);
}

}  // namespace

TEST_CASE("metrics equal independently computed values") {
  size_t compared = 0;
  for (const Case& read : read_cases()) {
    for (const auto& [metric, expected] : read.expected) {
      INFO(read.name << ": " << metric);
      const auto [name, arguments] = read_metric(metric);
      const double found = MetricOnRows(program(name, arguments), read.judged).value();
      INFO(found << " instead of " << expected);
      const double tolerance = read.name == "large_offset" ? 1e-6 : 1e-12;  // what 1e9 leaves of a difference
      const bool equal =
          std::isnan(expected) ? std::isnan(found) : found == Approx(expected).epsilon(tolerance).margin(tolerance);
      CHECK(equal);
      ++compared;
    }
  }
  CHECK(compared > 280);
}

TEST_CASE("published and hand-computed examples") {
  // Fawcett 2006, "An introduction to ROC analysis", table 1: 20 rows; the area counted by hand is 0.68.
  const Judged fawcett = binary({1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0},
                                {.9F, .8F,  .7F,  .6F,  .55F, .54F, .53F, .52F, .51F, .505F,
                                 .4F, .39F, .38F, .37F, .36F, .35F, .34F, .33F, .30F, .1F});
  CHECK(value_of("roc_auc", fawcett) == Approx(0.68));
  CHECK(value_of("accuracy", fawcett) ==
        Approx(0.6));  // 6 of 10 decided positive and 6 of 10 decided negative are right
  // Two agreeing raters, Cohen 1960 as in many textbooks: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: kappa 0.4.
  std::vector<double> truth, decided;
  const auto add = [&](double a, double b, int times) {
    for (int i = 0; i < times; ++i) truth.push_back(a), decided.push_back(b);
  };
  add(1, 1, 20), add(1, 0, 5), add(0, 1, 10), add(0, 0, 15);
  Judged raters = binary(truth, std::vector<float>(truth.size(), 0.5F));
  raters.prediction = decided;
  CHECK(value_of("cohens_kappa", raters) == Approx(0.4));
  CHECK(value_of("f1", raters) == Approx(40.0 / 55));
  CHECK(value_of("mcc", raters) == Approx((20.0 * 15 - 10 * 5) / std::sqrt(30.0 * 25 * 25 * 20)));
  // Davis and Goadrich style by hand: scores 4, 3, 2, 1 with truth 1, 0, 1, 0: (1/1 + 2/3) / 2.
  CHECK(value_of("pr_auc", binary({1, 0, 1, 0}, {.9F, .8F, .7F, .6F})) == Approx((1.0 + 2.0 / 3) / 2));
  CHECK(value_of("roc_auc", binary({1, 0, 1, 0}, {.5F, .5F, .5F, .5F})) == Approx(0.5));
  CHECK(value_of("log_loss", binary({1, 0}, {.5F, .25F})) == Approx((std::log(2.0) - std::log(0.75)) / 2));
  CHECK(value_of("log_loss", binary({0}, {1.0F})) == Approx(23 * std::log(2.0)));
  CHECK(value_of("r2", regression({1, 2, 3, 4}, {1, 2, 3, 5})) == Approx(0.8));
}

TEST_CASE("a weight of two is the row twice, a weight of nothing is no row") {
  const Philox random{11};
  for (const auto& [name, function] : module().functions()) {
    const auto& parameters = function.parameters;
    const auto has = [&](const char* p) {
      return std::find(parameters.begin(), parameters.end(), p) != parameters.end();
    };
    const bool metric = has("weight") && has("truth") && name != "hits" && name != "only_decided";
    if (!metric) continue;
    INFO(name);
    std::map<std::string, double> arguments;
    for (const char* own : {"precision", "beta", "share"}) {
      if (has(own)) arguments[own] = 0.6;
    }
    Judged judged = binary({}, {});
    std::vector<uint32_t> repeated;
    for (uint32_t i = 0; i < 90; ++i) {
      const double u = random.uniform(i), v = random.uniform(i, 1);
      judged.truth.push_back(u + 0.5 * v > 0.8 ? 1 : 0);
      judged.scores.push_back(static_cast<float>(std::floor(10 * (0.6 * u + 0.3)) / 10));
      judged.prediction.push_back(judged.scores.back() >= 0.5F ? 1 : 0);
      judged.weight.push_back(std::floor(4 * random.uniform(i, 2)));
      for (int k = 0; k < static_cast<int>(judged.weight[i]); ++k) repeated.push_back(i);
    }
    Judged rows = take_rows(judged, repeated);
    rows.weight.clear();
    const MetricProgram& compiled = program(name, arguments);
    const double weighted = MetricOnRows(compiled, judged).value(), one_by_one = MetricOnRows(compiled, rows).value();
    CHECK(same(weighted, one_by_one));
    CHECK(std::isfinite(weighted));
  }
}

TEST_CASE("other weights on the same rows are as new rows with these weights") {
  Judged judged = binary({1, 0, 1, 1, 0, 0, 1}, {.9F, .8F, .7F, .4F, .3F, .6F, .2F});
  const std::vector<double> other = {2, 0.5, 0, 1, 3, 1, 0.25};
  for (const std::string name :
       {"accuracy", "balanced_accuracy", "mcc", "roc_auc", "pr_auc", "brier", "cohens_kappa"}) {
    INFO(name);
    const MetricOnRows bound(program(name), judged);
    Judged reweighted = judged;
    reweighted.weight = other;
    CHECK(bound.value(other) == MetricOnRows(program(name), reweighted).value());
    CHECK(bound.value() == value_of(name, judged));
  }
}

TEST_CASE("what a metric is made of is found: ratios of sums") {
  const Judged judged = binary({1, 0, 1, 1}, {.9F, .8F, .7F, .4F}, {1, 2, 3, 4});
  const auto precision = MetricOnRows(program("precision"), judged).ratio();
  REQUIRE(precision);
  CHECK(precision->numerator == std::vector<double>{1, 0, 1, 0});
  CHECK(precision->denominator == std::vector<double>{1, 1, 1, 0});
  CHECK(precision->weighted);
  const auto cost =
      MetricOnRows(MetricProgram(module().of_text("120 * sum(if truth == 1 and prediction == 0 then weight else 0)"
                                                  " + 3 * sum(if truth == 0 and prediction == 1 then weight else 0)"),
                                 generator()),
                   judged)
          .ratio();
  REQUIRE(cost);
  CHECK(cost->numerator == std::vector<double>{0, 3, 0, 120});
  CHECK(cost->denominator.empty());
  const Judged values = regression({1, 2}, {2, 4});
  const auto rmse = MetricOnRows(program("rmse"), values).ratio();
  REQUIRE(rmse);
  CHECK(rmse->square_root);
  CHECK(rmse->numerator == std::vector<double>{1, 4});
  const auto plain =
      MetricOnRows(MetricProgram(module().of_text("100 - 2 * mean(abs(truth - prediction))"), generator()), values)
          .ratio();
  REQUIRE(plain);
  CHECK_FALSE(plain->weighted);
  CHECK(plain->scale == -2);
  CHECK(plain->offset == 100);
  CHECK(plain->denominator == std::vector<double>{1, 1});
  for (const std::string name : {"roc_auc", "mcc", "r2", "median_absolute_error", "balanced_accuracy"}) {
    CHECK_FALSE(MetricOnRows(program(name), name == "r2" ? values : judged).ratio());
  }
}

TEST_CASE("statistics of judged rows") {
  const Judged judged = regression({4, 1, 3, 2, 10}, {0, 0, 0, 0, 0});
  CHECK(value_of_text("median(truth)", judged) == 3);
  CHECK(value_of_text("quantile(truth, 0.25)", judged) == 2);
  CHECK(value_of_text("quantile(truth, 0.9)", judged) == Approx(7.6));
  CHECK(value_of_text("standard_deviation(truth)", judged) == Approx(std::sqrt(10.0)));
  CHECK(value_of_text("mean(truth)", judged) == 4);
  CHECK(value_of_text("count()", judged) == 5);
  CHECK(value_of_text("min(truth) + max(truth)", judged) == 11);
  CHECK(value_of_text("sum(rank(truth) * truth)", judged) == 1 + 4 + 9 + 16 + 50);
  CHECK(value_of_text("sum(2)", judged) == 10);
  CHECK(value_of_text("sum(cumulative_sum(truth))", judged) == 4 + 5 + 8 + 10 + 20);
  CHECK(std::isnan(value_of_text("mean(truth / prediction)", judged)));
  CHECK(std::isnan(value_of_text("1 / (count() - 5)", judged)));
}

TEST_CASE("rows without a truth count in no statistic") {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const Judged judged = regression({4, missing, 2}, {5, 1, 2});
  CHECK(value_of_text("mean(abs(truth - prediction))", judged) == 0.5);
  CHECK(value_of_text("sum(rank(truth))", judged) == 3);
  CHECK(value_of_text("min(sort_by(truth, truth))", judged) == 2);
}

TEST_CASE("no rows: nothing is defined") {
  const Judged judged = regression({}, {});
  for (const std::string name : {"mae", "rmse", "r2", "median_absolute_error"})
    CHECK(std::isnan(value_of(name, judged)));
  CHECK(std::isnan(value_of("roc_auc", binary({}, {}))));
}

TEST_CASE("a metric that is not one number, or reads what is not there, is said") {
  const auto code = [](const std::string& text, const Judged& judged) {
    try {
      value_of_text(text, judged);
    } catch (const Failure& failure) {
      return std::string(failure.diagnostic.kind->code);
    }
    return std::string();
  };
  const Judged judged = regression({1}, {2});
  CHECK(code("abs(truth - prediction)", judged) == "R481");
  CHECK(code("mean(probability_of_truth)", judged) == "R482");
  CHECK(code("mean(truth)", judged).empty());
}
