#include <fmt/format.h>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  const Profile& profile = *evidence.profile;
  if (evidence.workflow.task.targets.empty()) return;
  const std::string& name = evidence.workflow.task.targets.front();
  const ColumnProfile* target = profile.find(name);
  if (!target) return;
  if (profile.target_missing > 0)
    diagnostics.report(kinds::target_missing, {}, {{"column", name}, {"rows", std::to_string(profile.target_missing)}});
  const bool classes = evidence.workflow.task.kind != TaskKind::regression;
  if (classes && profile.classes.size() == 1)
    diagnostics.report(kinds::one_class, {}, {{"column", name}, {"value", profile.classes.front()}})
        .note(fmt::format("{} development rows", profile.class_rows.front()));
  if (!classes && target->distinct == 1)
    diagnostics.report(kinds::one_class, {}, {{"column", name}, {"value", fmt::format("{:g}", target->minimum)}});
}

}  // namespace

extern const Rule d112_target;
const Rule d112_target = {"D112", Phase::profile, check};

}  // namespace mlw
