#include <fmt/format.h>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  const Results& results = *evidence.results;
  if (!results.compared || results.beats) return;
  const auto number = [](double value) { return fmt::format("{:.4g}", value); };
  diagnostics.report(kinds::baseline_not_beaten, {},
                     {{"winner", results.winner},
                      {"baseline", results.baseline},
                      {"metric", results.metric},
                      {"difference", number(results.difference)},
                      {"low", number(results.low)},
                      {"high", number(results.high)}});
}

}  // namespace

extern const Rule m224_baseline_not_beaten;
const Rule m224_baseline_not_beaten = {"M224", Phase::results, check};

}  // namespace mlw
