#include "tools/mlwc/workflow/development_profile.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/store.h"
#include "runtime/data/reader.h"
#include "runtime/stages/run.h"
#include "tools/mlwc/common/temporary_folder.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/stored_data.h"

namespace mlw::tool {
namespace {

/// From the store, or made now.
Profile profile_of(const OpenedWorkflow& opened, Store& store) {
  mlw::Session work(opened.workflow, store, session_options(opened, 0));
  work.plan(plan_inputs(opened.workflow, opened.files));
  const int stage = work.graph().find(StageKind::profile);
  Profile profile = parse_profile(work.result(stage).document);
  remember_profile(store, opened.path, work.graph().stages[static_cast<size_t>(stage)].key);
  return profile;
}

/// The same where nothing may be written beside the workflow: looking at it needs no such right.
Profile profile_elsewhere(const OpenedWorkflow& opened) {
  const TemporaryFolder folder;
  Store store(folder.path());
  return profile_of(opened, store);
}

bool is_refused_write(const Failure& failure) {
  const Kind* kind = failure.diagnostic.kind;
  return kind == &kinds::disk_full || kind == &kinds::write_denied || kind == &kinds::write_failed;
}

}  // namespace

Profile development_profile(const OpenedWorkflow& opened) {
  try {
    return profile_of(opened, *opened.store);
  } catch (const Failure& failure) {
    if (!is_refused_write(failure)) throw;
  }
  return profile_elsewhere(opened);
}

bool asks_for_class_balance(const syntax::File& file, const Workflow& workflow) {
  if (workflow.task.kind != TaskKind::binary) return false;
  for (const syntax::Item& item : file.items) {
    const auto* block = std::get_if<syntax::Block>(&item.node);
    if (block == nullptr || block->kind.text != "metrics") continue;
    for (const syntax::Item& inner : block->items)
      if (const auto* setting = std::get_if<syntax::Setting>(&inner.node))
        for (const syntax::Name& name : setting->names)
          if (name.text == "objective") return false;
  }
  return true;
}

void note_class_balance(const Workflow& workflow, const Profile& profile, std::vector<Schema>& schemas) {
  if (profile.class_rows.size() != 2 || workflow.task.targets.empty() || workflow.data.empty()) return;
  const auto [rarer, larger] = std::minmax(profile.class_rows[0], profile.class_rows[1]);
  for (Schema& schema : schemas)
    for (ColumnSchema& column : schema.columns)
      if (schema.data == modelled_data(workflow.data).name && column.name == workflow.task.targets.at(0))
        column.rarest_share = static_cast<double>(rarer) / static_cast<double>(rarer + larger);
}

}  // namespace mlw::tool
