#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "runtime/stages/chosen.h"
#include "runtime/stages/outputs.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/running.h"

namespace mlw::tool {
namespace {

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<RunArguments>();
  auto targets = std::make_shared<std::vector<std::string>>();
  app.add_option("FILE", arguments->path, "a workflow file")->required();
  app.add_option("TARGET", *targets, "names of `deploy` blocks; all of them when none is named");
  app.add_option("--threads", arguments->threads, "how many threads work; the result does not depend on it")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  return [arguments, targets](Session& session) {
    arguments->options.artefacts = true;
    arguments->options.deployments = *targets;
    return run_and_show(session, *arguments, [&session](const OpenedWorkflow&, const RunOutcome& outcome) {
      std::string text;
      for (const std::string& path : outcome.written) text += path + "\n";
      session.result(text);
      for (const std::string& unmet : outcome.report.unmet) session.message("not met: " + unmet + "\n");
      return outcome.report.unmet.empty() ? done : requirement_unmet;
    });
  };
}

}  // namespace

extern const Command build_command{"build", "FILE [TARGET…]",
                                   "mlwc build wine.mlw           every artefact of the workflow\n"
                                   "mlwc build wine.mlw analyser  one of them",
                                   "What the artefacts need is done first, as by `mlwc run`; the test part is not "
                                   "looked at. Each artefact is run on the test rows' "
                                   "inputs, and\nevery answer must equal mlwc's own bit for bit.",
                                   declare};

}  // namespace mlw::tool
