#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/evaluate/judged.h"
#include "runtime/stages/session.h"

/// Whether what the workflow requires holds.
namespace mlw {

/// Costs of an artefact.
struct Costs {
  int64_t flash = 0;              ///< bytes of code and constants
  std::optional<int64_t> ram;     ///< bytes of memory; none when it cannot be told
  std::optional<double> latency;  ///< seconds from a record to its answer; none when it cannot be measured here
};

struct Verdict {
  bool met = false;
  std::string text;  ///< "recall >= 90%: 0.871 at its lower end: not met"
};

/// Required metrics, each judged once by the worse end of its interval on these rows: those that do not hold.
std::vector<std::string> unmet_metrics(Session& session, const Judged& judged);

/// Required costs of one deployment. What cannot be told does not hold.
std::vector<Verdict> judge_costs(const Deployment& deployment, const Costs& costs);

}  // namespace mlw
