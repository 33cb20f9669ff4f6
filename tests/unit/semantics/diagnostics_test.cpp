#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/unit/semantics/analysed.h"

using namespace mlw;

namespace {

/// A mistake, and the nearest thing to it that is none.
struct Case {
  const char* code;
  std::string wrong, right;
  std::string columns = {};  ///< further settings of the data block, in both
};

void check_case(const Case& one) {
  INFO(one.code << ": " << one.wrong);
  const Analysed wrong = analyse_payments(one.wrong, one.columns);
  INFO(wrong.text());
  CHECK(wrong.codes() == std::vector<std::string>{one.code});
  if (one.right.empty()) return;
  const Analysed right = analyse_payments(one.right, one.columns);
  INFO("near miss: " << one.right << "\n" << right.text());
  CHECK(right.codes().empty());
}

void check_cases(const std::vector<Case>& cases) {
  for (const Case& one : cases) check_case(one);
}

}  // namespace

TEST_CASE("names that are not there") {
  check_cases({
      {"T101", "prepare { x = amout * 2 }", "prepare { x = amount * 2 }"},
      {"T101", "prepare { x = logg(amount) }", "prepare { x = log(amount) }"},
      {"T101", "prepare { drop: [amout] }", "prepare { drop: [amount] }"},
      {"T101", "prepare { `größe in m`: impute(0) }", "prepare { `größe in m²`: impute(0) }"},
      {"T101", "prepare { nmbers: impute(median) }", "prepare { numbers: impute(median) }"},
      {"T101", "evaluate { group_by: customer }", "evaluate { group_by: customer_id }"},
      {"T101", "metrics { objective: rocauc }", "metrics { objective: roc_auc }"},
      {"T101", "metrics { x = 2 * false_negative  objective: minimize(x) }",
       "metrics { x = 2 * false_negatives  objective: minimize(x) }"},
      {"T101", "search { t = linaer(l2: 1) }", "search { t = linear(l2: 1) }"},
      {"T101", "fn twice(x) = x * amount\nprepare { y = twice(age) }",
       "fn twice(x) = x * 2\nprepare { y = twice(age) }"},
      {"T102", "prepar { x = amount }", "prepare { x = amount }"},
      {"T103", "evaluate { sed: 1 }", "evaluate { seed: 1 }"},
      {"T103", "search { trial: 1 }", "search { trials: 1 }"},
      {"T104", "evaluate { seed: 1 seed: 1 }", "evaluate { seed: 1 }"},
      {"T104", "evaluate { seed: 1 }\nevaluate { stratify: true }", "evaluate { seed: 1 stratify: true }"},
      {"T104", "prepare { x = age + 1 x = age + 2 }", "prepare { x = age + 1 y = age + 2 }"},
      {"T104", "prepare { drop: [age, age] }", "prepare { drop: [age] }"},
      {"T104", "metrics { watch: [f1, f1] }", "metrics { watch: [f1, recall] }"},
      {"T104", "deploy a { target: library }\ndeploy a { target: library }",
       "deploy a { target: library }\ndeploy b { target: library }"},
      {"T104", "search { line = linear(l2: 1, l2: 2) }", "search { line = linear(l2: 1, l1: 2) }"},
      {"T119", "prepare { numbers: impute(medain) }", "prepare { numbers: impute(median) }"},
      {"T119", "prepare { numbers: impute(median) |> standardise }",
       "prepare { numbers: impute(median) |> standardize }"},
      {"T119", "search { n = network(dense(8) |> rellu) }", "search { n = network(dense(8) |> relu) }"},
      {"T119", "deploy d { target: device(\"raspberry-pi\") }", "deploy d { target: device(\"raspberry-pi-4\") }"},
      {"T119", "evaluate { test: holdut(20%) }", "evaluate { test: holdout(20%) }"},
      {"T130", "prepare { amount = log1p(fee) }", "prepare { amount2 = log1p(fee) }"},
      {"T130", "metrics { recall = true_positives  objective: maximize(recall) }",
       "metrics { caught = true_positives  objective: maximize(caught) }"},
      {"T130", "fn log(x) = x\nprepare { y = age }", "fn my_log(x) = x\nprepare { y = age }"},
      {"T131", "evaluate { seed = 1 }", "evaluate { seed: 1 }"},
      {"T131", "seed: 1", ""},
      {"T131", "half = amount / 2", ""},
      {"T131", "columns { age: number }", ""},
      {"T131", "prepare it { drop: [age] }", "prepare { drop: [age] }"},
  });
}

