#pragma once

#include <vector>

#include "runtime/report/report_data.h"

namespace mlw {

/// The three milestones of a search, with their evidence: a model beats the baseline, one has capacity enough to
/// overfit, and the winner does better than that one. Reads comparison, curves and leaderboard.
std::vector<report::Milestone> milestones(const report::Data& data);

}  // namespace mlw
