#include "compiler/plan/stage_graph.h"

#include <catch2/catch.hpp>
#include <set>

#include "compiler/plan/plan_view.h"

using namespace mlw;

namespace {

Workflow small_workflow() {
  Workflow workflow;
  workflow.name = "wine";
  workflow.task.targets = {"kind"};
  workflow.task.kind = TaskKind::multiclass;
  workflow.data = {Data{.name = "data", .source = {.path = "wine.csv"}}};
  workflow.search.models = {{"line", parse_space("(call :text \"linear\")")}};
  workflow.deploy = {Deployment{.name = "device"}, Deployment{.name = "lib"}};
  return workflow;
}

PlanInputs small_inputs() {
  PlanInputs inputs;
  inputs.files = {{"wine.csv", "abc"}};
  inputs.trials = {{"line", "(call :text \"linear\")", ""}, {"line", "(call :text \"linear2\")", ""}};
  inputs.folds = 3;
  inputs.code = "code1", inputs.report_code = "report1", inputs.llvm = "19.1", inputs.duckdb = "1.4";
  return inputs;
}

std::set<std::string> changed(const Workflow& a, const PlanInputs& ai, const Workflow& b, const PlanInputs& bi) {
  const StageGraph first = plan_stages(a, ai), second = plan_stages(b, bi);
  std::set<std::string> names;
  for (const Stage& stage : second.stages) {
    const int before = first.find(stage.name);
    if (before < 0 || first.stages[before].key.hash() != stage.key.hash()) names.insert(stage.name);
  }
  return names;
}

}  // namespace

TEST_CASE("every stage stands behind its inputs and has a name of its own") {
  const StageGraph graph = plan_stages(small_workflow(), small_inputs());
  std::set<std::string> names;
  for (size_t i = 0; i < graph.stages.size(); ++i) {
    CHECK(names.insert(graph.stages[i].name).second);
    for (const int input : graph.stages[i].inputs) CHECK(input < static_cast<int>(i));
  }
  CHECK(graph.all(StageKind::fit).size() == 6);
  CHECK(graph.all(StageKind::prepare).size() == 3);
  CHECK(graph.all(StageKind::build).size() == 2);
  CHECK(graph.find("search") == graph.find("trial 1, fold 1"));
  CHECK(graph.find("nothing") == -1);
  CHECK(graph.stages.back().kind == StageKind::report);
}

TEST_CASE("what changes in a workflow changes the keys of what depends on it, and no others") {
  const Workflow workflow = small_workflow();
  const PlanInputs inputs = small_inputs();
  CHECK(changed(workflow, inputs, workflow, inputs).empty());

  SECTION("places and prose change nothing but the report") {
    Workflow other = workflow;
    other.deploy[0].range = {0, 5, 9};
    CHECK(changed(workflow, inputs, other, inputs).empty());
    other.title = "Wine";
    CHECK(changed(workflow, inputs, other, inputs) == std::set<std::string>{"report"});
  }
  SECTION("a metric leaves the fits alone") {
    Workflow other = workflow;
    other.metrics.objective.name = "recall";
    CHECK(changed(workflow, inputs, other, inputs) == std::set<std::string>{"choose", "final", "test", "build device",
                                                                            "build lib", "verify device", "verify lib",
                                                                            "report"});
  }
  SECTION("one deployment leaves the other alone") {
    Workflow other = workflow;
    other.deploy[1].fast = true;
    CHECK(changed(workflow, inputs, other, inputs) == std::set<std::string>{"build lib", "verify lib", "report"});
  }
  SECTION("a changed file changes all") {
    PlanInputs other = inputs;
    other.files[0].hash = "def";
    CHECK(changed(workflow, inputs, workflow, other).size() == plan_stages(workflow, inputs).stages.size());
  }
  SECTION("another trial leaves the fits alone") {
    PlanInputs other = inputs;
    other.trials.push_back({"line", "(call :text \"linear3\")", ""});
    const std::set<std::string> names = changed(workflow, inputs, workflow, other);
    CHECK_FALSE(names.contains("trial 1, fold 1"));
    CHECK(names.contains("trial 3, fold 2"));
    CHECK(names.contains("choose"));
  }
  SECTION("a drawn preparation has stages of its own") {
    PlanInputs other = inputs;
    other.trials[1].preparation = "standardize";
    const std::set<std::string> names = changed(workflow, inputs, workflow, other);
    CHECK(names.contains("prepare 2, fold 1"));
    CHECK(names.contains("trial 2, fold 1"));
    CHECK_FALSE(names.contains("trial 1, fold 1"));
  }
  SECTION("the report's own sources change the report alone") {
    PlanInputs other = inputs;
    other.report_code = "report2";
    CHECK(changed(workflow, inputs, workflow, other) == std::set<std::string>{"report"});
  }
}

TEST_CASE("no two stages have one key") {
  const StageGraph graph = plan_stages(small_workflow(), small_inputs());
  std::set<std::string> keys;
  for (const Stage& stage : graph.stages) CHECK(keys.insert(stage.key.hash()).second);
}