TEST_CASE("columns with a declared order are compared by it, others are not") {
  const std::string order = "columns { country, home_country: ordinal([\"de\", \"nl\", \"fr\"]) }\n";
  for (const char* text : {"prepare { x = country < \"fr\" }", "prepare { x = \"de\" <= country }",
                           "prepare { x = country >= home_country }", "prepare { x = country in \"de\"..\"nl\" }",
                           "fn above(x, y) = x > y\nprepare { z = above(country, \"nl\") }",
                           "prepare { x = let c = country in c > \"de\" }", "baseline { rule: country > \"de\" }"}) {
    const Analysed analysed = analyse_payments(text, order);
    INFO(text << "\n" << analysed.text());
    CHECK(analysed.codes().empty());
  }
  check_cases({
      {"T121", "prepare { x = country < \"it\" }", "prepare { x = country < \"fr\" }", order},
      {"T121", "prepare { x = country in \"de\"..\"it\" }", "prepare { x = country in [\"de\", \"it\"] }", order},
      {"T106", "prepare { x = country < 2 }", "prepare { x = country < \"nl\" }", order},
      {"T106", "prepare { x = country < lower(country) }", "prepare { x = country == lower(country) }", order},
      {"T106", "prepare { x = country < gender }", "prepare { x = country == gender }", order},
      {"T106", "prepare { x = country < home_country }", "prepare { x = country == home_country }",
       "columns { country: ordinal([\"de\", \"nl\"])  home_country: ordinal([\"nl\", \"de\"]) }\n"},
      {"T106", "prepare { x = country < \"fr\" }", "prepare { x = country == \"fr\" }"},
  });
}

namespace {

/// A workflow whose data block is given, too.
Analysed of_data(const std::string& task, const std::string& data, const std::string& more = "") {
  return analyse_with("workflow a\ntask { " + task + " }\ndata { " + data + " }\n" + more, {});
}

/// What is said beside the one report that something is not built.
std::vector<std::string> beside_not_built(const Analysed& analysed) {
  std::vector<std::string> codes;
  int not_built = 0;
  for (const Diagnostic& one : analysed.diagnostics.all())
    if (one.kind->code == "T105")
      not_built += one.message.find("the stage `") != std::string::npos;
    else
      codes.emplace_back(one.kind->code);
  if (not_built != 1) codes.push_back(std::to_string(not_built) + " reports of what is not built");
  return codes;
}

}  // namespace

TEST_CASE("what is not built yet is refused by name and typed all the same") {
  const std::string photos = "data photos { source: csv(\"p.csv\") }\n", api = "deploy api { target: library }\n";
  // What is wrong beside it; nothing: the text is sound.
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {photos + "annotate q { of: photos  ask: choose([\"a\", \"b\"])  order: random  annotators: 2  gold: 5% }", {}},
      {photos + "annotate q { of: foto  ask: choose([\"a\"]) }", {"T101"}},
      {photos + "annotate q { of: photos  ask: chose([\"a\"]) }", {"T119"}},
      {photos + "annotate q { of: photos  ask: choose([\"a\"])  annotators: 0 }", {"T110"}},
      {photos + "annotate q { of: photos }", {"T117"}},
      {"understand { plots: all  sample: 20  map: country }", {}},
      {"understand { plots: [histograms, classes] }", {}},
      {"understand { plots: classes }", {}},
      {"understand { plots: [histogram] }", {"T119"}},
      {"understand { sample: 1..3 }", {"T118"}},
      {"understand { map: contry }", {"T101"}},
      {"monitor { audit: 0.5%  drift: [psi <= 0.2, missing_rate < 5%] }", {}},
      {"monitor { audit: 3 }", {"T108"}},
      {"monitor { audit: 150% }", {"T110"}},
      {"monitor { drift: psy <= 0.2 }", {"T119"}},
      {"monitor { drift: psi == 0.2 }", {"T106"}},
      {"monitor { drift: ks <= 3 }", {"T110"}},
      {"monitor { drfit: psi <= 1 }", {"T103"}},
      {"monitor { retrain: when(drift or recall < 0.8 * expected or age > 30days) }", {}},
      {"monitor { retrain: when(drift or agee > 30days) }", {"T101"}},
      {"monitor { retrain: when(age > 3) }", {"T106"}},
      {"monitor { retrain: when(age) }", {"T106"}},
      {api + "monitor { compare: ab_test(api, previous, share: 10%, on: recall, power: 80%) }", {}},
      {api + "monitor { compare: ab_test(app, api) }", {"T101"}},
      {api + "monitor { compare: ab_test(api, on: recal) }", {"T101"}},
      {api + "monitor { compare: ab_test(api, share: 100%) }", {"T110"}},
      {"search { strategy: bayesian }", {}},
      {"search { ensemble: 3 }", {}},
      {"search { ensemble: 0 }", {"T110"}},
      {"search { t = boosted_trees(trees: 50..200) }", {}},
      {"search { t = boosted_trees(tree: 50) }", {"T111"}},
      {"search { f = random_forest() }", {}},
      {"search { k = kmeans() kind: 3 }", {"T128", "T103"}},
      {"search { n = network(conv2d(3) |> relu) }", {}},
      {"search { n = network(conv2d(0) |> relu) }", {"T110"}},
      {"search { n = network(conv2d() |> relu) }", {"T112"}},
      {"search { n = network(conv2d(3, padding: some) |> relu) }", {"T119"}},
      {"search { n = network(residual(dense(8) |> relu)) }", {}},
      {"search { n = network(residual(dens(8))) }", {"T119"}},
      {"search { n = network(dense(8) |> relu, loss: focal(gamma: 2)) }", {}},
      {"search { n = network(dense(8) |> relu, loss: focal(gamma: -1)) }", {"T110"}},
      {"prepare { texts: words |> tfidf(ngrams: 1..2, top: 3) }", {}},
      {"prepare { texts: words }", {"T129"}},
      {"prepare { texts: tfidf }", {"T129"}},
      {"prepare { dates: days |> standardize }", {}},
      {"prepare { images: resize(32, 32) |> augment(flip, rotate(10deg), shift(10%)) |> scale(0..1) }", {}},
      {"prepare { images: resize(32) }", {"T112"}},
      {"prepare { images: augment(flop) }", {"T119"}},
      {"prepare { images: augment() }", {"T112"}},
      {"prepare { select: top(50) }", {}},
      {"prepare { select: top(50, by: luck) }", {"T119"}},
      {"prepare { note: words |> tfidf }", {"2 reports of what is not built"}},
      {"evaluate { test: rows(age > 3) }", {}},
      {"evaluate { test: rows(agee > 3) }", {"T101"}},
      {"evaluate { test: rows(age) }", {"T106"}},
      {"evaluate { test: csv(\"t.csv\") }", {}},
      {"evaluate { validate: csv(\"t.csv\") }", {"T128"}},
      {"evaluate { test: rolling(5) }", {"T128"}},
      {"evaluate { validate: rolling(5) }", {"M204"}},
      {"deploy a { target: rest(port: 80) }", {}},
      {"deploy a { target: rest(port: 80000) }", {"T110"}},
      {"deploy a { target: browser }", {}},
      {"deploy a { target: library  quantize: int8 }", {}},
      {"deploy a { target: library  quantize: int4 }", {"T119"}},
      {"deploy a { target: library  prune: 100% }", {"T110"}},
      {"deploy a { target: library  fast: true }", {}},
      {"expect { precision: 2% }", {}},
      {"expect { precision: 2 }", {"T108"}},
      {"prepare { x = over(customer_id, last: 7days, count()) }", {}},
      {"prepare { x = over(customer_id, last: 7, count()) }", {"T106"}},
      {"prepare { x = over(customer_id, last: 7days, count()) == \"a\" }", {"T106"}},
  };
  for (const auto& [text, others] : cases) {
    const Analysed analysed = analyse_payments(text);
    INFO(text << "\n" << analysed.text());
    CHECK(beside_not_built(analysed) == others);
  }
}

