#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/plan/plan_view.h"
#include "compiler/semantics/semantics.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/running.h"

namespace mlw::tool {
namespace {

struct Arguments {
  std::string path;
  bool full = false, dot = false, svg = false;
};

std::string plan_json(const StageGraph& graph, const std::vector<StageState>& states) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (size_t i = 0; i < graph.stages.size(); ++i) {
    nlohmann::ordered_json inputs = nlohmann::ordered_json::array();
    for (const int input : graph.stages[i].inputs) inputs.push_back(graph.stages[static_cast<size_t>(input)].name);
    list.push_back({{"stage", graph.stages[i].name},
                    {"kind", name(graph.stages[i].kind)},
                    {"state", state_text(states[i])},
                    {"inputs", inputs},
                    {"key", graph.stages[i].key.hash()}});
  }
  return list.dump(2) + "\n";
}

int plan(Session& session, const Arguments& arguments) {
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(arguments.path);
  session.report(opened->diagnostics, opened->sources);
  if (!opened->sound()) return failed;
  if (arguments.full) {
    session.result(print_full(opened->workflow));
    return done;
  }
  try {
    mlw::Session work(opened->workflow, *opened->store, session_options(*opened, 0));
    plan_run(work, plan_inputs(opened->workflow, opened->files), profile_rules(*opened, nullptr));
    const StageGraph& graph = work.graph();
    const std::vector<StageState> now =
        states(graph, {graph.find(StageKind::report)}, [&](const Stage& stage) { return work.exists(stage); });
    const std::string& title = opened->workflow.name;
    session.result(session.json    ? plan_json(graph, now)
                   : arguments.dot ? plan_dot(title, graph, now)
                   : arguments.svg ? plan_svg(title, graph, now)
                                   : plan_text(title, graph, now));
  } catch (const Failure& failure) {
    return show_failure(session, failure, opened->sources);
  }
  return done;
}

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("FILE", arguments->path, "a workflow file")->required();
  CLI::Option* full =
      app.add_flag("--full", arguments->full, "the workflow with every default written out, as a valid file");
  CLI::Option* dot = app.add_flag("--dot", arguments->dot, "the stage graph for Graphviz");
  CLI::Option* svg = app.add_flag("--svg", arguments->svg, "the stage graph as a picture");
  full->excludes(dot)->excludes(svg);
  dot->excludes(svg);
  return [arguments](Session& session) { return plan(session, *arguments); };
}

}  // namespace

extern const Command plan_command{"plan", "FILE [--full | --dot | --svg]",
                                  "mlwc plan wine.mlw                  what is there, what would run\n"
                                  "mlwc plan wine.mlw --full           the workflow with every default\n"
                                  "mlwc plan wine.mlw --svg > plan.svg  a picture of the stages",
                                  "Nothing is trained. The data are read once to see what their columns are.", declare};

}  // namespace mlw::tool
