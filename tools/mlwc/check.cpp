#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "tools/mlwc/command.h"
#include "tools/mlwc/workflow_file.h"

namespace mlw::tool {
namespace {

Action declare(CLI::App& app) {
  auto path = std::make_shared<std::string>();
  app.add_option("FILE", *path, "a workflow file, `-` for the standard input")->required();
  return [path](Session& session) {
    Sources sources;
    Diagnostics diagnostics;
    parse_file(*path, sources, diagnostics);
    const int status = session.report(diagnostics, sources);
    if (status == done && !session.json)
      session.message(sources[0].path + ": the grammar holds; nothing else was looked at\n");
    return status;
  };
}

}  // namespace

extern const Command check_command{"check", "FILE",
                                   "mlwc check wine.mlw          what is wrong with a workflow\n"
                                   "mlwc check wine.mlw --json   the same, one JSON object a line",
                                   "", declare};

}  // namespace mlw::tool
