#include "compiler/checks/checks.h"

#include <algorithm>

namespace mlw {

#define MLW_RULE(name) extern const Rule name;
#include "rules.inc"
#undef MLW_RULE

std::vector<const Rule*> all_rules() {
  std::vector<const Rule*> rules = {
#define MLW_RULE(name) &name,
#include "rules.inc"
#undef MLW_RULE
  };
  std::stable_sort(rules.begin(), rules.end(), [](const Rule* a, const Rule* b) { return a->code < b->code; });
  return rules;
}

Findings check(Phase phase, const Evidence& evidence) {
  Diagnostics found;
  for (const Rule* rule : all_rules())
    if (rule->phase == phase) rule->check(evidence, found);
  Findings findings;
  for (const Diagnostic& diagnostic : found.all()) {
    const auto& waivers = evidence.workflow.waivers;
    const auto waiver =
        std::find_if(waivers.begin(), waivers.end(), [&](const Waiver& w) { return w.code == diagnostic.kind->code; });
    if (waiver != waivers.end() && diagnostic.severity != Severity::error) {
      findings.waived.push_back({diagnostic, waiver->because});
    } else {
      findings.open.add(diagnostic);
    }
  }
  return findings;
}

}  // namespace mlw
