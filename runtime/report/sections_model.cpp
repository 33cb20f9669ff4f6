// The candidates, the learning curves and how the winner does.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/report/charts.h"
#include "runtime/report/figures.h"
#include "runtime/report/page.h"
#include "runtime/report/text.h"

namespace mlw::report {
namespace {

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

std::vector<Page::Row> point_rows(const std::vector<Point>& points) {
  std::vector<Page::Row> rows;
  const size_t step = std::max<size_t>(1, points.size() / 40);
  for (size_t i = 0; i < points.size(); i += step)
    rows.push_back({Page::number(number(points[i].x)), Page::number(number(points[i].y)),
                    Page::number(number(points[i].threshold))});
  return rows;
}

void write_scores(Page& page, const std::vector<Score>& scores) {
  Extent extent;
  std::vector<Page::Row> rows;
  for (const Score& score : scores) {
    extent = {};
    extent.add(score.value), extent.add(score.low), extent.add(score.high);
    if (extent.low >= 0 && extent.high <= 1) extent = {0, 1};
    std::string method = score.method;
    if (score.descriptive) method += method.empty() ? "descriptive" : ", descriptive";
    if (score.rough) method += ", rough: few rows";
    rows.push_back({Page::text(score.metric),
                    Page::number(number(score.value) + (score.unit.empty() ? "" : " " + score.unit)),
                    Page::number(interval(score)), Page::markup(interval_figure(score, extent.low, extent.high)),
                    Page::text(method)});
  }
  page.table({Page::text("metric"), Page::number("value"), Page::number("95 % interval"), Page::text(""),
              Page::text("method")},
             rows);
}

void write_confusion(Page& page, const Data& data, const Diagnosis& diagnosis) {
  if (diagnosis.confusion.empty()) return;
  std::string html =
      "<figure><figcaption>Confusion matrix</figcaption><div class=\"scroll\"><table "
      "class=\"confusion\"><thead><tr><th></th>";
  for (const std::string& name : data.classes) html += "<th scope=\"col\">predicted " + escape(name) + "</th>";
  html += "</tr></thead><tbody>";
  for (size_t truth = 0; truth < diagnosis.confusion.size(); ++truth) {
    double total = 0;
    for (const double value : diagnosis.confusion[truth]) total += value;
    html += "<tr><th scope=\"row\">is " +
            escape(truth < data.classes.size() ? data.classes[truth] : std::to_string(truth)) + "</th>";
    for (size_t predicted = 0; predicted < diagnosis.confusion[truth].size(); ++predicted) {
      const double value = diagnosis.confusion[truth][predicted];
      const double share = total > 0 ? value / total : 0;
      html += fmt::format(
          "<td class=\"{}\" style=\"background: rgba({}, {:.3f})\">{}<br><span class=\"quiet\">{}</span></td>",
          truth == predicted ? "right" : "", truth == predicted ? "31,95,191" : "168,50,31", 0.04 + 0.36 * share,
          number(value), percent(share));
    }
    html += "</tr>";
  }
  page.html(html +
            "</tbody></table></div><div class=\"reading\">Each row adds up to the rows of one class; the diagonal is "
            "right.</div></figure>\n");
}

void write_diagnosis(Page& page, const Data& data, const Diagnosis& diagnosis) {
  page.heading("The winner on the rows: " + diagnosis.rows);
  page.open_charts();
  write_confusion(page, data, diagnosis);
  if (!diagnosis.roc.empty())
    page.chart(
        "ROC curve", "Nearer to the upper left corner is better; the dashed line is guessing.", roc_chart(diagnosis),
        {Page::number("false positives"), Page::number("found"), Page::number("threshold")}, point_rows(diagnosis.roc));
  if (!diagnosis.precision_recall.empty()) {
    double positives = 0, total = 0;
    for (size_t i = 0; i < diagnosis.confusion.size(); ++i)
      for (const double value : diagnosis.confusion[i]) total += value, positives += i == 1 ? value : 0;
    page.chart("Precision and recall", "Nearer to the upper right corner is better; the dashed line is guessing.",
               precision_recall_chart(diagnosis, total > 0 ? positives / total : 0),
               {Page::number("recall"), Page::number("precision"), Page::number("threshold")},
               point_rows(diagnosis.precision_recall));
  }
  if (!diagnosis.calibration.empty()) {
    std::vector<Page::Row> rows;
    for (const CalibrationBin& bin : diagnosis.calibration)
      if (bin.rows > 0)
        rows.push_back(
            {Page::number(number(bin.predicted)), Page::number(number(bin.observed)), Page::number(count(bin.rows))});
    page.chart("Calibration",
               "On the dashed line a probability of 0.7 comes true seven times out of ten; bars are 95 % intervals.",
               calibration_chart(diagnosis),
               {Page::number("predicted"), Page::number("observed"), Page::number("rows")}, rows);
  }
  std::string unit = data.test_scores.empty() ? "" : data.test_scores.front().unit;
  if (!diagnosis.residuals.empty())
    page.chart("Residuals",
               "A cloud without shape around zero is good; a funnel or a bend shows what the model misses.",
               residual_chart(diagnosis, unit),
               {Page::number("predicted"), Page::number("truth minus predicted"), Page::number("")},
               point_rows(diagnosis.residuals));
  if (!diagnosis.residual_histogram.empty()) {
    std::vector<Page::Row> rows;
    for (const Bin& bin : diagnosis.residual_histogram)
      rows.push_back({Page::number(number(bin.low)), Page::number(number(bin.high)), Page::number(count(bin.rows))});
    page.chart("Distribution of the residuals", "How often the model is off, and by how much.",
               residual_histogram_chart(diagnosis, unit),
               {Page::number("from"), Page::number("to"), Page::number("rows")}, rows);
  }
  page.close_charts();
}

}  // namespace

void write_search(Page& page, const Data& data) {
  if (data.leaderboard.empty()) return;
  page.section("candidates", "The candidates");
  Extent extent;
  for (const Candidate& candidate : data.leaderboard)
    extent.add(candidate.objective.value), extent.add(candidate.objective.low), extent.add(candidate.objective.high);
  const Score& objective = data.leaderboard.front().objective;
  page.paragraph(fmt::format("Each candidate predicts every validation row without having seen it. {} is better {}.",
                             objective.metric, objective.maximize ? "higher" : "lower"));
  std::vector<Page::Row> rows;
  std::vector<std::string> classes;
  constexpr size_t shown = 20;
  size_t failed = 0, left_out = 0;
  for (const Candidate& candidate : data.leaderboard) {
    if (!candidate.failed.empty()) ++failed;
    if (rows.size() >= shown && candidate.trial >= 0) {
      ++left_out;
      continue;
    }
    std::string settings = candidate.failed.empty()
                               ? "<code>" + escape(candidate.settings) + "</code>"
                               : "<span class=\"tag bad\">failed</span> " + escape(candidate.failed);
    rows.push_back({Page::text(candidate.name), Page::number(number(candidate.objective.value)),
                    Page::markup(interval_figure(candidate.objective, extent.low, extent.high)),
                    Page::number(interval(candidate.objective)), Page::markup(settings),
                    Page::number(candidate.parameters > 0 ? count(candidate.parameters) : "")});
    classes.push_back(candidate.winner ? "winner" : candidate.trial < 0 ? "baseline" : "");
  }
  page.table({Page::text("candidate"), Page::number(objective.metric), Page::text(""), Page::number("interval"),
              Page::text("settings"), Page::number("parameters")},
             rows, classes);
  if (objective.descriptive)
    page.quiet("Intervals over folds describe the spread that was seen; they claim no coverage.");
  if (left_out > 0) page.quiet(fmt::format("{} further candidates stand in report.json.", left_out));
  if (failed > 0)
    page.quiet(fmt::format("{} candidates failed; their reasons stand in the table or in report.json.", failed));
  page.open_charts();
  std::vector<Page::Row> trials;
  for (const Candidate& candidate : data.leaderboard)
    if (candidate.trial >= 0 && trials.size() < 40)
      trials.push_back({Page::number(std::to_string(candidate.trial + 1)),
                        Page::number(number(candidate.objective.value)), Page::text(candidate.family)});
  if (trials.size() > 1)
    page.chart("The search", "One point a trial.", trials_chart(data),
               {Page::number("trial"), Page::number(objective.metric), Page::text("model")}, trials);
  if (!data.curves.empty()) {
    std::vector<Page::Row> points;
    for (const LearningCurve& curve : data.curves)
      if (!curve.points.empty())
        points.push_back({Page::text(curve.fold < 0 ? "final fit" : fmt::format("fold {}", curve.fold + 1)),
                          Page::number(count(static_cast<int64_t>(curve.points.size()))),
                          Page::number(number(curve.points.back().training)),
                          Page::number(number(curve.points.back().validation))});
    page.chart("Learning curves of " + data.curves.front().candidate,
               "One line a fold. Validation rising while training falls is overfitting.",
               learning_curve_chart(data.curves),
               {Page::text("fit"), Page::number("points"), Page::number("last training loss"),
                Page::number("last validation loss")},
               points);
  }
  page.close_charts();
  if (data.comparison) {
    const Comparison& comparison = *data.comparison;
    page.heading("Winner against baseline, on the same rows");
    page.paragraph(fmt::format("{} is {} than {} by {} of {} (95 % interval {} to {}, {}, {}, {} rows).",
                               comparison.winner, comparison.difference > 0 ? "better" : "not better",
                               comparison.baseline, number(comparison.difference), comparison.metric,
                               number(comparison.low), number(comparison.high), comparison.method,
                               p_value(comparison.p_value), count(comparison.rows)));
  }
}

void write_test(Page& page, const Data& data) {
  if (data.test_scores.empty() && data.diagnoses.empty()) return;
  page.section("test", data.test_scores.empty() ? "How the winner does" : "The test");
  if (!data.test_scores.empty()) {
    page.paragraph(data.looks <= 1 ? "The test part was opened once, after every choice had been made."
                                   : fmt::format("The test part has been opened {} times over the versions of this "
                                                 "workflow: every look but the first is optimistic.",
                                                 data.looks));
    write_scores(page, data.test_scores);
    if (!data.validation_scores.empty() && !std::isnan(data.validation_scores.front().value))
      page.quiet(fmt::format(
          "In validation the winner had {} {}; a large gap to the test says that the validation is not to be trusted.",
          data.validation_scores.front().metric, number(data.validation_scores.front().value)));
  } else if (!data.validation_scores.empty()) {
    page.paragraph(
        "The test part was not opened. These are out-of-fold figures, which the choice of the winner has made "
        "optimistic.");
    write_scores(page, data.validation_scores);
  }
  if (data.task_kind == "binary")
    page.quiet(fmt::format("The decision is {} from a probability of {} on.",
                           data.positive.empty() ? "positive" : data.positive, number(data.threshold)));
  for (const Diagnosis& diagnosis : data.diagnoses) write_diagnosis(page, data, diagnosis);
}

void write_failures(Page& page, const Data& data) {
  const Diagnosis* diagnosis = nullptr;
  for (const Diagnosis& candidate : data.diagnoses)
    if (!candidate.failures.empty()) diagnosis = &candidate;
  if (diagnosis == nullptr) return;
  page.section("failures", "Failures worth looking at");
  page.paragraph(
      "The rows (" + diagnosis->rows +
      ") that the winner got most wrong. A wrong label, a missing column and a rare case all show here first.");
  Page::Row head = {Page::text("row"), Page::text("is"), Page::text("predicted"), Page::number("score")};
  for (const auto& [name, value] : diagnosis->failures.front().fields) head.push_back(Page::text(name));
  std::vector<Page::Row> rows;
  for (const Example& example : diagnosis->failures) {
    Page::Row row = {Page::text(example.key), Page::text(example.truth), Page::text(example.prediction),
                     Page::number(number(example.score))};
    for (const auto& [name, value] : example.fields) row.push_back(Page::text(value));
    rows.push_back(std::move(row));
  }
  page.table(head, rows);
}

}  // namespace mlw::report
