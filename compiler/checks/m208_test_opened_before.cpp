#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  if (evidence.results->other_looks > 0)
    diagnostics.report(kinds::test_opened_before, evidence.workflow.evaluate.test.range,
                       {{"looks", std::to_string(evidence.results->other_looks)}});
}

}  // namespace

extern const Rule m208_test_opened_before;
const Rule m208_test_opened_before = {"M208", Phase::results, check};

}  // namespace mlw
