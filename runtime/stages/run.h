#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/profile.h"
#include "runtime/report/report_data.h"
#include "runtime/stages/session.h"

/// A whole run: from the keys of what is there to the report and the artefacts.
namespace mlw {

struct RunOptions {
  std::string until;                     ///< a stage's name; empty: all of it
  int more = 0;                          ///< trials beyond those of the file and of earlier runs
  bool open_test = false;                ///< look at the test part although another version has
  bool artefacts = false;                ///< artefacts alone: no look at the test part, no report
  std::vector<std::string> deployments;  ///< of the artefacts; empty: all
};

struct RunOutcome {
  bool refused = false;      ///< the rules over the profile found an error; it was reported
  bool complete = false;     ///< the report is there
  int stages = 0, done = 0;  ///< of the graph; done in this run
  report::Data report;
  std::vector<std::string> written;  ///< files that were written or were there unchanged, report first
};

/// Called with the profile before anything is trained: reports what the rules say, returns what the report shows of it.
/// None: an error, the run ends.
using CheckProfile = std::function<std::optional<std::vector<report::Check>>(const Profile&)>;

/// What keys are made of before a search is planned: input files, versions, folds. `files`: see `PlanInputs`.
PlanInputs plan_inputs(const Workflow& workflow, std::vector<PlanInputs::File> files);
/// The graph as a run would have it now, as far as that is known without doing anything: trials drawn, and, where the
/// results are there to tell, what the rules say and whether the test part stays closed. Nothing is written.
void plan_run(Session& session, const PlanInputs& base, const CheckProfile& check);

RunOutcome run_workflow(Session& session, const PlanInputs& base, const RunOptions& options, const CheckProfile& check);

/// The stages that `--until NAME` means. An unknown name is a Failure (R423) with the names there are.
std::vector<int> stages_named(const StageGraph& graph, const std::string& name);

}  // namespace mlw
