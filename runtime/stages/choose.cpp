#include <algorithm>
#include <cmath>
#include <numeric>

#include "compiler/diagnostics/kinds/search.h"
#include "compiler/plan/settings_text.h"
#include "runtime/evaluate/comparison.h"
#include "runtime/evaluate/curves.h"
#include "runtime/evaluate/intervals.h"
#include "runtime/report/text.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/examples.h"
#include "runtime/stages/judging.h"
#include "runtime/stages/milestones.h"
#include "runtime/stages/session.h"

namespace mlw {
namespace {

/// A candidate with what choosing needs beside what the report shows.
struct Contender {
  report::Candidate shown;
  Decided decided;
  double seconds = 0;
  int baseline = -1;  ///< index among the baselines
  int variant = 0;
  std::vector<int> epochs;
};

IntervalOptions interval_options(const Session& session) { return {.seed = session.workflow().evaluate.seed}; }

void score(Session& session, Contender& contender) {
  const OutOfFold objective = out_of_fold(
      session.objective(), as_expected(session.workflow(), contender.decided.judged), interval_options(session));
  contender.shown.objective = to_score(session.objective().metric(), objective.interval);
  contender.shown.fold_values = objective.folds;
  for (const MetricProgram& metric : session.watched())
    contender.shown.watch.push_back(to_score(
        metric.metric(),
        out_of_fold(metric, as_expected(session.workflow(), contender.decided.judged), interval_options(session))
            .interval));
  if (std::isnan(objective.interval.value))
    contender.shown.failed = "`" + shown_name(session.objective().metric()) + "` is undefined on its answers";
}

std::vector<Contender> baselines(Session& session) {
  const BaselineResult result = baseline_result(session.result(session.graph().find(StageKind::baseline)));
  std::vector<Contender> list;
  for (size_t i = 0; i < result.list.size(); ++i) {
    const BaselineResult::One& one = result.list[i];
    Contender contender{.shown = {.name = one.name, .family = "baseline"}, .baseline = static_cast<int>(i)};
    contender.decided = decide_out_of_fold(session, out_of_fold_judged(session, one.scores, one.program.outputs()));
    score(session, contender);
    list.push_back(std::move(contender));
  }
  return list;
}

Contender contender_of(Session& session, int index, std::vector<report::LearningCurve>& curves) {
  const Trial& trial = session.inputs().trials.at(static_cast<size_t>(index));
  const Space settings = parse_space(trial.settings);
  TrialResult result = trial_result(session, index);
  Contender contender{.shown = {.name = trial.model + " #" + std::to_string(index + 1),
                                .family = settings.text,
                                .settings = settings_text(trial, session.workflow()),
                                .trial = index}};
  contender.seconds = result.seconds;
  for (const Stage& stage : session.graph().stages)
    if (stage.kind == StageKind::fit && stage.trial == index) contender.variant = stage.variant;
  contender.shown.failed = result.failed;
  if (!result.failed.empty()) return contender;
  std::vector<std::vector<float>> scores;
  for (size_t fold = 0; fold < result.folds.size(); ++fold) {
    FitResult& fit = result.folds[fold];
    contender.shown.parameters = std::max(contender.shown.parameters, fit.parameters);
    contender.epochs.push_back(fit.epochs);
    scores.push_back(std::move(fit.scores));
    if (fit.curve.empty()) continue;
    report::LearningCurve curve{contender.shown.name, static_cast<int>(fold), "loss", {}};
    for (const CurvePoint& point : fit.curve) curve.points.push_back({point.step, point.training, point.validation});
    curves.push_back(std::move(curve));
  }
  contender.decided = decide_out_of_fold(session, out_of_fold_judged(session, scores, result.folds.at(0).outputs));
  score(session, contender);
  return contender;
}

/// Whether the first is to be preferred: the better objective; of equals the one with fewer numbers in it, then the
/// earlier one. What failed comes last.
bool better(const Contender& a, const Contender& b) {
  if (a.shown.failed.empty() != b.shown.failed.empty()) return a.shown.failed.empty();
  if (a.shown.failed.empty() && a.shown.objective.value != b.shown.objective.value)
    return (a.shown.objective.value > b.shown.objective.value) == a.shown.objective.maximize;
  if (a.shown.parameters != b.shown.parameters) return a.shown.parameters < b.shown.parameters;
  return a.shown.trial < b.shown.trial;
}

[[noreturn]] void no_candidate(const std::vector<Contender>& contenders) {
  Diagnostics sink;
  Diagnostic& diagnostic = sink.report(kinds::no_candidate);
  for (const Contender& contender : contenders)
    if (contender.shown.trial >= 0 && diagnostic.notes.size() < 3)
      diagnostic.note(contender.shown.name + ": " + contender.shown.failed);
  throw Failure{diagnostic};
}

int median(std::vector<int> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Learning curves are many: those of the best candidates are kept.
constexpr size_t shown_curves = 8;

void keep_curves(ChooseResult& result, std::vector<report::LearningCurve> curves) {
  std::vector<std::string> names;
  for (const report::Candidate& candidate : result.report.leaderboard)
    if (names.size() < shown_curves && candidate.trial >= 0 && candidate.failed.empty())
      names.push_back(candidate.name);
  for (report::LearningCurve& curve : curves)
    if (std::find(names.begin(), names.end(), curve.candidate) != names.end())
      result.report.curves.push_back(std::move(curve));
}

void describe_winner(Session& session, ChooseResult& result, const Contender& winner, const Contender* baseline) {
  const Workflow& workflow = session.workflow();
  result.report.validation_scores.push_back(winner.shown.objective);
  for (const report::Score& score : winner.shown.watch) result.report.validation_scores.push_back(score);
  if (baseline != nullptr) {
    const PairedTest test = compare(session.objective(), as_expected(workflow, winner.decided.judged),
                                    as_expected(workflow, baseline->decided.judged), interval_options(session));
    result.report.comparison = to_comparison(workflow.metrics.objective, test, winner.shown.name, baseline->shown.name);
  }
  Selection rows;
  for (const Fold& fold : session.split().folds)
    rows.insert(rows.end(), fold.validation.begin(), fold.validation.end());
  result.report.diagnoses.push_back(
      diagnosis_with_examples(session, winner.decided.judged, rows, "validation, out of fold"));
}

}  // namespace

Entry do_choose(Session& session, const Stage&, std::string& text) {
  session.forget_prepared();
  std::vector<Contender> contenders = baselines(session);
  std::vector<report::LearningCurve> curves;
  for (size_t trial = 0; trial < session.inputs().trials.size(); ++trial)
    contenders.push_back(contender_of(session, static_cast<int>(trial), curves));
  std::sort(contenders.begin(), contenders.end(), better);
  const auto usable = [&](bool baseline) {
    return std::find_if(contenders.begin(), contenders.end(), [&](const Contender& one) {
      return (one.shown.trial < 0) == baseline && one.shown.failed.empty();
    });
  };
  const auto winner = usable(false), baseline = usable(true);
  if (winner == contenders.end()) no_candidate(contenders);
  winner->shown.winner = true;

  ChooseResult result{.trial = winner->shown.trial,
                      .variant = winner->variant,
                      .epochs = median(winner->epochs),
                      .threshold = winner->decided.threshold};
  if (baseline != contenders.end()) result.baseline = baseline->baseline;
  result.report.threshold = result.threshold;
  for (const Contender& contender : contenders) {
    result.report.leaderboard.push_back(contender.shown);
    result.seconds.push_back(contender.seconds);
  }
  keep_curves(result, std::move(curves));
  describe_winner(session, result, *winner, baseline == contenders.end() ? nullptr : &*baseline);
  result.report.milestones = milestones(result.report);
  text = winner->shown.name + " with " + winner->shown.objective.metric + " " +
         report::number(winner->shown.objective.value);
  return to_entry(result);
}

}  // namespace mlw
