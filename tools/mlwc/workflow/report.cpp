#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/report/report_data.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/running.h"

namespace mlw::tool {
namespace {

/// Hands the page to the desktop. False when nothing here can show it.
bool open_page(const std::string& path) {
  const char* arguments[] = {"xdg-open", path.c_str(), nullptr};
  pid_t child = 0;
  if (posix_spawnp(&child, arguments[0], nullptr, nullptr, const_cast<char* const*>(arguments), environ) != 0)
    return false;
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

struct Arguments {
  RunArguments run;
  bool open = false;
};

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("FILE", arguments->run.path, "a workflow file")->required();
  app.add_flag("--open", arguments->open, "show it in the browser");
  return [arguments](Session& session) {
    return run_and_show(session, arguments->run, [&](const OpenedWorkflow&, const RunOutcome& outcome) {
      session.result(session.json ? report::to_json(outcome.report) + "\n" : outcome.written.at(0) + "\n");
      if (!arguments->open || open_page(outcome.written.at(0))) return done;
      session.message("nothing on this machine can show it; open the file in a browser\n");
      return failed;
    });
  };
}

}  // namespace

extern const Command report_command{"report", "FILE [--open]",
                                    "mlwc report wine.mlw         where the report is\n"
                                    "mlwc report wine.mlw --open  shows it in the browser\n"
                                    "mlwc report wine.mlw --json  what it shows, as JSON",
                                    "What the report needs is done first, as by `mlwc run`.", declare};

}  // namespace mlw::tool
