#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "runtime/evaluate/intervals.h"
#include "tests/unit/evaluate/samples.h"
#include "tests/unit/semantics/analysed.h"

using namespace mlw;
using namespace mlw::samples;

namespace {

/// The metrics of a workflow with these lines in its metrics block, as the language makes them.
Metrics metrics_of(const std::string& kind, int64_t classes, const std::string& lines) {
  Schema schema;
  schema.data = "rows";
  schema.rows = 1000;
  schema.columns = {column("x", ColumnKind::number, 900),
                    column("y", kind == "regression" ? ColumnKind::number : ColumnKind::category, classes)};
  for (int64_t c = 0; c < classes && kind != "regression"; ++c)
    schema.columns[1].categories.push_back("c" + std::to_string(c));
  const std::string task = kind == "binary" ? "binary(positive: \"c1\")" : kind;
  const Analysed analysed = analyse_with("workflow w\ntask { predict: y kind: " + task +
                                             " }\ndata rows { source: csv(\"r.csv\") }\nmetrics { " + lines + " }\n",
                                         {schema});
  INFO(analysed.text());
  REQUIRE_FALSE(analysed.diagnostics.has_errors());
  return analysed.workflow.metrics;
}

Judged several_classes(Stream& stream, int rows) {
  Judged judged;
  judged.task = TaskKind::multiclass;
  judged.classes = {"c0", "c1", "c2"};
  judged.outputs = 3;
  for (int i = 0; i < rows; ++i) {
    float scores[3] = {};
    float sum = 0;
    for (float& score : scores) sum += score = static_cast<float>(0.01 + stream.uniform());
    for (const float score : scores) judged.scores.push_back(score / sum);
    judged.prediction.push_back(static_cast<double>(std::max_element(scores, scores + 3) - scores));
    judged.truth.push_back(stream.uniform() < 0.5 ? judged.prediction.back() : std::floor(3 * stream.uniform()));
    judged.weight.push_back(stream.uniform());
  }
  return judged;
}

void check_equal(const std::string& kind, const Judged& judged, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    INFO(name);
    std::string call = name;
    std::map<std::string, double> arguments;
    for (const char* own : {"precision", "beta", "share"}) {
      const auto& parameters = module().functions().at(name).parameters;
      if (std::find(parameters.begin(), parameters.end(), own) == parameters.end()) continue;
      arguments[own] = 0.75;
      call = name + "(" + own + ": 0.75)";
    }
    const Metrics metrics = metrics_of(kind,
                                       kind == "multiclass" ? 3
                                       : kind == "binary"   ? 2
                                                            : 900,
                                       "objective: " + call);
    const MetricProgram compiled(metrics.objective, generator());
    const double found = MetricOnRows(compiled, judged).value(),
                 expected = MetricOnRows(program(name, arguments), judged).value();
    CHECK(std::isfinite(found));
    CHECK(found == Approx(expected).epsilon(1e-14));
    CHECK(metrics.objective.maximize == program(name, arguments).metric().maximize);
    CHECK_FALSE(metrics.objective.documentation.empty());
  }
}

}  // namespace

TEST_CASE("the language makes of the standard library what a plain reading makes") {
  Stream stream(1);
  Judged two = random_binary(stream, 80, 0.4, 1);
  for (int i = 0; i < 80; ++i) two.weight.push_back(stream.uniform());
  check_equal(
      "binary", two,
      {"accuracy", "balanced_accuracy", "precision", "recall", "specificity", "negative_predictive_value", "f1",
       "f_beta", "mcc", "cohens_kappa", "log_loss", "brier", "calibration_error", "roc_auc", "pr_auc", "recall_at"});
  check_equal("multiclass", several_classes(stream, 80),
              {"accuracy", "balanced_accuracy", "macro_precision", "macro_f1", "mcc", "cohens_kappa", "log_loss"});
  Judged values = regression({}, {});
  for (int i = 0; i < 80; ++i) values.truth.push_back(stream.normal()), values.prediction.push_back(stream.normal());
  check_equal("regression", values,
              {"mae", "mse", "rmse", "r2", "explained_variance", "mape", "median_absolute_error", "max_error", "rmsle",
               "pinball_loss"});
}

TEST_CASE("a cost of one's own is a sum over rows, with its threshold's objective and interval") {
  const Metrics metrics =
      metrics_of("binary", 2, "cost = 120 * false_negatives + 3 * false_positives  objective: minimize(cost)");
  CHECK(metrics.objective.additive);
  CHECK_FALSE(metrics.objective.maximize);
  Stream stream(2);
  const Judged judged = random_binary(stream, 300, 0.4, 1.5);
  const MetricProgram cost(metrics.objective, generator());
  const auto ratio = MetricOnRows(cost, judged).ratio();
  REQUIRE(ratio);
  CHECK(ratio->denominator.empty());
  double expected = 0;
  for (size_t i = 0; i < judged.truth.size(); ++i)
    expected += judged.truth[i] > judged.prediction[i] ? 120 : judged.truth[i] < judged.prediction[i] ? 3 : 0;
  CHECK(MetricOnRows(cost, judged).value() == expected);
  CHECK(interval_of(cost, judged).method == "studentised bootstrap");
}

TEST_CASE("shares of the language have Wilson's interval") {
  Stream stream(3);
  const Judged judged = random_binary(stream, 300, 0.4, 1.5);
  for (const std::string name : {"accuracy", "recall", "specificity", "precision"}) {
    INFO(name);
    CHECK(interval_of(MetricProgram(metrics_of("binary", 2, "objective: " + name).objective, generator()), judged)
              .method == "Wilson");
  }
  CHECK(
      interval_of(MetricProgram(metrics_of("binary", 2, "objective: roc_auc").objective, generator()), judged).method ==
      "DeLong, logit scale");
}

TEST_CASE("compiled metrics give what interpreted ones give") {
  Stream stream(5);
  Judged two = random_binary(stream, 333, 0.4, 1);
  for (int i = 0; i < 333; ++i) two.weight.push_back(std::floor(3 * stream.uniform()) / 2);
  Judged values = regression({}, {});
  for (int i = 0; i < 333; ++i) values.truth.push_back(stream.normal()), values.prediction.push_back(stream.normal());
  values.truth[7] = std::nan("");
  const auto check = [&](const Judged& judged, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      INFO(name);
      std::map<std::string, double> arguments;
      const auto& parameters = module().functions().at(name).parameters;
      for (const char* own : {"precision", "beta", "share"}) {
        if (std::find(parameters.begin(), parameters.end(), own) != parameters.end()) arguments[own] = 0.75;
      }
      const MetricProgram compiled(module().metric(name, arguments), load_code_generator());
      const double found = MetricOnRows(compiled, judged).value();
      CHECK(std::isfinite(found));
      CHECK(found == Approx(MetricOnRows(program(name, arguments), judged).value()).epsilon(1e-13));
    }
  };
  check(two, {"accuracy", "balanced_accuracy", "precision", "recall", "specificity", "negative_predictive_value", "f1",
              "f_beta", "mcc", "cohens_kappa", "macro_f1", "macro_precision", "log_loss", "brier", "calibration_error",
              "roc_auc", "pr_auc", "recall_at"});
  check(values, {"mae", "mse", "rmse", "r2", "explained_variance", "mape", "median_absolute_error", "max_error",
                 "rmsle", "pinball_loss"});
}
