#pragma once

#include <string>
#include <vector>

#include "runtime/evaluate/metrics.h"
#include "runtime/stages/session.h"

/// From scores to what is measured.
namespace mlw {

/// Out-of-fold scores (a fold each: [validation rows × outputs]) beside the truth; decisions are still to be made.
Judged out_of_fold_judged(Session& session, const std::vector<std::vector<float>>& scores, int outputs);

/// The judgement as the workflow wants it weighed: at the prevalence that it expects, when it says one.
Judged as_expected(const Workflow& workflow, Judged judged);

/// What each trial's folds gave; empty `failed` when all folds gave scores.
struct TrialResult {
  std::string failed;
  std::vector<FitResult> folds;
  double seconds = 0;
};
TrialResult trial_result(Session& session, int trial);

/// Out-of-fold rows with decisions, and the threshold for a model fitted on all of them.
struct Decided {
  Judged judged;
  double threshold = 0.5;
};
/// By the workflow's threshold; else tuned for the objective on the other folds, when the objective reads decisions;
/// else 0.5.
Decided decide_out_of_fold(Session& session, Judged judged);

}  // namespace mlw
