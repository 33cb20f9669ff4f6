#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/known_devices.h"
#include "compiler/semantics/metrics.h"
#include "compiler/semantics/outcomes.h"
#include "compiler/syntax/syntax.h"

namespace mlw::semantics {
namespace {

void check_device(const Space& target, Context& context) {
  const Space* name = target.argument("name");
  if (target.text != "device" || !name) return;
  const std::vector<std::string> known = known_devices();
  if (std::find(known.begin(), known.end(), name->text) != known.end()) return;
  if (const vocabulary::Word* planned = context.words.word("planned_device", name->text)) {
    context.not_built(name->range, name->text, planned->stage, known);
    return;
  }
  Diagnostic& diagnostic = context.report(kinds::unknown_word, name->range,
                                          {{"place", "`device`"}, {"name", name->text}, {"known", listed(known)}});
  const std::string_view nearest = nearest_name(name->text, known);
  if (!nearest.empty()) diagnostic.suggest(name->range, '"' + std::string(nearest) + '"');
}

/// The task's requirements hold for every target unless its block overrides them.
std::vector<Requirement> with_inherited(std::vector<Requirement> own, const std::vector<Requirement>& inherited) {
  std::vector<Requirement> all;
  for (const Requirement& one : inherited)
    if (std::none_of(own.begin(), own.end(), [&](const Requirement& other) { return other.name == one.name; }))
      all.push_back(one);
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

}  // namespace

void analyse_deploy(Analysis& analysis, MetricBuilder& metrics) {
  std::vector<Deployment>& deployments = analysis.workflow.deploy;
  for (const BlockContents& block : analysis.file.blocks) {
    if (block.kind->name != "deploy") continue;
    Deployment deployment;
    deployment.range = block.range();
    if (const GivenSetting* target = block.setting("target")) {
      deployment.target = SpaceReader(analysis.context).read(*target->value, *target->slot, "`target`");
      check_device(deployment.target, analysis.context);
    }
    if (const GivenSetting* require = block.setting("require"))
      deployment.require = read_requirements(analysis, metrics, *require);
    deployment.require = with_inherited(std::move(deployment.require), analysis.workflow.task.require);
    std::vector<syntax::Name> names = block.node->names;
    if (names.empty()) names.push_back({block.name, block.range(), false});
    for (const syntax::Name& name : names) {
      const bool taken = std::any_of(deployments.begin(), deployments.end(),
                                     [&](const Deployment& other) { return other.name == name.text; });
      if (taken) {
        analysis.context.report(kinds::given_twice, name.range, {{"what", "the target"}, {"name", name.text}});
        continue;
      }
      deployment.name = name.text;
      deployments.push_back(deployment);
    }
  }
}

}  // namespace mlw::semantics
