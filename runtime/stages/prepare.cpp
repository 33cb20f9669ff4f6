#include "runtime/prepare/prepare.h"

#include "runtime/search/draw.h"
#include "runtime/stages/fitting.h"
#include "runtime/stages/session.h"

namespace mlw {

Entry do_prepare(Session& session, const Stage& stage, std::string& text) {
  Workflow workflow = session.workflow();
  workflow.prepare = with_drawn(workflow.prepare, drawn_preparation(session, stage.variant));
  const Selection& training = session.split().folds.at(static_cast<size_t>(stage.fold)).training;
  const FittedPreparation preparation =
      fit_preparation(workflow, session.loaded().table, training, session.generator());
  text = std::to_string(preparation.features.size()) + " features";
  return to_entry(preparation);
}

}  // namespace mlw
