#pragma once

#include <string>

#include "runtime/learn/learner.h"
#include "runtime/stages/session.h"

/// What fitting a fold and fitting the winner have in common.
namespace mlw {

/// What was drawn for a variant of the preparation; empty when nothing was to be drawn.
std::string drawn_preparation(const Session& session, int variant);
/// The family that a call of a model belongs to; none is a Failure (R424).
const Learner& learner_of(const Space& settings);
/// Numbers in a model.
int64_t parameters_of(const Model& model);
/// A request with everything but the rows.
FitRequest fit_request(Session& session, const std::string& settings, uint64_t fold);

}  // namespace mlw
