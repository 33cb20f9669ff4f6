#include "compiler/artefact/devices.h"
#include "compiler/diagnostics/kinds/search.h"
#include "runtime/report/text.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/session.h"
#include "runtime/stages/targets.h"

namespace mlw {

std::optional<DeviceProfile> device_of(const Deployment& deployment) {
  if (deployment.target.text == "library") return std::nullopt;
  const Space* name = deployment.target.argument("name");
  if (deployment.target.text != "device" || name == nullptr)
    fail(kinds::no_such_target, {{"target", deployment.target.text}}, deployment.range);
  return find_device(name->text, deployment.range);
}

Entry do_build(Session& session, const Stage& stage, std::string& text) {
  const Deployment& deployment = session.workflow().deploy.at(static_cast<size_t>(stage.deployment));
  const PredictorProgram program = final_result(session.result(session.graph().find(StageKind::final_fit))).program;
  const std::optional<DeviceProfile> device = device_of(deployment);
  BuildResult result;
  int64_t bytes = 0;
  for (ArtefactFile& file : device ? session.generator().build_device(program, device->target)
                                   : session.generator().build_library(program)) {
    bytes += static_cast<int64_t>(file.bytes.size());
    result.files.push_back({file.name, std::move(file.bytes), file.executable});
  }
  text =
      std::to_string(result.files.size()) + (result.files.size() == 1 ? " file, " : " files, ") + report::bytes(bytes);
  return to_entry(result);
}

}  // namespace mlw
