#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "compiler/syntax/syntax.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/common/workflow_file.h"

namespace mlw::tool {
namespace {

Action declare(CLI::App& app) {
  struct Options {
    std::string path;
    bool tree = false;
  };
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->path, "a workflow file, `-` for the standard input")->required();
  app.add_flag("--ast", options->tree, "the tree of the text, as it was written")->required();
  return [options](Session& session) {
    Sources sources;
    Diagnostics diagnostics;
    const syntax::File file = parse_file(options->path, sources, diagnostics);
    if (session.report(diagnostics, sources) != done) return failed;
    session.result(syntax::dump(file));
    return done;
  };
}

}  // namespace

extern const Command emit_command{"emit", "FILE --ast", "mlwc emit wine.mlw --ast   the tree of the text", "", declare};

}  // namespace mlw::tool
