#include "compiler/plan/workflow.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace mlw;

namespace {
Workflow sample() {
  Workflow workflow;
  workflow.name = "wine";
  workflow.task.targets = {"quality"};
  Data data;
  data.name = "bottles";
  data.source.path = "wine.csv";
  data.source.options["delimiter"] = ";";
  workflow.data.push_back(data);
  workflow.prepare.definitions.push_back({"double", make_column("größe", ValueType::number), "twice"});
  workflow.metrics.objective.name = "accuracy";
  workflow.search.models.push_back({"line", Space{}});
  return workflow;
}
}  // namespace

TEST_CASE("keys leave out places, titles and documentation") {
  Workflow a = sample(), b = sample();
  b.title = "Wines";
  b.documentation = "all about wines";
  b.task.because = "it matters";
  b.data[0].source.range = {0, 3, 9};
  b.prepare.definitions[0].documentation = "other";
  b.metrics.objective.text = "accuracy( )";
  for (const char* part :
       {"name", "task", "data", "prepare", "evaluate", "metrics", "expect", "baseline", "search", "deploy", "waivers"})
    CHECK(key_text(a, part) == key_text(b, part));
  CHECK(key_text(a, "texts") != key_text(b, "texts"));
}

TEST_CASE("every member that changes a result changes its key") {
  const Workflow base = sample();
  auto changed = [&](std::string_view part, auto&& change) {
    Workflow other = sample();
    change(other);
    INFO(part);
    CHECK(key_text(base, part) != key_text(other, part));
  };
  changed("task", [](Workflow& w) { w.task.positive = "yes"; });
  changed("task", [](Workflow& w) { w.task.kind = TaskKind::binary; });
  changed("task", [](Workflow& w) { w.task.require.push_back({"recall", Operation::greater_equal, 0.9, "", {}}); });
  changed("data", [](Workflow& w) { w.data[0].source.options["delimiter"] = ","; });
  changed("data", [](Workflow& w) { w.data[0].where = make_constant(true); });
  changed("data",
          [](Workflow& w) { w.data[0].columns.push_back({"x", ColumnKind::integer, "", {}, {}, {}, false, {}, {}}); });
  changed("prepare", [](Workflow& w) { w.prepare.drop.push_back("x"); });
  changed("prepare", [](Workflow& w) { w.prepare.groups["numbers"] = Space{}; });
  changed("evaluate", [](Workflow& w) { w.evaluate.seed = 8; });
  changed("evaluate", [](Workflow& w) { w.evaluate.test.share = 0.25; });
  changed("metrics", [](Workflow& w) { w.metrics.threshold = 0.5; });
  changed("metrics", [](Workflow& w) { w.metrics.objective.maximize = false; });
  changed("expect", [](Workflow& w) { w.expect = Expectation{}; });
  changed("baseline", [](Workflow& w) { w.baseline.naive = false; });
  changed("search", [](Workflow& w) { w.search.trials = 31; });
  changed("search", [](Workflow& w) { w.search.time = 1; });
  changed("deploy", [](Workflow& w) { w.deploy.push_back({}); });
  changed("waivers", [](Workflow& w) { w.waivers.push_back({"M207", "known", {}}); });
}

TEST_CASE("a way into a part") {
  Workflow workflow = sample();
  CHECK(key_text(workflow, "data/bottles/source/path") == "\"wine.csv\"");
  CHECK(key_text(workflow, "search/models/line/name") == "\"line\"");
  CHECK(key_text(workflow, "evaluate/test") != key_text(workflow, "evaluate/validate").substr(1));
  CHECK_THROWS_AS(key_text(workflow, "colour"), std::invalid_argument);
  CHECK_THROWS_AS(key_text(workflow, "data/nothing"), std::invalid_argument);
}

TEST_CASE("kinds of columns and their types") {
  CHECK(name(ColumnKind::weight) == "weight");
  CHECK(value_type(ColumnKind::ordinal) == ValueType::category);
  CHECK(value_type(ColumnKind::date) == ValueType::date);
  Schema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "größe";
  CHECK(schema.find("größe") == &schema.columns[0]);
  CHECK(schema.find("x") == nullptr);
}