TEST_CASE("a workflow with every part of the language is wrong in nothing but what is not built yet") {
  std::stringstream file;
  file << std::ifstream(MLW_SOURCE_DIR "/tests/golden/syntax/card_fraud.mlw").rdbuf();
  std::string text = file.str();
  // What that file, which is about the text alone, does not say or says of rules that do not exist.
  for (const auto& [from, to] : {std::pair<std::string, std::string>{
                                     "data payments {", "data photos { source: images(\"p/*.jpg\") }\ndata payments {"},
                                 {"on: customer_id) }", "on: customer_id)  time: paid_at }"},
                                 {"allow M207", "allow M221"}}) {
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
  }
  const Analysed analysed =
      analyse_with(text, {}, {{"text.mlw", "fn clean(x) = lower(x)\n"}, {"plain.mlw", "fn twice(x) = 2 * x\n"}});
  INFO(analysed.text());
  for (const Diagnostic& one : analysed.diagnostics.all()) {
    INFO(one.message);
    CHECK(one.kind->code == "T105");
  }
  for (const char* stage : {"load", "profile", "prepare", "search", "build", "report", "annotate", "monitor"})
    CHECK(analysed.workflow.unbuilt_stages.contains(stage));
}

TEST_CASE("targets, kinds and sources that are not built are typed") {
  const std::string csv = "source: csv(\"a\")", columns = csv + " columns { lat: number  x, y: category  ";
  using Codes = std::vector<std::string>;
  CHECK(beside_not_built(of_data("predict: [x, y]", csv)).empty());
  CHECK(beside_not_built(of_data("predict: next(x, y)", csv)).empty());
  CHECK(beside_not_built(of_data("predict: next(x)", csv)) == Codes{"T112"});
  CHECK(beside_not_built(of_data("predict: x kind: clustering", csv)).empty());
  CHECK(beside_not_built(of_data("predict: x kind: clustering", csv, "search { k = kmeans(clusters: 3) }")) ==
        Codes{"2 reports of what is not built"});
  CHECK(beside_not_built(of_data("predict: x", "source: sqlite(\"a\", table: \"t\")")).empty());
  CHECK(beside_not_built(of_data("predict: x", "source: sqlite(\"a\")")) == Codes{"T112"});
  CHECK(beside_not_built(of_data("predict: x", columns + "p: image(size: [64, 64], channels: 1) }")).empty());
  CHECK(beside_not_built(of_data("predict: x", columns + "p: image(channels: 9) }")) == Codes{"T110"});
  CHECK(beside_not_built(of_data("predict: x", columns + "p: location(lat, lon) }")).empty());
  CHECK(beside_not_built(of_data("predict: x", columns + "p: location(lat) }")) == Codes{"T112"});
  CHECK(beside_not_built(of_data("predict: x", csv + " production: parquet(\"b\")")).empty());
  CHECK(beside_not_built(of_data("predict: x", csv + " production: parquet(3)")) == Codes{"T106"});
}

