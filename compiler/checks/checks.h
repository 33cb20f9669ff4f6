#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/plan/profile.h"
#include "compiler/plan/workflow.h"

/// The method rules. A rule is a pure function over evidence and says which it needs: the text (the typed workflow),
/// the profile (one pass over the development rows, made once for all rules), or the results of a run. Rules that need
/// provenance are part of the types (semantics/). Each rule is one file, `<code>_<name>.cpp`, that defines `const Rule
/// <code>_<name>`; the build finds it by its name, so that the list of files is the list of rules.
namespace mlw {

/// What a run found out, as far as rules ask for it.
struct Results {
  std::string winner, baseline, metric;
  double difference = 0, low = 0, high = 0;  ///< winner minus baseline in the better direction
  bool beats = false;
  bool compared = false;
  int other_looks = 0;  ///< how often other versions opened the test part
};

struct Evidence {
  const Workflow& workflow;
  const Profile* profile = nullptr;
  const Results* results = nullptr;
};

enum class Phase { text, profile, results };

struct Rule {
  std::string_view code;
  Phase phase;
  void (*check)(const Evidence&, Diagnostics&);
};

/// All rules, by code.
std::vector<const Rule*> all_rules();

/// A warning or note that the file allows, with the reason that it gives.
struct Waived {
  Diagnostic diagnostic;
  std::string because;
};
struct Findings {
  Diagnostics open;            ///< what stands
  std::vector<Waived> waived;  ///< what a waiver of the file silences; errors cannot be waived
};

/// Runs the rules of one phase; the evidence of the phase must be there.
Findings check(Phase phase, const Evidence& evidence);

}  // namespace mlw
