#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "compiler/plan/space.h"
#include "runtime/data/matrix.h"

namespace mlw {

/// What random numbers are keyed by: the order of work never matters.
struct RandomKey {
  uint64_t seed = 0, stage = 0, trial = 0, fold = 0;
};

/// One point of a learning curve.
struct CurvePoint {
  double step = 0;        ///< epoch or iteration
  double training = 0;    ///< loss on the training rows
  double validation = 0;  ///< loss on the inner validation rows; NaN without them
};

struct FittedModel {
  Model model;
  Link link = Link::identity;
  int epochs = 0;  ///< chosen by early stopping: the final fit uses the folds' median
  std::vector<CurvePoint> curve;
  double training_loss = 0;
  std::vector<std::string> notes;  ///< "did not converge in 100 iterations"
};

struct FitRequest {
  TaskKind task = TaskKind::unknown;
  int classes = 0;  ///< of binary and multiclass
  const PreparedMatrix* training = nullptr;
  const PreparedMatrix* inner_validation =
      nullptr;           ///< for early stopping: part of the outer training part; null when none is wanted
  int fixed_epochs = 0;  ///< > 0: train exactly so long, no early stopping
  RandomKey key;
  CodeGenerator* generator = nullptr;
  std::function<bool()> cancelled;  ///< asked now and then; true ends the fit with a Failure
};

/// A family of models: `linear`, `network` … One file a family in runtime/learn, found by `find_learner`.
class Learner {
 public:
  virtual ~Learner() = default;
  virtual std::string_view family() const = 0;
  /// Whether fits watch an inner validation part.
  virtual bool wants_inner_validation(const Space& settings) const { return false; }
  /// `settings`: a call without ranges and choices left in it.
  virtual FittedModel fit(const Space& settings, const FitRequest& request) const = 0;
};

const Learner* find_learner(std::string_view family);

}  // namespace mlw