TEST_CASE("types of expressions") {
  check_cases({
      {"T106", "prepare { x = amount + note }", "prepare { x = amount + length(note) }"},
      {"T106", "prepare { x = country + home_country }", "prepare { x = concat(country, home_country) }"},
      {"T106", "prepare { x = country < home_country }", "prepare { x = country != home_country }"},
      {"T106", "prepare { x = amount == country }", "prepare { x = amount == 3 }"},
      {"T106", "prepare { x = amount and age }", "prepare { x = amount > 1 and age > 1 }"},
      {"T106", "prepare { x = not amount }", "prepare { x = not (amount > 1) }"},
      {"T106", "prepare { x = -country }", "prepare { x = -age }"},
      {"T106", "prepare { x = if amount then 1 else 2 }", "prepare { x = if amount > 1 then 1 else 2 }"},
      {"T106", "prepare { x = if amount > 1 then 1 else \"a\" }",
       "prepare { x = if amount > 1 then \"b\" else \"a\" }"},
      {"T106", "prepare { x = hour(amount) }", "prepare { x = hour(paid_at) }"},
      {"T106", "prepare { x = log(country) }", "prepare { x = log(age) }"},
      {"T106", "prepare { x = log(paid_at - chargeback_at) }", "prepare { x = log(days(paid_at - chargeback_at)) }"},
      {"T106", "prepare { x = paid_at + chargeback_at }", "prepare { x = paid_at - chargeback_at }"},
      {"T106", "prepare { x = paid_at - chargeback_at > 3 }", "prepare { x = paid_at - chargeback_at > 3days }"},
      {"T106", "prepare { x = amount in \"a\" }", "prepare { x = amount in [1, 2] }"},
      {"T106", "prepare { x = amount in [] }", "prepare { x = amount in 1..2 }"},
      {"T106", "prepare { x = amount in [age] }", "prepare { x = amount in [3] }"},
      {"T106", "prepare { x = [1, 2] }", "prepare { x = 1 }"},
      {"T106", "prepare { x = amount |> 3 }", "prepare { x = amount |> abs }"},
      {"T106", "prepare { x = missing }", "prepare { x = coalesce(age, missing) }"},
      {"T106", "prepare { x = if age > 1 then missing else missing }",
       "prepare { x = if age > 1 then age else missing }"},
      {"T106", "prepare { x = to_number(country) }", "prepare { x = to_number(age) }"},
      {"T106", "prepare { x = coalesce(amount, \"a\") }", "prepare { x = coalesce(amount, 0) }"},
      {"T106", "baseline { rule: amount }", "baseline { rule: amount > 1 }"},
      {"T106", "metrics { x = true_positives > 3  objective: maximize(x) }",
       "metrics { x = true_positives  objective: maximize(x) }"},
      {"T106", "metrics { objective: false_negatives }", "metrics { objective: minimize(false_negatives) }"},
      {"T106", "search { trials: \"a\" }", "search { trials: 3 }"},
      {"T106", "search { trials: 3.5 }", "search { trials: 3 }"},
      {"T106", "evaluate { stratify: 1 }", "evaluate { stratify: true }"},
      {"T106", "evaluate { group_by: 3 }", "evaluate { group_by: [customer_id, country] }"},
      {"T106", "search { x = 3 }", "search { x = 3  n = network(dense(x)) }"},
      {"T115", "prepare { x = income == missing }", "prepare { x = is_missing(income) }"},
      {"T115", "prepare { x = income != missing }", "prepare { x = not is_missing(income) }"},
      {"T116", "baseline { rule: amount > mean(amount) }", "prepare { x = amount > mean(amount) }"},
      {"T116", "prepare { m = amount > mean(amount) }\nbaseline { rule: m }",
       "prepare { m = amount > 3 }\nbaseline { rule: m }"},
      {"T116", "prepare { x = rank(amount) }", "prepare { x = max(amount) }"},
      {"T116", "baseline { rule: max(amount) > 3 }", "baseline { rule: max(amount, 1) > 3 }"},
      {"T111", "search { line = linear(lambda: 1) }", "search { line = linear(l2: 1) }"},
      {"T111", "metrics { watch: recall_at(precison: 90%) }", "metrics { watch: recall_at(precision: 90%) }"},
      {"T111", "prepare { x = min(amount, z: 3) }", "prepare { x = min(amount, y: 3) }"},
      {"T112", "search { n = network() }", "search { n = network(dense(3)) }"},
      {"T112", "search { n = network(dense()) }", "search { n = network(dense(1)) }"},
      {"T112", "prepare { x = atan2(amount) }", "prepare { x = atan2(amount, fee) }"},
      {"T112", "metrics { watch: recall_at }", "metrics { watch: recall_at(90%) }"},
      {"T112", "fn f(x, y) = x + y\nprepare { x = f(age) }", "fn f(x, y: 2) = x + y\nprepare { x = f(age) }"},
      {"T113", "prepare { x = log(amount, 2) }", "prepare { x = log(amount) }"},
      {"T113", "search { line = linear(1, 2, 3) }", "search { line = linear(1, 2) }"},
      {"T113", "metrics { watch: f1(3) }", "metrics { watch: f1 }"},
      {"T113", "metrics { objective: minimize(false_negatives, 2) }",
       "metrics { objective: minimize(false_negatives) }"},
      {"T114", "fn f(x) = g(x)\nfn g(x) = f(x)\nprepare { y = age }",
       "fn f(x) = g(x)\nfn g(x) = x\nprepare { y = f(age) }"},
      {"T114", "fn f(x) = x |> f\nprepare { y = age }", "fn f(x) = x |> abs\nprepare { y = f(age) }"},
      {"T114", "prepare { a = b + 1  b = a + 1 }", "prepare { a = b + 1  b = age + 1 }"},
      {"T114", "metrics { a = b  b = a  objective: minimize(a) }",
       "metrics { a = b  b = false_positives  objective: minimize(a) }"},
      {"T114", "search { w = w | 3  n = network(dense(w)) }", "search { w = 4 | 3  n = network(dense(w)) }"},
      {"T129", "prepare { numbers: one_hot }", "prepare { numbers: bucketize |> one_hot }"},
      {"T129", "prepare { categories: impute(median) |> one_hot }",
       "prepare { categories: impute(most_frequent) |> one_hot }"},
      {"T129", "prepare { categories: impute(\"x\") }", "prepare { categories: impute(\"x\") |> ordinal }"},
      {"T129", "prepare { numbers: impute(\"x\") }", "prepare { numbers: impute(0) }"},
      {"T129", "prepare { country: standardize }", "prepare { country: one_hot }"},
      {"T129", "prepare { flags: standardize }", "prepare { flags: impute(false) }"},
  });
}

