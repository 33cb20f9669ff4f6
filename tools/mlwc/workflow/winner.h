#pragma once

#include <string>

#include "compiler/artefact/predictor_program.h"
#include "runtime/stages/session.h"

namespace mlw::tool {

/// The predictor program of the winner, out of the store; `work` is planned. A Failure (R428) when the workflow at
/// `path` was not run as it stands.
PredictorProgram winner(mlw::Session& work, const std::string& path);

}  // namespace mlw::tool
