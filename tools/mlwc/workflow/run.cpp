#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/story.h"

namespace mlw::tool {
namespace {

int show(const Session& session, const OpenedWorkflow& opened, const RunOutcome& outcome) {
  if (session.json) {
    nlohmann::ordered_json json{
        {"event", "end"}, {"stages", outcome.stages}, {"done", outcome.done}, {"complete", outcome.complete}};
    if (outcome.complete) json["written"] = outcome.written, json["unmet"] = outcome.report.unmet;
    session.result(json.dump() + "\n");
  } else {
    if (outcome.done == 0) session.message("nothing has changed: all is there already\n");
    if (outcome.complete) session.result(story(outcome.report, opened.output + "/report.html"));
  }
  return outcome.report.unmet.empty() ? done : requirement_unmet;
}

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<RunArguments>();
  app.add_option("FILE", arguments->path, "a workflow file")->required();
  app.add_option(
         "--until", arguments->options.until,
         "stop behind this stage: load, split, profile, prepare, baseline, search, choose, final, test, build, verify")
      ->type_name("STAGE");
  app.add_option("--more", arguments->options.more, "try so many candidates more than the file and earlier runs say")
      ->check(CLI::Range(1, 1000000))
      ->type_name("N");
  app.add_flag("--open-test", arguments->options.open_test,
               "look at the test part though another version of the workflow has; it is counted");
  app.add_option("--threads", arguments->threads, "how many threads work; the result does not depend on it")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  return [arguments](Session& session) {
    return run_and_show(session, *arguments, [&session](const OpenedWorkflow& opened, const RunOutcome& outcome) {
      return show(session, opened, outcome);
    });
  };
}

}  // namespace

extern const Command run_command{"run", "FILE [--until STAGE] [--more N] [--open-test] [--threads N]",
                                 "mlwc run wine.mlw                 everything, to the report and the artefacts\n"
                                 "mlwc run wine.mlw --until search  up to the fitted candidates\n"
                                 "mlwc run wine.mlw --more 50       fifty candidates more\n"
                                 "mlwc run wine.mlw --open-test     look at the test part again",
                                 "What has not changed is not done again: results are kept in `.mlw/store` beside the "
                                 "file, the report and the artefacts go to `wine.out` beside `wine.mlw`.\n"
                                 "ctrl-C ends a run cleanly; the next one goes on from there. Exit status 3: a "
                                 "requirement of the workflow is not met.",
                                 declare};

}  // namespace mlw::tool