TEST_CASE("units") {
  const std::string delay = "columns { age: integer(unit: \"days\") }";
  check_cases({
      {"T107", "prepare { x = amount + fee }", "prepare { x = amount * fee }"},
      {"T107", "prepare { x = amount > 20GBP }", "prepare { x = amount > 20EUR }"},
      {"T107", "prepare { x = if age > 3 then amount else fee }", "prepare { x = if age > 3 then amount else 0 }"},
      {"T107", "prepare { x = max(amount, fee) }", "prepare { x = max(amount, 2) }"},
      {"T107", "prepare { x = amount in [2GBP] }", "prepare { x = amount in [2EUR, 3] }"},
      {"T107", "prepare { x = amount / 2 + fee }", "prepare { x = log(amount) + log(fee) }"},
      {"T109", "prepare { x = amount > 20USD }", "prepare { x = amount > 20 }"},
      {"T106", "prepare { x = age > 3h }", "prepare { x = age > 3days }", delay},
      {"T108", "search { time: 5 }", "search { time: 5min }"},
      {"T108", "evaluate { test: holdout(0.2) }", "evaluate { test: holdout(20%) }"},
      {"T109", "search { time: 5KiB }", "search { time: 300s }"},
      {"T109", "search { trials: 5min }", "search { trials: 5 }"},
  });
}

