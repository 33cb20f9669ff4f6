#include "compiler/semantics/vocabulary.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "compiler/kernel/formula.h"
#include "compiler/semantics/explain.h"
#include "compiler/semantics/modules.h"
#include "compiler/semantics/spaces.h"
#include "tests/unit/semantics/analysed.h"

using namespace mlw;
using vocabulary::words;

namespace {

/// A setting or parameter says what it takes, what it is without a value, and what it means.
void check_slot(const vocabulary::Slot& slot) {
  INFO(slot.name);
  CHECK_FALSE(slot.types.empty());
  CHECK_FALSE(slot.help.empty());
  CHECK((slot.required || !slot.default_text.empty() || !slot.computed.empty()));
  CHECK((slot.built && slot.unbuilt_words.empty()) == slot.stage.empty());
  CHECK_NOTHROW(semantics::SpaceReader::default_of(slot));
}

}  // namespace

TEST_CASE("the vocabulary is whole") {
  for (const vocabulary::Block& block : words().blocks) {
    INFO(block.name);
    CHECK_FALSE(block.step.empty());
    CHECK_FALSE(block.help.empty());
    CHECK_FALSE(block.whole.empty());
    CHECK(block.built == block.stage.empty());
    for (const vocabulary::Slot& slot : block.settings) {
      check_slot(slot);
      CHECK(slot.whole.find(slot.example) != std::string::npos);
      CHECK_FALSE(slot.example.empty());
    }
  }
  for (const auto& [family, members] : words().families)
    for (const auto& [name, word] : members) {
      INFO(family << " " << name);
      CHECK_FALSE(word.help.empty());
      CHECK_FALSE(word.example.empty());
      CHECK(word.whole.find(word.example) != std::string::npos);
      CHECK(word.built == word.stage.empty());
      for (const vocabulary::Slot& slot : word.parameters) check_slot(slot);
    }
  for (const auto& [name, function] : words().functions) {
    INFO(name);
    CHECK_FALSE(function.help.empty());
    CHECK(function.whole.find(function.example) != std::string::npos);
    CHECK(function.built == function.stage.empty());
  }
  for (const auto& [name, unit] : words().units) {
    INFO(name);
    CHECK_FALSE(unit.help.empty());
    CHECK(unit.whole.find(unit.example) != std::string::npos);
  }
}

TEST_CASE("what is not built names its stage, and examples stand where their family stands") {
  const vocabulary::Vocabulary read = vocabulary::read(R"toml(
[context]
model = 'search { m = … }'
[model.near]
help = "h"
example = "near()"
[model.far]
built = false
stage = "search"
help = "h"
example = "far()"
context = 'task { predict: x }  search { m = … }'
[block.task]
step = "s"
help = "h"
example = "task { }"
[setting.task.x]
type = "number"
computed = "none"
help = "h"
example = "x: 1"
)toml");
  CHECK(read.word("model", "near")->whole == "search { m = near() }");
  CHECK(read.word("model", "far")->whole == "task { predict: x }  search { m = far() }");
  CHECK(read.word("model", "far")->stage == "search");
  CHECK(read.block("task")->setting("x")->whole == "task { x: 1 }");
  CHECK_THROWS_AS(vocabulary::read("[model.x]\nhelp = \"h\"\nbuilt = false"), std::logic_error);
  CHECK_THROWS_AS(vocabulary::read("[model.x]\nhelp = \"h\"\nstage = \"search\""), std::logic_error);
}

TEST_CASE("every function of the vocabulary makes an operation of formulas") {
  for (const auto& [name, function] : words().functions) {
    if (!function.built) continue;
    INFO(name);
    bool found = false, statistic = function.statistic.empty();
    for (int i = 0; i <= static_cast<int>(Operation::last_of_run); ++i) {
      const auto operation = static_cast<Operation>(i);
      if (mlw::name(operation) == function.operation) {
        found = true;
        CHECK(arity(operation) == static_cast<int>(function.parameters.size()));
      }
      statistic = statistic || mlw::name(operation) == function.statistic;
    }
    CHECK(found);
    CHECK(statistic);
  }
}

