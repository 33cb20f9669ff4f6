#pragma once

#include <functional>
#include <string>

#include "runtime/stages/run.h"
#include "tools/mlwc/common/session.h"
#include "tools/mlwc/workflow/open_workflow.h"

/// What `run` and `build` have in common.
namespace mlw::tool {

struct RunArguments {
  std::string path;
  RunOptions options;
  int threads = 0;
};

/// Opens and runs a workflow: shows progress, diagnostics and failures, and hands the outcome on. Returns the exit
/// status.
int run_and_show(Session& session, const RunArguments& arguments,
                 const std::function<int(const OpenedWorkflow&, const RunOutcome&)>& show);

/// The run time's session of an opened workflow.
SessionOptions session_options(const OpenedWorkflow& opened, int threads);

/// What the rules over the profile say, as a run asks for it: shows it when `show` is given. Lives no longer than
/// `opened`.
CheckProfile profile_rules(const OpenedWorkflow& opened, const Session* show);

/// Shows a failure with its place in the file; R422 gives the status of an interrupted program.
int show_failure(const Session& session, const Failure& failure, const Sources& sources);

}  // namespace mlw::tool
