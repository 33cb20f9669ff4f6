#include <fmt/format.h>

#include <cmath>

#include "runtime/evaluate/comparison.h"
#include "runtime/evaluate/curves.h"
#include "runtime/evaluate/predict.h"
#include "runtime/evaluate/threshold.h"
#include "runtime/report/text.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/examples.h"
#include "runtime/stages/judging.h"
#include "runtime/stages/requirements.h"
#include "runtime/stages/session.h"

namespace mlw {
namespace {

Judged judged_by(Session& session, const PredictorProgram& program, const Selection& rows, double threshold) {
  Predictions predictions = predict_table(program, session.loaded().table, rows, session.generator());
  Judged judged =
      judge(session.task(), session.loaded().table, rows, std::move(predictions.scores), predictions.outputs);
  decide(judged, threshold);
  return judged;
}

}  // namespace

Entry do_test(Session& session, const Stage&, std::string& text) {
  const Workflow& workflow = session.workflow();
  const IntervalOptions options{.seed = workflow.evaluate.seed};
  const Selection& rows = session.split().test;
  const FinalResult fitted = final_result(session.result(session.graph().find(StageKind::final_fit)));
  const ChooseResult chosen = choose_result(session.result(session.graph().find(StageKind::choose)));
  const Judged judged = judged_by(session, fitted.program, rows, fitted.program.threshold);
  const Judged weighed = as_expected(workflow, judged);

  TestResult result;
  const auto add = [&](const MetricProgram& metric) {
    result.report.test_scores.push_back(to_score(metric.metric(), interval_of(metric, weighed, options)));
  };
  add(session.objective());
  std::vector<const MetricProgram*> metrics = {&session.objective()};
  for (const MetricProgram& metric : session.watched()) add(metric), metrics.push_back(&metric);
  if (chosen.baseline >= 0) {
    const BaselineResult baselines = baseline_result(session.result(session.graph().find(StageKind::baseline)));
    const BaselineResult::One& baseline = baselines.list.at(static_cast<size_t>(chosen.baseline));
    const Judged other = as_expected(workflow, judged_by(session, baseline.program, rows, fitted.program.threshold));
    const report::Comparison& before = chosen.report.comparison.value();
    result.report.comparison =
        to_comparison(workflow.metrics.objective, compare(session.objective(), weighed, other, options), before.winner,
                      before.baseline);
  }
  if (workflow.expect) result.report.outcomes = outcomes(*workflow.expect, judged, metrics, options.seed);
  result.report.diagnoses.push_back(diagnosis_with_examples(session, judged, rows, "test"));
  result.unmet = unmet_metrics(session, weighed);
  const report::Score& score = result.report.test_scores.front();
  text = score.metric + " " + report::with_interval(score);
  return to_entry(result);
}

}  // namespace mlw