TEST_CASE("a trial's key does not depend on its number") {
  PlanInputs inputs = small_inputs();
  inputs.trials[1] = inputs.trials[0];
  const StageGraph graph = plan_stages(small_workflow(), inputs);
  CHECK(graph.stages[graph.find("trial 1, fold 2")].key.hash() ==
        graph.stages[graph.find("trial 2, fold 2")].key.hash());
}

TEST_CASE("only what is asked for and not there is needed") {
  const StageGraph graph = plan_stages(small_workflow(), small_inputs());
  const auto state_of = [&](const std::vector<StageState>& all, std::string_view name) {
    return all[graph.find(name)];
  };
  const std::vector<StageState> nothing = states(graph, {graph.find("report")}, [](const Stage&) { return false; });
  for (const StageState state : nothing) CHECK(state == StageState::needed);

  const std::vector<StageState> split = states(graph, {graph.find("split")}, [](const Stage&) { return false; });
  CHECK(state_of(split, "load") == StageState::needed);
  CHECK(state_of(split, "split") == StageState::needed);
  CHECK(state_of(split, "choose") == StageState::unused);

  const std::vector<StageState> report_there =
      states(graph, {graph.find("report")}, [](const Stage& stage) { return stage.kind == StageKind::report; });
  CHECK(state_of(report_there, "report") == StageState::cached);
  CHECK(state_of(report_there, "load") == StageState::unused);

  const std::vector<StageState> choose_there = states(graph, {graph.find("report")}, [](const Stage& stage) {
    return stage.kind == StageKind::choose || stage.kind == StageKind::load;
  });
  CHECK(state_of(choose_there, "trial 1, fold 1") == StageState::unused);
  CHECK(state_of(choose_there, "final") == StageState::needed);
  CHECK(state_of(choose_there, "split") == StageState::needed);
  CHECK(state_of(choose_there, "load") == StageState::cached);
}

TEST_CASE("depth is the longest way") {
  const StageGraph graph = plan_stages(small_workflow(), small_inputs());
  const std::vector<int> depth = depths(graph);
  CHECK(depth[graph.find("load")] == 0);
  CHECK(depth[graph.find("split")] == 1);
  CHECK(depth[graph.find("choose")] == 4);
  CHECK(depth[graph.find("report")] == 8);
}

TEST_CASE("the plan as text, for Graphviz and as a picture") {
  const StageGraph graph = plan_stages(small_workflow(), small_inputs());
  const std::vector<StageState> all = states(graph, {graph.find("report")}, [](const Stage& stage) {
    return stage.trial == 0 || stage.kind == StageKind::load;
  });
  const std::string text = plan_text("wine", graph, all);
  CHECK(text.find("2 trials × 3 folds") != std::string::npos);
  CHECK(text.find("3 of 6 cached, 3 would run") != std::string::npos);
  const std::string dot = plan_dot("wine", graph, all);
  CHECK(dot.find("digraph \"wine\"") == 0);
  const std::string svg = plan_svg("a<b", graph, all);
  CHECK(svg.find("a&lt;b") != std::string::npos);
  CHECK(svg.find("a<b") == std::string::npos);
  CHECK(svg.find("build device") != std::string::npos);
}

TEST_CASE("comparing keys names the members that differ") {
  const Key before{
      {{"settings: metrics", R"({"objective":{"name":"f1"},"threshold":null})"}, {"input: load", "a"}, {"llvm", "19"}}};
  const Key after{{{"settings: metrics", R"({"objective":{"name":"recall"},"threshold":null})", {0, 3, 8}},
                   {"input: load", "b"},
                   {"duckdb", "1"}}};
  const std::vector<Change> changes = compare_keys(before, after);
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].part == "metrics/objective/name");
  CHECK(changes[0].before == "f1");
  CHECK(changes[0].after == "recall");
  CHECK(changes[0].range == SourceRange{0, 3, 8});
  CHECK(changes[1].part == "input: load");
  CHECK(changes[2].part == "duckdb");
  CHECK(changes[3].part == "llvm");
  CHECK(changes[3].after.empty());
  CHECK(compare_keys(before, before).empty());
}

TEST_CASE("the parts of keys can be read") {
  const Workflow workflow = small_workflow();
  const StageGraph graph = plan_stages(workflow, small_inputs());
  const int split = graph.find("split");
  const std::vector<StageState> now =
      states(graph, {graph.find(StageKind::report)}, [](const Stage& stage) { return stage.name == "split"; });
  const std::string all = plan_keys(graph, now, {}), one = plan_keys(graph, now, {split});
  for (const Stage& stage : graph.stages) CHECK(all.find(" " + stage.key.hash() + "\n") != std::string::npos);
  CHECK(one.starts_with("split (cached) " + graph.stages[split].key.hash() + "\n  stage: split\n"));
  CHECK(one.find("\n  input: load: " + graph.stages[graph.find("load")].key.hash() + "\n") != std::string::npos);
  CHECK(all.find(one) != std::string::npos);
  CHECK(all.find("\nload (would run) ") == std::string::npos);
  CHECK(all.starts_with("load (would run) "));
}
