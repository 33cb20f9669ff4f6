#include <catch2/catch.hpp>

#include "tests/unit/semantics/analysed.h"

using namespace mlw;

namespace {
Schema wine_schema(int64_t classes = 3) {
  Schema schema;
  schema.data = "data";
  schema.rows = 178;
  schema.columns = {column("alcohol", ColumnKind::number, 126), column("hue", ColumnKind::number, 78),
                    column("quality", ColumnKind::integer, classes)};
  return schema;
}
const std::string shortest = "workflow wine\ntask { predict: quality }\ndata { source: csv(\"winequality.csv\") }\n";
}  // namespace

TEST_CASE("the shortest program is a whole workflow") {
  Analysed wine = analyse_with(shortest, {wine_schema()});
  INFO(wine.text());
  REQUIRE(wine.diagnostics.empty());
  const Workflow& w = wine.workflow;
  CHECK(w.name == "wine");
  CHECK(w.task.targets == std::vector<std::string>{"quality"});
  CHECK(w.task.kind == TaskKind::multiclass);
  REQUIRE(w.data.size() == 1);
  CHECK(w.data[0].source.path == "winequality.csv");
  CHECK(to_text(w.prepare.groups.at("numbers")) ==
        R"((pipeline (call :text "impute" "value" (word :text "median")) (call :text "standardize")))");
  CHECK(w.prepare.groups.size() == 4);
  CHECK(w.evaluate.test.form == Split::Form::holdout);
  CHECK(w.evaluate.test.share == 0.2);
  CHECK(w.evaluate.validate.form == Split::Form::kfold);
  CHECK(w.evaluate.validate.folds == 5);
  CHECK(w.evaluate.validate.repeats == 2);
  CHECK(w.evaluate.stratify);
  CHECK(w.metrics.objective.name == "log_loss");
  CHECK_FALSE(w.metrics.objective.maximize);
  REQUIRE(w.metrics.objective.formula);
  CHECK(columns_of(*w.metrics.objective.formula) == std::vector<std::string>{"probability_of_truth", "weight"});
  CHECK_FALSE(w.metrics.watch.empty());
  CHECK(w.baseline.naive);
  REQUIRE(w.search.models.size() == 2);
  CHECK(w.search.models[0].space.text == "linear");
  CHECK(w.search.models[1].space.word("loss", "") == "cross_entropy");
  CHECK(w.search.trials == 30);
}

namespace {
void check_places(const Formula& formula, SourceRange range) {
  CHECK(formula.range == range);
  for (const FormulaPointer& argument : formula.arguments) check_places(*argument, range);
}
}  // namespace

TEST_CASE("what the standard library states stands where the file names it, and defaults stand nowhere") {
  const std::string text = shortest + "metrics { watch: [accuracy] }\n";
  const Analysed wine = analyse_with(text, {wine_schema()});
  check_places(*wine.workflow.metrics.objective.formula, {});
  const auto at = static_cast<uint32_t>(text.find("accuracy"));
  check_places(*wine.workflow.metrics.watch.at(0).formula, {0, at, at + 8});
}

TEST_CASE("the kind of task follows from the target") {
  auto kind = [](ColumnKind target, int64_t distinct) {
    Schema schema = wine_schema();
    schema.columns[2] = column("quality", target, distinct);
    Analysed wine = analyse_with(shortest, {schema});
    return wine.diagnostics.has_errors() ? TaskKind::unknown : wine.workflow.task.kind;
  };
  CHECK(kind(ColumnKind::integer, 2) == TaskKind::binary);
  CHECK(kind(ColumnKind::integer, 11) == TaskKind::regression);
  CHECK(kind(ColumnKind::number, 300) == TaskKind::regression);
  CHECK(kind(ColumnKind::flag, 2) == TaskKind::binary);
  CHECK(kind(ColumnKind::category, 2) == TaskKind::binary);
  CHECK(kind(ColumnKind::category, 5) == TaskKind::multiclass);
  CHECK(kind(ColumnKind::date, 100) == TaskKind::unknown);
  CHECK(kind(ColumnKind::integer, 1) == TaskKind::unknown);
}

TEST_CASE("without a schema nothing is said of columns") {
  Analysed wine = analyse_with(shortest + "prepare { twice = alcohol * 2  night = hour(paid_at) < 6 }\n", {});
  INFO(wine.text());
  CHECK(wine.diagnostics.empty());
  CHECK(wine.workflow.task.kind == TaskKind::unknown);
}

TEST_CASE("data blocks can be read before anything else is known") {
  Sources sources;
  Diagnostics diagnostics;
  const uint32_t file = sources.add(
      {"a.mlw",
       "workflow a\ndata p { source: csv(\"p-*.csv\", delimiter: \";\", header: false, skip: 2, missing_values: "
       "[\"?\", "
       "\"NA\"]) "
       "columns { a, b: number(unit: \"EUR\", min: 0, known_after: 30days)  size: ordinal([\"S\", \"M\"]) } "
       "time: at key: id where: a > 2 }\n"
       "data q { source: parquet(\"q\") }\ndata all { source: join(p, q, on: [id]) }\n"});
  const syntax::File tree = syntax::parse(sources, file, diagnostics);
  const std::vector<Data> data = analyse_data(tree, diagnostics);
  INFO(render(diagnostics, sources, {}));
  REQUIRE(diagnostics.empty());
  REQUIRE(data.size() == 3);
  CHECK(data[0].source.options.at("delimiter") == ";");
  CHECK(data[0].source.options.at("header") == "false");
  CHECK(data[0].source.options.at("skip") == "2");
  CHECK(data[0].source.options.at("missing") == "?\nNA");
  REQUIRE(data[0].columns.size() == 3);
  CHECK(data[0].columns[1].name == "b");
  CHECK(data[0].columns[1].unit == "EUR");
  CHECK(data[0].columns[1].minimum == 0.0);
  CHECK(data[0].columns[1].known_after == int64_t{30} * 86'400'000'000);
  CHECK(data[0].columns[2].order == std::vector<std::string>{"S", "M"});
  CHECK(data[0].time == "at");
  CHECK(data[0].where);
  REQUIRE(data[2].join);
  CHECK(data[2].join->right == "q");
}
