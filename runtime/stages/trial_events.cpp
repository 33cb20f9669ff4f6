#include "runtime/stages/trial_events.h"

#include <cmath>

#include "compiler/plan/settings_text.h"
#include "runtime/evaluate/intervals.h"
#include "runtime/stages/judging.h"

namespace mlw {

TrialEvents::TrialEvents(Session& session, SearchJournal& journal) : session_(session), journal_(journal) {
  for (const Stage& stage : session.graph().stages)
    if (stage.kind == StageKind::fit && !session.exists(stage)) folds_left_[stage.trial] += 1;
}

void TrialEvents::done(int index) {
  const Stage& stage = session_.graph().stages.at(static_cast<size_t>(index));
  if (stage.kind != StageKind::fit) return;
  {
    const std::lock_guard guard(mutex_);
    if (--folds_left_[stage.trial] > 0) return;
  }
  score(stage.trial);
}

void TrialEvents::score(int trial) {
  const Trial& settings = session_.inputs().trials.at(static_cast<size_t>(trial));
  const Metric& objective = session_.workflow().metrics.objective;
  Event event{.kind = Event::Kind::trial,
              .trial = trial,
              .trials = static_cast<int>(session_.inputs().trials.size()),
              .metric = shown_name(objective)};
  event.score = std::nan("");
  TrialResult result = trial_result(session_, trial);
  if (result.failed.empty()) {
    std::vector<std::vector<float>> scores;
    for (FitResult& fit : result.folds) scores.push_back(std::move(fit.scores));
    const Decided decided =
        decide_out_of_fold(session_, out_of_fold_judged(session_, scores, result.folds.at(0).outputs));
    event.score = out_of_fold(session_.objective(), as_expected(session_.workflow(), decided.judged)).interval.value;
  }
  const std::string shown = settings_text(settings, session_.workflow());
  event.text = result.failed.empty() ? shown : result.failed;
  {
    const std::lock_guard guard(mutex_);
    event.best = !std::isnan(event.score) && (!best_ || (event.score > *best_) == objective.maximize) &&
                 (!best_ || event.score != *best_);
    if (event.best) best_ = event.score;
  }
  journal_.note_trial(trial, shown, event.score, result.failed);
  if (session_.options().events != nullptr) session_.options().events->send(event);
}

}  // namespace mlw
