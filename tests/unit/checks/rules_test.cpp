#include <catch2/catch.hpp>
#include <set>

#include "compiler/checks/checks.h"

using namespace mlw;

namespace {

/// A sound workflow and profile: 100 rows, two inputs, two classes.
struct Sound {
  Workflow workflow;
  Profile profile;
  Results results;

  Sound() {
    workflow.task.targets = {"y"};
    workflow.task.kind = TaskKind::binary;
    workflow.metrics.objective.name = "roc_auc";
    workflow.evaluate.validate.form = Split::Form::kfold;
    workflow.prepare.groups["numbers"] = parse_space(to_text(pipeline("median")));
    ModelSpace line{"line", {}};
    line.space.form = Space::Form::call;
    line.space.text = "linear";
    workflow.search.models = {line};
    profile.rows = 100;
    profile.columns = {number("a", 1), number("b", 2), number("y", 3)};
    profile.columns[2].role = "target";
    profile.classes = {"no", "yes"};
    profile.class_rows = {60, 40};
    results.compared = results.beats = true;
  }

  static ColumnProfile number(std::string name, uint64_t content) {
    ColumnProfile column;
    column.name = std::move(name);
    column.role = "input";
    column.distinct = 50;
    column.deviation = 1;
    column.content = content;
    return column;
  }

  static Space pipeline(const std::string& impute_by, double constant = 0) {
    Space value, impute, standardize, all;
    value.form = impute_by.empty() ? Space::Form::number : Space::Form::word;
    value.text = impute_by;
    value.value = constant;
    impute.form = standardize.form = Space::Form::call;
    impute.text = "impute";
    impute.arguments = {{"value", value}};
    standardize.text = "standardize";
    all.form = Space::Form::pipeline;
    all.items = {impute, standardize};
    return all;
  }

  std::multiset<std::string> codes() const {
    std::multiset<std::string> found;
    for (const Phase phase : {Phase::text, Phase::profile, Phase::results}) {
      const Findings findings = check(phase, {workflow, &profile, &results});
      for (const Diagnostic& diagnostic : findings.open.all()) found.emplace(diagnostic.kind->code);
    }
    return found;
  }
};

using Codes = std::multiset<std::string>;

}  // namespace

TEST_CASE("a sound workflow has no findings") { CHECK(Sound().codes().empty()); }

TEST_CASE("D102: an arbitrary constant for missing numbers") {
  Sound flawed;
  flawed.workflow.prepare.groups["numbers"] = Sound::pipeline("", 0);
  CHECK(flawed.codes() == Codes{"D102"});
}

TEST_CASE("D106: constant, memorised and copied columns") {
  Sound constant;
  constant.profile.columns[0].distinct = 1;
  CHECK(constant.codes() == Codes{"D106"});
  constant.profile.columns[0].role = "id";
  CHECK(constant.codes().empty());

  Sound memorised;
  memorised.profile.columns[0].kind = ColumnKind::category;
  memorised.profile.columns[0].distinct = 95;
  CHECK(memorised.codes() == Codes{"D106"});
  memorised.profile.columns[0].distinct = 80;
  CHECK(memorised.codes().empty());

  Sound copied;
  copied.profile.columns[1].content = copied.profile.columns[0].content;
  CHECK(copied.codes() == Codes{"D106"});
}

TEST_CASE("D108: inputs of very different scale that nothing scales") {
  Sound flawed;
  flawed.profile.columns[0].deviation = 5000;
  CHECK(flawed.codes().empty());
  flawed.workflow.prepare.groups.clear();
  CHECK(flawed.codes() == Codes{"D108"});
  flawed.profile.columns[0].deviation = 50;
  CHECK(flawed.codes().empty());
}

TEST_CASE("D109: fewer rows than the protocol needs") {
  Sound rare;
  rare.profile.class_rows = {96, 4};
  CHECK(rare.codes() == Codes{"D109"});
  rare.profile.class_rows = {95, 5};
  CHECK(rare.codes().empty());
}

TEST_CASE("D111: values that look missing") {
  Sound flawed;
  flawed.profile.columns[0].sentinels = {{"-999", 7}};
  CHECK(flawed.codes() == Codes{"D111"});
}

TEST_CASE("D112 to D114: the target and empty columns") {
  Sound one;
  one.profile.classes = {"no"};
  one.profile.class_rows = {100};
  CHECK(one.codes() == Codes{"D112"});

  Sound gaps;
  gaps.profile.target_missing = 3;
  CHECK(gaps.codes() == Codes{"D114"});

  Sound nothing;
  nothing.profile.columns[0].missing = 100;
  CHECK(nothing.codes() == Codes{"D113"});
}

TEST_CASE("M221: accuracy of unbalanced classes, and its waiver") {
  Sound flawed;
  flawed.workflow.metrics.objective.name = "accuracy";
  CHECK(flawed.codes().empty());
  flawed.profile.class_rows = {90, 10};
  CHECK(flawed.codes() == Codes{"M221"});
  flawed.workflow.waivers = {{"M221", "the regulator asks for it", {}}};
  CHECK(flawed.codes().empty());
  const Findings findings = check(Phase::profile, {flawed.workflow, &flawed.profile, nullptr});
  REQUIRE(findings.waived.size() == 1);
  CHECK(findings.waived[0].because == "the regulator asks for it");
}

TEST_CASE("errors cannot be waived") {
  Sound flawed;
  flawed.profile.class_rows = {96, 4};
  flawed.workflow.waivers = {{"D109", "we want to", {}}};
  CHECK(flawed.codes() == Codes{"D109"});
}

TEST_CASE("M208 and M224: what the results say") {
  Sound flawed;
  flawed.results.beats = false;
  flawed.results.other_looks = 2;
  CHECK(flawed.codes() == Codes{"M208", "M224"});
}

TEST_CASE("every rule has a kind of its code with a long text, and each code is declared once") {
  std::set<std::string_view> codes;
  for (const Rule* rule : all_rules()) {
    CHECK(find_kind(rule->code) != nullptr);
    CHECK(codes.insert(rule->code).second);
  }
  CHECK(codes.size() >= 10);
}
