#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "compiler/syntax/syntax.h"
#include "tools/mlwc/commands.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/workflow/module.h"

namespace mlw::tool {
namespace {

struct Options {
  EmitRequest request;
  bool tree = false, plan = false, llvm = false, assembly = false;
};

int emit_tree(Session& session, const std::string& path) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::File file = parse_file(path, sources, diagnostics);
  if (session.report(diagnostics, sources) != done) return failed;
  session.result(syntax::dump(file));
  return done;
}

/// What options cannot say by themselves of each other.
void check(const Options& options) {
  if (options.tree + options.plan + options.llvm + options.assembly == 0)
    throw CLI::ValidationError("say what is to be shown: --ast, --plan, --llvm or --asm");
  if (options.tree && !options.request.stage.empty()) throw CLI::ValidationError("--ast shows the file, not a stage");
  if (!options.request.target.empty() && !options.llvm && !options.assembly)
    throw CLI::ValidationError("--target goes with --llvm and --asm");
  if (!options.request.target.empty() && !options.request.stage.empty())
    throw CLI::ValidationError("give a STAGE or a --target, not both");
}

Action declare(CLI::App& app) {
  auto options = std::make_shared<Options>();
  EmitRequest& request = options->request;
  app.add_option("FILE", request.path, "a workflow file, `-` for the standard input")->required();
  app.add_option("STAGE", request.stage, "a stage as `mlwc plan FILE` names it, such as split or \"build gateway\"");
  CLI::Option* tree = app.add_flag("--ast", options->tree, "the tree of the text, as it was written");
  CLI::Option* plan = app.add_flag("--plan", options->plan, "every stage, and what its key is made of");
  CLI::Option* llvm = app.add_flag("--llvm", options->llvm, "the winner's predictor as optimized LLVM code");
  CLI::Option* assembly = app.add_flag("--asm", options->assembly, "the winner's predictor as assembly");
  tree->excludes(plan)->excludes(llvm)->excludes(assembly);
  plan->excludes(llvm)->excludes(assembly);
  llvm->excludes(assembly);
  app.add_option("--target", request.target, "for a `deploy` block of the file, or a device; else for this machine")
      ->type_name("NAME");
  app.final_callback([options] { check(*options); });
  return [options](Session& session) {
    EmitRequest& request = options->request;
    if (options->tree) return emit_tree(session, request.path);
    using Form = EmitRequest::Form;
    request.form = options->plan ? Form::plan : options->llvm ? Form::llvm : Form::assembly;
    return reinterpret_cast<Emit*>(find_in_module(workflow_emit_entry))(session, request);
  };
}

}  // namespace

extern const Command emit_command{
    "emit", "FILE --ast | --plan | --llvm | --asm [STAGE]",
    "mlwc emit wine.mlw --ast                       the tree of the text\n"
    "mlwc emit wine.mlw --plan split                a stage's key, part by part\n"
    "mlwc emit wine.mlw --llvm                      the winner as LLVM code for this machine\n"
    "mlwc emit wine.mlw --asm \"build analyser\"      what is built for a `deploy` block\n"
    "mlwc emit wine.mlw --asm --target raspberry-pi-4  the winner for any known device",
    "Machine code is shown of the winner that `mlwc run` has left in the store: from the fields of a raw record to "
    "scores and decision.\nIts weights are data, and stand in no text.",
    declare};

}  // namespace mlw::tool
