#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/kinds/search.h"
#include "compiler/plan/plan_view.h"
#include "runtime/stages/targets.h"
#include "tools/mlwc/workflow/module.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/winner.h"

namespace mlw::tool {
namespace {

using Form = EmitRequest::Form;

std::string keys_json(const StageGraph& graph, const std::vector<StageState>& states, const std::vector<int>& wanted) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (size_t index = 0; index < graph.stages.size(); ++index) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), static_cast<int>(index)) == wanted.end()) continue;
    nlohmann::ordered_json parts = nlohmann::ordered_json::array();
    for (const KeyPart& part : graph.stages[index].key.parts)
      parts.push_back({{"name", part.name}, {"value", part.value}});
    list.push_back({{"stage", graph.stages[index].name},
                    {"state", state_text(states[index])},
                    {"key", graph.stages[index].key.hash()},
                    {"parts", parts}});
  }
  return list.dump(2) + "\n";
}

void emit_plan(const Session& session, mlw::Session& work, const std::string& stage) {
  const StageGraph& graph = work.graph();
  const std::vector<int> wanted = stage.empty() ? std::vector<int>() : stages_named(graph, stage);
  const std::vector<StageState> now =
      states(graph, {graph.find(StageKind::report)}, [&](const Stage& one) { return work.exists(one); });
  session.result(session.json ? keys_json(graph, now, wanted) : plan_keys(graph, now, wanted));
}

Target target_of(mlw::Session& work, const Deployment& deployment) {
  const std::optional<DeviceProfile> device = device_of(deployment);
  return device ? device->target : work.generator().host();
}

/// What code is asked for: the target of a stage, of a deploy block, or of a device.
std::vector<Target> wanted_targets(mlw::Session& work, const EmitRequest& request) {
  const std::vector<Deployment>& deployments = work.workflow().deploy;
  if (!request.target.empty()) {
    for (const Deployment& deployment : deployments)
      if (deployment.name == request.target) return {target_of(work, deployment)};
    return {find_device(request.target).target};
  }
  if (request.stage.empty()) return {work.generator().host()};
  std::vector<Target> targets;
  for (const int index : stages_named(work.graph(), request.stage)) {
    const Stage& stage = work.graph().stages[static_cast<size_t>(index)];
    if (stage.kind != StageKind::final_fit && stage.kind != StageKind::build)
      fail(kinds::no_program_of_stage, {{"stage", stage.name}});
    targets.push_back(stage.kind == StageKind::build
                          ? target_of(work, deployments.at(static_cast<size_t>(stage.deployment)))
                          : work.generator().host());
  }
  return targets;
}

void emit_code(const Session& session, mlw::Session& work, const EmitRequest& request) {
  const std::vector<Target> targets = wanted_targets(work, request);
  const PredictorProgram program = winner(work, request.path);
  for (const Target& target : targets) {
    const std::string text = request.form == Form::llvm ? work.generator().llvm_text(program, target)
                                                        : work.generator().assembly_text(program, target);
    const char* const word = request.form == Form::llvm ? "llvm" : "assembly";
    session.result(session.json ? nlohmann::ordered_json{{"target", target.name}, {word, text}}.dump() + "\n" : text);
  }
}

}  // namespace
}  // namespace mlw::tool

extern "C" __attribute__((visibility("default"))) int mlw_workflow_emit(mlw::tool::Session& session,
                                                                        const mlw::tool::EmitRequest& request) {
  using namespace mlw::tool;
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(request.path);
  session.report(opened->diagnostics, opened->sources);
  if (!opened->sound()) return failed;
  try {
    mlw::Session work(opened->workflow, *opened->store, session_options(*opened, 0));
    plan_run(work, plan_inputs(opened->workflow, opened->files), profile_rules(*opened, nullptr));
    if (request.form == EmitRequest::Form::plan)
      emit_plan(session, work, request.stage);
    else
      emit_code(session, work, request);
  } catch (const mlw::Failure& failure) {
    return show_failure(session, failure, opened->sources);
  }
  return done;
}
