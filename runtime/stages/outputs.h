#pragma once

#include <string>
#include <vector>

#include "runtime/stages/session.h"

namespace mlw {

/// Puts the report (report.html, report.json) and the artefacts (a folder a deployment) into the output folder; a file
/// that is there with the same bytes is left alone. Returns all paths, the report's page first. `anew`: the page is
/// made again even when the report is the same.
std::vector<std::string> write_outputs(Session& session, const report::Data& data, bool anew);
/// The artefacts of these `build` stages alone.
std::vector<std::string> write_artefacts(Session& session, const std::vector<int>& builds);

}  // namespace mlw
