#include "runtime/prepare/prepare.h"
#include "runtime/search/draw.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/fitting.h"
#include "runtime/stages/session.h"

namespace mlw {
namespace {

/// The final fit draws other random numbers than the folds do.
constexpr uint64_t final_fold = 1'000'000;

}  // namespace

Entry do_final_fit(Session& session, const Stage&, std::string& text) {
  const ChooseResult chosen = choose_result(session.result(session.graph().find(StageKind::choose)));
  const Trial& trial = session.inputs().trials.at(static_cast<size_t>(chosen.trial));
  Workflow workflow = session.workflow();
  workflow.prepare = with_drawn(workflow.prepare, trial.preparation);
  const Selection& rows = session.split().development;
  const FittedPreparation preparation = fit_preparation(workflow, session.loaded().table, rows, session.generator());
  const PreparedMatrix training = session.matrix(preparation, rows);
  const Space settings = parse_space(trial.settings);
  const Learner& learner = learner_of(settings);
  FitRequest request = fit_request(session, trial.settings, final_fold);
  request.training = &training;
  // What stopped early on the folds trains for the median of their epochs: there are no rows left to watch.
  if (learner.wants_inner_validation(settings)) request.fixed_epochs = chosen.epochs;
  FittedModel fitted = learner.fit(settings, request);

  FinalResult result;
  result.epochs = fitted.epochs, result.training_loss = fitted.training_loss;
  result.curve = std::move(fitted.curve), result.notes = std::move(fitted.notes);
  result.program = session.program(preparation, std::move(fitted.model), fitted.link);
  result.program.threshold = chosen.threshold;
  text = std::to_string(rows.size()) + " rows";
  return to_entry(result);
}

}  // namespace mlw
