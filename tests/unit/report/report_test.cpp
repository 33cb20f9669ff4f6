#include "runtime/report/report.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <limits>

#include "runtime/report/text.h"

using namespace mlw::report;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

Data sample() {
  Data data;
  data.workflow = "churn";
  data.title = "Who leaves <soon>";
  data.task_kind = "binary";
  data.target = "left";
  data.positive = "yes";
  data.classes = {"no", "yes"};
  data.source = "customers.csv";
  data.rows = 16281;
  data.requirements = {"recall >= 90%"};
  data.unmet = {"recall >= 90%: 0.88 at the lower end"};
  ColumnSummary age{"age", "number", "input", "years", "", 12, 70, 18, 90, 44.2, 43, 11.0, {}};
  for (int i = 0; i < 12; ++i) age.histogram.push_back({18.0 + 6 * i, 24.0 + 6 * i, "", 10 + (i * 37) % 90});
  data.columns = {age,
                  {"left",
                   "flag",
                   "target",
                   "",
                   "two values",
                   0,
                   2,
                   not_a_number,
                   not_a_number,
                   not_a_number,
                   not_a_number,
                   not_a_number,
                   {{0, 0, "no", 900}, {0, 0, "yes", 100}}}};
  data.checks = {{"D106", "warning", "`code` is constant", {"1 value in 16281 rows"}, "drop it", ""},
                 {"M207", "warning", "`balance` alone predicts the target", {}, "", "measured before the offer"}};
  data.parts = {{"development", 13025, {11000, 2025}, "", ""}, {"test", 3256, {2750, 506}, "", ""}};
  data.protocol = "A stratified fifth of the rows is kept for one test; the rest is validated by 5 folds.";
  const Score auc{"roc_auc", 0.913, 0.901, 0.924, "DeLong, logit", false, false, "", true};
  data.leaderboard = {{"line #3", "linear", "linear(l2: 0.01)", 2, auc, {}, {0.91, 0.92}, 14, 0.2, "", true},
                      {"net #1",
                       "network",
                       "network(dense(64) |> relu)",
                       0,
                       {"roc_auc", 0.907, 0.89, 0.92, "folds", false, true, "", true},
                       {},
                       {},
                       4000,
                       3,
                       "",
                       false},
                      {"baseline: prior",
                       "naive",
                       "",
                       -1,
                       {"roc_auc", 0.5, not_a_number, not_a_number, "", false, false, "", true},
                       {},
                       {},
                       1,
                       0,
                       "",
                       false}};
  LearningCurve curve{"net #1", 0, "log loss", {}};
  for (int i = 0; i < 30; ++i)
    curve.points.push_back({double(i), 0.7 * std::exp(-i / 8.0) + 0.1, 0.7 * std::exp(-i / 9.0) + 0.15 + 0.001 * i});
  data.curves = {curve};
  data.comparison =
      Comparison{"line #3", "baseline: prior", "roc_auc", 0.413, 0.4, 0.425, 0.0001, "paired DeLong", true, 3256};
  data.test_scores = {auc, {"recall", 0.9, 0.88, 0.93, "Wilson", false, false, "", true}};
  data.validation_scores = {auc};
  data.looks = 1;
  Diagnosis diagnosis;
  diagnosis.rows = "test";
  diagnosis.confusion = {{2600, 150}, {50, 456}};
  for (int i = 0; i <= 50; ++i) {
    const double x = i / 50.0;
    diagnosis.roc.push_back({x, std::pow(x, 0.2), 1 - x});
    diagnosis.precision_recall.push_back({x, 1 - 0.7 * x * x, 1 - x});
  }
  for (int i = 0; i < 10; ++i)
    diagnosis.calibration.push_back({i / 10.0 + 0.05, i / 10.0 + 0.03, i / 10.0, i / 10.0 + 0.08, 300});
  diagnosis.failures = {{"4711", "yes", "no", 0.02, 3.9, {{"age", "33"}, {"note", "<script>alert(1)</script>"}}}};
  data.diagnoses = {diagnosis};
  data.outcomes = {{"missed", "14 missed a day (9 to 21)", 14, 9, 21}};
  data.milestones = {{"beats the baseline", true, "roc_auc better by 0.413"}};
  data.built = {{"gateway",
                 "device(\"raspberry-pi-4\")",
                 "churn.out/gateway/churn",
                 48231,
                 3256,
                 "qemu-aarch64",
                 {"flash 48.2 kB <= 64 KiB: met"}}};
  data.command = "mlwc run churn.mlw";
  data.version = "0.1.0";
  data.seed = 7;
  return data;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("report data survive the way through JSON, NaN included") {
  const Data data = sample();
  const std::string json = to_json(data);
  const Data back = from_json(json);
  CHECK(to_json(back) == json);
  CHECK(back.columns[1].kind == "flag");
  CHECK(std::isnan(back.columns[1].mean));
  CHECK(std::isnan(back.leaderboard[2].objective.low));
  REQUIRE(back.comparison);
  CHECK(back.comparison->rows == 3256);
  CHECK_FALSE(from_json("{}").comparison);
}

TEST_CASE("the page shows every part of the result and takes no markup from the data") {
  const std::string page = render_html(sample());
  for (const char* part : {"id=\"summary\"", "id=\"task\"", "id=\"data\"", "id=\"checks\"", "id=\"protocol\"",
                           "id=\"candidates\"", "id=\"test\"", "id=\"failures\"", "id=\"built\"", "id=\"reproduce\""})
    CHECK(has(page, part));
  CHECK(has(page, "0.901 to 0.924"));
  CHECK(has(page, "measured before the offer"));
  CHECK(has(page, "1 not met"));
  CHECK(has(page, "Who leaves &lt;soon&gt;"));
  CHECK_FALSE(has(page, "<script>alert(1)"));
  CHECK_FALSE(has(page, "src=\"http"));
  CHECK_FALSE(has(page, "href=\"http"));
  CHECK(page.size() < 2'000'000);
  // The browser test opens this page.
  std::ofstream(MLW_BINARY_DIR "/sample_report.html") << page;
}

TEST_CASE("a regression report has residuals, and a sealed test says so") {
  Data data = sample();
  data.task_kind = "regression";
  data.classes.clear();
  data.test_scores.clear();
  data.test_sealed_because = "another version has opened it";
  Diagnosis diagnosis;
  diagnosis.rows = "validation, out of fold";
  diagnosis.residuals = {{1, 0.5, not_a_number}, {2, -0.5, not_a_number}};
  diagnosis.residual_histogram = {{-1, 0, "", 1}, {0, 1, "", 1}};
  data.diagnoses = {diagnosis};
  const std::string page = render_html(data);
  CHECK(has(page, "Residuals"));
  CHECK(has(page, "another version has opened it"));
  CHECK_FALSE(has(page, "ROC curve"));
}

TEST_CASE("an empty result still makes a page") { CHECK(has(render_html(Data{}), "How to reproduce it")); }

TEST_CASE("the Markdown report holds the test, the candidates and what is not met") {
  const std::string text = render_markdown(sample());
  CHECK(has(text, "| roc_auc | 0.913 | 0.901 to 0.924 | DeLong, logit |"));
  CHECK(has(text, "line #3 (winner)"));
  CHECK(has(text, "network(dense(64) \\|> relu)"));
  CHECK(has(text, "Not met: recall >= 90%"));
}

TEST_CASE("numbers for people") {
  CHECK(number(0.91334) == "0.9133");
  CHECK(number(12) == "12");
  CHECK(number(1234.56) == "1235");
  CHECK(number(-0.5) == "−0.5");
  CHECK(number(not_a_number) == "—");
  CHECK(number(0) == "0");
  CHECK(number(3.2e-7) == "3.2e-07");
  CHECK(count(16281) == "16\u202f281");
  CHECK(count(-1234567) == "−1\u202f234\u202f567");
  CHECK(bytes(999) == "999 B");
  CHECK(bytes(48231) == "48.2 kB");
  CHECK(percent(0.1254) == "12.5 %");
  CHECK(date(0) == "1970-01-01");
  CHECK(date(1795305600e6) == "2026-11-22");
  CHECK(date(-86400e6) == "1969-12-31");
  CHECK(date(951782400e6) == "2000-02-29");
}