TEST_CASE("spaces and their bounds") {
  check_cases({
      {"S018", "prepare { x = income < 1e39 }", "prepare { x = income < 1e38 }"},
      {"S018", "metrics { x = sum(truth) * 1e999  objective: minimize(x) }",
       "metrics { x = sum(truth) * 1e39  objective: minimize(x) }"},
      {"T110", "search { n = network(dense(8) |> dropout(0..1.5)) }",
       "search { n = network(dense(8) |> dropout(0..0.5)) }"},
      {"T110", "search { n = network(dense(0)) }", "search { n = network(dense(1)) }"},
      {"T110", "search { n = network(dense(8) |> dropout(1.0)) }", "search { n = network(dense(8) |> dropout(0)) }"},
      {"T110", "search { n = network(dense(8), optimizer: adam(learning_rate: 0)) }",
       "search { n = network(dense(8), optimizer: adam(learning_rate: 1e-3)) }"},
      {"T110", "search { line = linear(l2: -1) }", "search { line = linear(l2: 0) }"},
      {"T110", "evaluate { test: holdout(100%) }", "evaluate { test: holdout(50%) }"},
      {"T110", "evaluate { validate: kfold(1) }", "evaluate { validate: kfold(2) }"},
      {"T110", "metrics { threshold: 1.5 }", "metrics { threshold: 0.5 }"},
      {"T110", "search { w = 8 | 0  n = network(dense(w)) }", "search { w = 8 | 1  n = network(dense(w)) }"},
      {"T126", "search { line = linear(l2: 2..1) }", "search { line = linear(l2: 1..2) }"},
      {"T126", "search { line = linear(l2: 0..1 log) }", "search { line = linear(l2: 0..1) }"},
      {"T126", "prepare { numbers: impute(0) |> scale(1..0) }", "prepare { numbers: impute(0) |> scale(-1..1) }"},
      {"T118", "evaluate { seed: 1 | 2 }", "evaluate { seed: 1 }"},
      {"T118", "search { trials: 1..3 }", "search { trials: 3 }"},
      {"T118", "evaluate { test: holdout(20%) | holdout(30%) }", "evaluate { test: holdout(30%) }"},
  });
}

TEST_CASE("tasks, metrics and models go together") {
  check_cases({
      {"M222", "metrics { objective: rmse }", "metrics { objective: brier }"},
      {"M222", "metrics { objective: minimize(recall) }", "metrics { objective: maximize(recall) }"},
      {"M222", "metrics { watch: [mae] }", "metrics { watch: [mcc] }"},
      {"T128", "search { n = network(dense(8), loss: squared_error) }",
       "search { n = network(dense(8), loss: cross_entropy) }"},
      {"T128", "evaluate { test: kfold(5) }", "evaluate { validate: kfold(5) }"},
      {"M226",
       "metrics { cost = 120 * false_negatives + 3 * false_positives  objective: minimize(cost)  threshold: 0.5 }",
       "metrics { cost = 120 * false_negatives + 3 * false_positives  objective: minimize(cost) }"},
      {"T117", "expect { volume: 12 }", "expect { volume: 12 every: 1day }"},
      {"T124", "allow M2226 because \"no\"", ""},
      {"T125", "allow M202 because \"no\"", ""},
  });
  auto task = [](const std::string& task, const std::string& more = "") {
    return analyse_with("workflow a\ntask { " + task + " }\ndata { source: csv(\"a\") }\n" + more, {payments_schema()})
        .codes();
  };
  using Codes = std::vector<std::string>;
  CHECK(task("predict: amount") == Codes{});
  CHECK(task("predict: amount", "evaluate { stratify: true }") == Codes{"T128"});
  CHECK(task("predict: amount", "metrics { threshold: 0.5 }") == Codes{"T128"});
  CHECK(task("predict: amount", "baseline { rule: age > 3 }") == Codes{"T128"});
  CHECK(task("predict: amount", "metrics { cost = false_negatives objective: minimize(cost) }") == Codes{"M222"});
  CHECK(task("predict: amount", "metrics { cost = sum(abs(truth - prediction)) objective: minimize(cost) }") ==
        Codes{});
  CHECK(task("predict: amount", "expect { say: [missed] }") == Codes{"T128"});
  CHECK(task("predict: amount kind: binary") == Codes{"T128"});
  CHECK(task("predict: country kind: regression") == Codes{"T128"});
  CHECK(task("predict: country kind: multiclass") == Codes{});
  CHECK(task("predict: gender kind: binary(positive: \"x\")") == Codes{"T121"});
  CHECK(task("predict: gender kind: binary(positive: \"f\")") == Codes{});
  CHECK(task("predict: paid_at") == Codes{"T127"});
  CHECK(task("predict: note") == Codes{"T127"});
  CHECK(task("predict: is_fraudd") == Codes{"T101"});
  CHECK(task("because: \"x\"") == Codes{"T117"});
  CHECK(analyse_with("workflow a\ntask { predict: x }\n", {}).codes() == Codes{"T117"});
  CHECK(analyse_with("workflow a\ntask { predict: x }\ndata { key: y }", {}).codes() == Codes{"T117"});
}

