#include <chrono>
#include <cstdlib>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/evaluate/predict.h"
#include "runtime/stages/fitting.h"
#include "runtime/stages/session.h"

namespace mlw {
namespace {

/// Settings, not the trial's number, key the random numbers: equal settings give equal models wherever they stand in
/// the search.
uint64_t trial_key(const std::string& settings) {
  return std::strtoull(sha256(settings).substr(0, 16).c_str(), nullptr, 16);
}

}  // namespace

std::string drawn_preparation(const Session& session, int variant) {
  for (const Stage& stage : session.graph().stages)
    if (stage.kind == StageKind::fit && stage.variant == variant)
      return session.inputs().trials.at(static_cast<size_t>(stage.trial)).preparation;
  return "";
}

const Learner& learner_of(const Space& settings) {
  const Learner* learner = find_learner(settings.text);
  if (learner == nullptr) fail(kinds::no_such_model, {{"model", settings.text}});
  return *learner;
}

int64_t parameters_of(const Model& model) {
  int64_t count = 0;
  if (const auto* layered = std::get_if<LayeredModel>(&model))
    for (const DenseLayer& layer : layered->layers)
      count += static_cast<int64_t>(layer.weights.size() + layer.bias.size());
  if (const auto* constant = std::get_if<ConstantModel>(&model)) count = static_cast<int64_t>(constant->outputs.size());
  return count;
}

FitRequest fit_request(Session& session, const std::string& settings, uint64_t fold) {
  FitRequest request;
  request.task = session.task().kind;
  request.classes = static_cast<int>(session.task().classes.size());
  request.key = {.seed = session.workflow().evaluate.seed,
                 .stage = static_cast<uint64_t>(StageKind::fit),
                 .trial = trial_key(settings),
                 .fold = fold};
  request.generator = &session.generator();
  request.cancelled = session.options().cancelled;
  return request;
}

Entry do_fit(Session& session, const Stage& stage, std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  const Trial& trial = session.inputs().trials.at(static_cast<size_t>(stage.trial));
  PreparedFold& fold = session.prepared(stage.inputs.at(0));
  const Fold& rows = session.split().folds.at(static_cast<size_t>(stage.fold));
  FitResult result;
  try {
    const Space settings = parse_space(trial.settings);
    const Learner& learner = learner_of(settings);
    FitRequest request = fit_request(session, trial.settings, static_cast<uint64_t>(stage.fold));
    request.training = &fold.training;
    if (learner.wants_inner_validation(settings)) {
      const PreparedFold::Inner& inner = fold.inner.get(
          [&] { return session.inner_matrices(fold.preparation, rows.training, static_cast<uint64_t>(stage.fold)); });
      request.training = &inner.training;
      request.inner_validation = &inner.validation;
    }
    FittedModel fitted = learner.fit(settings, request);
    result.epochs = fitted.epochs;
    result.training_loss = fitted.training_loss;
    result.curve = std::move(fitted.curve);
    result.notes = std::move(fitted.notes);
    result.parameters = parameters_of(fitted.model);
    const PredictorProgram program = session.program(fold.preparation, std::move(fitted.model), fitted.link);
    Predictions answers = predict_table(program, session.loaded().table, rows.validation, session.generator());
    result.outputs = answers.outputs;
    result.scores = std::move(answers.scores);
  } catch (const Failure& failure) {
    // A trial that cannot be fitted says so in its result; the search goes on. An interrupted one has no result.
    if (session.options().cancelled && session.options().cancelled()) throw;
    result = {};
    result.failed = failure.diagnostic.message;
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  text = result.failed.empty() ? "" : "failed: " + result.failed;
  return to_entry(result);
}

}  // namespace mlw
