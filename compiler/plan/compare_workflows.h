#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan_view.h"

/// What a change of a workflow means: for the scores that were reported before, and for the work that is to be done.
namespace mlw {

struct WorkflowDifference {
  /// How far a change reaches; what is listed later includes what is listed before.
  enum class Reach {
    nothing,     ///< the meaning is the same: comments, layout, another order
    report,      ///< titles, reasons, waivers: what a reader sees
    delivery,    ///< artefacts: the winner stays
    choice,      ///< models are fitted as before; how they are scored and chosen is not
    candidates,  ///< other models or preparations compete, on the same rows by the same measure
    judgement,   ///< other rows, another target: nothing that was measured before can be compared with what comes
  };
  Reach reach = Reach::nothing;
  std::vector<Change> settings;  ///< what is said otherwise; `part` is the way to it: "evaluate/test/share"
  /// Another objective, or other weights on what is judged: scores cannot be compared though the rows are the same.
  bool other_measure = false;
  std::vector<std::string> files;  ///< input files that are new, gone, or have other bytes
  struct Work {
    std::string stage;  ///< "prepare", "build gateway"
    int again = 0;      ///< how often it is done for the second workflow and was not for the first
    int total = 0;
  };
  std::vector<Work> work;  ///< of the second workflow, in the order of the plan; stages of one kind stand as one
};

/// Both workflows with the stage graphs that were planned for them.
struct PlannedWorkflow {
  const Workflow& workflow;
  const StageGraph& graph;
};
WorkflowDifference compare_workflows(const PlannedWorkflow& before, const PlannedWorkflow& after);

}  // namespace mlw