TEST_CASE("requirements") {
  auto require = [](const std::string& text) {
    return analyse_with("workflow a\ntask { predict: is_fraud require: " + text + " }\ndata { source: csv(\"a\") }",
                        {payments_schema()});
  };
  const Analysed good = require("[flash <= 64KiB, latency <= 200us, recall >= 90%, recall_at(precision: 90%) >= 0.5]");
  INFO(good.text());
  REQUIRE(good.diagnostics.empty());
  REQUIRE(good.workflow.task.require.size() == 4);
  CHECK(good.workflow.task.require[0].bound == 65536);
  CHECK(good.workflow.task.require[1].bound == 200e-6);
  CHECK(good.workflow.task.require[2].bound == 0.9);
  CHECK(good.workflow.task.require[2].comparison == Operation::greater_equal);
  CHECK(good.workflow.task.require[3].name == "recall_at(precision: 90%)");
  bool watched = false;
  for (const Metric& metric : good.workflow.metrics.watch)
    watched = watched || metric.text == "recall_at(precision: 90%)";
  CHECK(watched);
  using Codes = std::vector<std::string>;
  CHECK(require("[flash <= 64]").codes() == Codes{"T108"});
  CHECK(require("[flash <= 64ms]").codes() == Codes{"T109"});
  CHECK(require("[flsh <= 64KiB]").codes() == Codes{"T101"});
  CHECK(require("[recall >= 150%]").codes() == Codes{"T110"});
  CHECK(require("[recall]").codes() == Codes{"T106"});
  CHECK(require("[recall == 90%]").codes() == Codes{"T106"});
  CHECK(require("[recall >= 90%, recall >= 80%]").codes() == Codes{"T104"});
  CHECK(require("[rmse <= 3]").codes() == Codes{"M222"});
}

TEST_CASE("information has a direction") {
  check_cases({
      {"M202", "prepare { x = if is_fraud then 1 else 0 }", "prepare { x = if age > 1 then 1 else 0 }"},
      {"M202", "prepare { x = is_fraud  y = if x then 1 else 0 }", "prepare { x = is_fraud  y = age  drop: [x] }"},
      {"M202", "baseline { rule: is_fraud }", "baseline { rule: amount > 2000 }"},
      {"M202", "prepare { is_fraud: impute(false) }", "prepare { flags: impute(false) }"},
      {"M203", "prepare { x = hours(chargeback_at - paid_at) }", "prepare { x = hour(paid_at) }",
       "columns { chargeback_at: date(known_after: 30days) }\n"},
      {"M203", "prepare { x = is_missing(chargeback_at)  y = x or age > 3  drop: [x] }",
       "prepare { x = is_missing(chargeback_at)  drop: [x] }",
       "columns { chargeback_at: date(known_after: 30days) }\n"},
      {"M203", "baseline { rule: is_missing(chargeback_at) }", "",
       "columns { chargeback_at: date(known_after: 30days) }\n"},
      {"M203", "", "", "columns { age: integer(known_after: 1day) }\nwhere: age > 18\n"},
      {"T133", "prepare { payment_id: impute(\"x\") |> one_hot }", "prepare { country: impute(\"x\") |> one_hot }",
       "key: payment_id\n"},
      {"T133", "prepare { age: impute(0)  drop: [age] }", "prepare { age: impute(0) }"},
  });
  auto with_protect = [](const std::string& more) {
    return analyse_with(
               "workflow a\ntask { predict: is_fraud protect: [gender] }\ndata { source: csv(\"a\") }\n" + more,
               {payments_schema()})
        .codes();
  };
  using Codes = std::vector<std::string>;
  CHECK(with_protect("") == Codes{});
  CHECK(with_protect("prepare { f = gender == \"f\" }") == Codes{"M209"});
  CHECK(with_protect("prepare { gender: one_hot }") == Codes{"M209"});
  CHECK(with_protect("prepare { f = gender == \"f\"  drop: [f] }") == Codes{});
}

TEST_CASE("splits and time") {
  auto codes = [](const std::string& data, const std::string& evaluate) {
    return analyse_payments("evaluate { " + evaluate + " }", data).codes();
  };
  using Codes = std::vector<std::string>;
  CHECK(codes("", "test: latest(20%)") == Codes{"M204"});
  CHECK(codes("time: paid_at\n", "test: latest(20%)") == Codes{});
  CHECK(codes("time: paid_at\n", "test: holdout(20%)") == Codes{"M204"});
  CHECK(codes("time: paid_at\n", "test: holdout(20%) allow M204 because \"rows are exchangeable\"") == Codes{});
  CHECK(codes("", "test: latest(20%) allow M204 because \"no\"") == Codes{"M204"});
  CHECK(analyse_payments("evaluate { test: latest(20%) }").diagnostics.has_errors());
  CHECK_FALSE(analyse_payments("evaluate { test: holdout(20%) }", "time: paid_at\n").diagnostics.has_errors());
  CHECK(codes("time: amount\n", "seed: 1") == Codes{"T106"});
  CHECK(analyse_payments("", "time: paid_at\n").workflow.evaluate.test.form == Split::Form::latest);
}

TEST_CASE("queries that compute over rows must say that they do not leak") {
  auto query = [](const std::string& sql, const std::string& more = "") {
    return analyse_with("workflow a\ntask { predict: x }\ndata { source: sql(\"\"\"" + sql + "\"\"\"" + more + ") }",
                        {})
        .codes();
  };
  using Codes = std::vector<std::string>;
  CHECK(query("select * from 'a.csv' where year > 2020") == Codes{});
  CHECK(query("select *, avg (price) over (partition by city) from 'a.csv'") == Codes{"M201"});
  CHECK(query("select city, Count(*) from 'a.csv' GROUP BY city") == Codes{"M201"});
  CHECK(query("select city, Count(*) from 'a.csv' group by city", ", label_free: true") == Codes{});
  CHECK(query("select 'group by' as text, \"sum(x)\", discount(y) -- count(*)\n from 'a.csv'") == Codes{});
}

