#pragma once

#include "compiler/plan/profile.h"
#include "tools/mlwc/workflow/open_workflow.h"

namespace mlw::tool {

/// The statistics of the development rows, which rules and the default objective look at: from the store, or made now,
/// also where nothing may be written beside the workflow.
Profile development_profile(const OpenedWorkflow& opened);

/// Whether the objective hangs on how rare the rarer of two classes is: the file names none.
bool asks_for_class_balance(const syntax::File& file, const Workflow& workflow);
/// Notes it in the schema of the block that is modelled: the share among the rows to learn from, so that the labels of
/// the test part stay sealed.
void note_class_balance(const Workflow& workflow, const Profile& profile, std::vector<Schema>& schemas);

}  // namespace mlw::tool