TEST_CASE("every operation that users may write has a function or a sign") {
  const std::set<std::string_view> signs = {
      "constant",      "missing", "column",      "add",        "subtract",    "multiply",   "divide",
      "power",         "negate",  "equal",       "not_equal",  "less",        "less_equal", "greater",
      "greater_equal", "in",      "logical_and", "logical_or", "logical_not", "select",     "position"};
  for (int i = 0; i <= static_cast<int>(Operation::last_of_run); ++i) {
    const std::string_view operation = mlw::name(static_cast<Operation>(i));
    bool found = signs.contains(operation);
    for (const auto& [name, function] : words().functions)
      found = found || function.operation == operation || function.statistic == operation;
    INFO(operation);
    CHECK(found);
  }
}

TEST_CASE("every metric of the vocabulary has its function, compiles for each of its tasks and fits no other") {
  Diagnostics diagnostics;
  semantics::Context context(diagnostics);
  semantics::Modules modules(context, nullptr, nullptr);
  const semantics::Module& module = modules.standard("stdlib/metrics.mlw");
  for (const auto& [name, metric] : words().families.at("metric")) {
    INFO(name);
    REQUIRE(module.functions.contains(name));
    std::string arguments;
    for (const syntax::Parameter& parameter : module.functions.at(name)->parameters)
      if (!words().word("quantity", parameter.name.text))
        arguments += (arguments.empty() ? "" : ", ") + parameter.name.text + ": 0.5";
    const std::string text = arguments.empty() ? name : name + "(" + arguments + ")";
    for (const auto& [task, target] :
         {std::pair("binary", "is_fraud"), std::pair("multiclass", "country"), std::pair("regression", "amount")}) {
      const Analysed analysed = analyse_with("workflow a\ntask { predict: " + std::string(target) + " kind: " + task +
                                                 " }\ndata { source: csv(\"a\") }\nmetrics { objective: " + text + " }",
                                             {payments_schema()});
      INFO(task << "\n" << analysed.text());
      if (!metric.fits(task)) {
        CHECK(analysed.codes() == std::vector<std::string>{"M222"});
        continue;
      }
      CHECK(analysed.codes().empty());
      const Metric& objective = analysed.workflow.metrics.objective;
      REQUIRE(objective.formula);
      CHECK(objective.formula->type == ValueType::number);
      for (const std::string& column : columns_of(*objective.formula)) CHECK(words().word("quantity", column));
      CHECK(to_text(*parse_formula(to_text(*objective.formula))) == to_text(*objective.formula));
    }
  }
}

TEST_CASE("a vocabulary with a mistake is refused with its line") {
  for (const char* text :
       {"[block.task]\nstep = 3", "[block.task]\ncolour = \"red\"", "[setting.task.x]\ntype = \"number\"",
        "[model.x]\nhelp = \"h\"\nparameters = [{ name = \"a\", type = \"number\", help = \"h\", range = \"wide\" }]",
        "[function.f]\nsignature = \"x\"\nhelp = \"h\"", "[model.x]\nbuilt = \"no\"", "= 3", "[model]\nx = 3"}) {
    INFO(text);
    CHECK_THROWS_AS(vocabulary::read(text), std::logic_error);
  }
  CHECK_NOTHROW(vocabulary::read("[model.x]\nhelp = \"h\"\n"));
}

TEST_CASE("ranges include their ends unless they say otherwise") {
  const vocabulary::Slot& rate = *words().word("layer", "dropout")->parameter("rate");
  CHECK(rate.range.contains(0));
  CHECK_FALSE(rate.range.contains(1));
  CHECK(rate.range.text() == "from 0 and below 1");
  CHECK(words().word("optimizer", "adam")->parameter("learning_rate")->range.text() == "above 0 to 10");
  CHECK(words().block("search")->setting("trials")->range.text() == "from 1 to 100000");
  CHECK(words().word("metric", "r2")->range.text() == "up to 1");
}

TEST_CASE("every name is explained") {
  for (const std::string& name : explained_names()) {
    INFO(name);
    CHECK(explain_name(name).size() > 20);
  }
  CHECK(explain_name("nothing").empty());
  const std::string log = explain_name("log");
  CHECK(log.find("function log") != std::string::npos);
  CHECK(log.find("step of preparation log") != std::string::npos);
  CHECK(explain_name("dropout").find("from 0 and below 1") != std::string::npos);
  CHECK(explain_name("search.time").find("`min`") != std::string::npos);
  CHECK(explain_name("metrics").find("roc_auc") != std::string::npos);
  CHECK(explain_name("bayesian").empty());
  CHECK(explain_name("boosted_trees").find("Not built yet") != std::string::npos);
}