TEST_CASE("joins") {
  auto join = [](const std::string& source) {
    return analyse_with(
               "workflow a\ntask { predict: x }\ndata p { source: csv(\"a\") }\ndata q { source: csv(\"b\") }\n"
               "data all { source: " +
                   source + " }",
               {})
        .codes();
  };
  using Codes = std::vector<std::string>;
  CHECK(join("join(p, q, on: id)") == Codes{});
  CHECK(join("join(p, r, on: id)") == Codes{"T132"});
  CHECK(join("join(p, all, on: id)") == Codes{"T132"});
  CHECK(join("join(p, p, on: id)") == Codes{"T132"});
  CHECK(join("join(p, q)") == Codes{"T112"});
}

TEST_CASE("modules") {
  auto with = [](const std::string& text, std::map<std::string, std::string> modules) {
    return analyse_with(
        "workflow a\nimport \"t.mlw\" as t\ntask { predict: is_fraud }\ndata { source: csv(\"a\") }\n" + text,
        {payments_schema()}, std::move(modules));
  };
  using Codes = std::vector<std::string>;
  const Analysed good =
      with("prepare { x = t.half(age) }", {{"t.mlw", "fn half(x) = quarter(x) * 2\nfn quarter(x) = x / 4\n"}});
  INFO(good.text());
  CHECK(good.codes() == Codes{});
  CHECK(with("prepare { x = t.hlf(age) }", {{"t.mlw", "fn half(x) = x / 2"}}).codes() == Codes{"T101"});
  CHECK(with("", {}).codes() == Codes{"T122"});
  CHECK(with("", {{"t.mlw", "task { predict: x }"}}).codes() == Codes{"T123"});
  CHECK(with("", {{"t.mlw", "import \"t.mlw\" as again"}}).codes() == Codes{"T114"});
  CHECK(with("", {{"t.mlw", "fn half(x = x / 2"}}).diagnostics.has_errors());
}

TEST_CASE("several mistakes are reported at once, each once") {
  const Analysed analysed = analyse_payments(
      "prepare { x = amout * 2  y = x + 1  z = y + country  drop: [agee] }\nevaluate { seed: -1 tset: holdout(20%) }\n"
      "metrics { objective: roc }\nfn f(x) = x + nothing\nprepare2 { }");
  INFO(analysed.text());
  CHECK(analysed.codes() == std::vector<std::string>{"T101", "T101", "T110", "T103", "T101", "T102"});
}

TEST_CASE("a mend says what to write") {
  auto mend = [](const std::string& more) {
    const Analysed analysed = analyse_payments(more);
    return analysed.diagnostics.all().size() == 1 && analysed.diagnostics.all()[0].mend
               ? analysed.diagnostics.all()[0].mend->text
               : std::string("none");
  };
  CHECK(mend("prepare { x = amout }") == "amount");
  CHECK(mend("prepare { x = `größe in m` }") == "`größe in m²`");
  CHECK(mend("prepare { x = income == missing }") == "is_missing(income)");
  CHECK(mend("prepare { x = missing != income }") == "not is_missing(income)");
  CHECK(mend("evaluate { sed: 1 }") == "seed");
  CHECK(mend("evaluate { test: holdout(0.25) }") == "25%");
  CHECK(mend("deploy d { target: device(\"raspberry-pi\") }") == "\"raspberry-pi-4\"");
}

TEST_CASE("functions that double at every level are stopped") {
  std::string text = "fn f0(x) = x + x\n", wide = "prepare { y = ";
  for (int i = 1; i < 40; ++i)
    text +=
        "fn f" + std::to_string(i) + "(x) = f" + std::to_string(i - 1) + "(x) + f" + std::to_string(i - 1) + "(x)\n";
  CHECK(analyse_payments(text + "prepare { y = f39(age) }").codes() == std::vector<std::string>{"T120"});
  for (int i = 0; i < 40; ++i) {
    const std::string inner = i == 0 ? "age" : "a" + std::to_string(i - 1);
    wide += "let a" + std::to_string(i) + " = " + inner + " + " + inner + " in ";
  }
  CHECK(analyse_payments(wide + "a39 }").codes() == std::vector<std::string>{"T120"});
  std::string deep = "fn g0(x) = x + 1\n";
  for (int i = 1; i < 3000; ++i) deep += "fn g" + std::to_string(i) + "(x) = g" + std::to_string(i - 1) + "(x) + 1\n";
  CHECK(analyse_payments(deep + "prepare { y = g2999(age) }").codes() == std::vector<std::string>{"T120"});
}
