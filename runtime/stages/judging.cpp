#include "runtime/stages/judging.h"

#include "runtime/evaluate/curves.h"
#include "runtime/evaluate/threshold.h"

namespace mlw {

Judged out_of_fold_judged(Session& session, const std::vector<std::vector<float>>& scores, int outputs) {
  const SplitResult& split = session.split();
  Selection rows;
  std::vector<float> all;
  std::vector<int32_t> folds;
  for (size_t fold = 0; fold < scores.size(); ++fold) {
    const Selection& validation = split.folds.at(fold).validation;
    rows.insert(rows.end(), validation.begin(), validation.end());
    all.insert(all.end(), scores[fold].begin(), scores[fold].end());
    folds.insert(folds.end(), validation.size(), static_cast<int32_t>(fold));
  }
  Judged judged = judge(session.task(), session.loaded().table, rows, std::move(all), outputs);
  judged.fold = std::move(folds);
  return judged;
}

Judged as_expected(const Workflow& workflow, Judged judged) {
  if (workflow.task.kind != TaskKind::binary || !workflow.expect || !workflow.expect->prevalence) return judged;
  return at_prevalence(std::move(judged), *workflow.expect->prevalence);
}

TrialResult trial_result(Session& session, int trial) {
  TrialResult result;
  const StageGraph& graph = session.graph();
  for (size_t i = 0; i < graph.stages.size(); ++i) {
    if (graph.stages[i].kind != StageKind::fit || graph.stages[i].trial != trial) continue;
    result.folds.push_back(fit_result(session.result(static_cast<int>(i))));
    result.seconds += result.folds.back().seconds;
    if (result.failed.empty()) result.failed = result.folds.back().failed;
  }
  return result;
}

Decided decide_out_of_fold(Session& session, Judged judged) {
  const Metrics& metrics = session.workflow().metrics;
  Decided decided{std::move(judged), metrics.threshold.value_or(0.5)};
  if (decided.judged.task == TaskKind::binary && !metrics.threshold && reads_decisions(metrics.objective))
    if (std::optional<ThresholdChoice> choice = choose_threshold(session.objective(), decided.judged))
      return {std::move(choice->decided), choice->threshold};
  decide(decided.judged, decided.threshold);
  return decided;
}

}  // namespace mlw
