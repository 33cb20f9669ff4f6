#include <catch2/catch.hpp>

#include "tests/unit/semantics/analysed.h"

using namespace mlw;

namespace {

/// The workflow with every default written out means the same: equal keys, and no new mistakes.
void check_full(const std::string& text, const std::vector<Schema>& schemas) {
  const Analysed first = analyse_with(text, schemas);
  INFO(first.text());
  REQUIRE_FALSE(first.diagnostics.has_errors());
  const std::string full = print_full(first.workflow);
  const Analysed second = analyse_with(full, schemas);
  INFO(full);
  INFO(second.text());
  CHECK(first.codes() == second.codes());
  for (const char* part :
       {"name", "task", "data", "prepare", "evaluate", "metrics", "expect", "baseline", "search", "deploy", "waivers"})
    CHECK(key_text(first.workflow, part) == key_text(second.workflow, part));
  CHECK(print_full(second.workflow) == full);
}

const std::string head = "workflow payments \"The \\\"title\\\"\"\ntask { predict: is_fraud }\n";

}  // namespace

TEST_CASE("the shortest program in full") {
  check_full(head + "data { source: csv(\"p.csv\") }\n", {payments_schema()});
  check_full("task { predict: is_fraud }\ndata { source: csv(\"p.csv\") }\n", {payments_schema()});
  check_full("workflow a\ntask { predict: amount }\ndata { source: csv(\"p.csv\") }\n", {payments_schema()});
  check_full("workflow a\ntask { predict: country }\ndata { source: csv(\"p.csv\") }\n", {payments_schema()});
}

TEST_CASE("every block in full") {
  check_full(R"(
## About cards.
workflow payments "Cards"
## What it is for,
## in two lines.
task {
  predict: is_fraud
  kind: binary(positive: "yes")
  existing: rule(amount > 2000 and country != home_country)
  require: [latency <= 200us, flash <= 64KiB, recall >= 90%, recall_at(precision: 90%) > 0.5]
  protect: [gender]
  because: "a missed fraud costs \"120\" EUR"
}
data {
  source: csv("payments-*.csv", delimiter: ";", header: true, missing_values: ["?", "n a"], skip: 3, encoding: latin1)
  where: amount > 0 and paid_at >= 2020-02-29T08:30 and not is_missing(note)
  key: payment_id
  time: paid_at
  columns {
    amount: number(unit: "EUR", min: 0, max: 1e6)
    fee: number(unit: "GBP", known_after: 36h)
    country: ordinal(["nl", "de", "fr"])
    note: text(private: true)
    chargeback_at: date(known_after: 30days)
    income: weight
  }
}
metrics {
  ## what mistakes cost
  cost = 120 * false_negatives + 3 * false_positives
  gain = let n = sum(weight) in (true_positives - 0.25 * false_positives) / n
  objective: minimize(cost)
  watch: [pr_auc, recall_at(precision: 90%), maximize(gain), brier, minimize(false_negatives / true_positives)]
}
expect { volume: 12000 every: 1day prevalence: 0.17% say: [missed, caught, cost, recall] }
fn half(x, by: 2) = x / by
fn square(x) = x * x
prepare {
  ## night is when people sleep
  night = hour(paid_at) < 6
  log_amount = log1p(amount)
  `größer als 3` = `größe in m²` > 3.5
  ratio = amount / mean(amount) - half(square(age)) ^ -2
  near = if age > 3 and (amount <= 20EUR or night) then "a \"b\"" else "c\\d"
  filled = coalesce(if night then missing else to_number(age), 0.1)
  waited = hours(paid_at - 2020-01-01) - days(90min) + (paid_at - 2019-01-01T10:00:01.5) / 7days
  small = amount in [1, 2.5, 3] or country in ["de", "fr"] or age in 3..5
  low = min(max(amount, 1), quantile(amount, 90%)) - max(amount) + -age + mod(age, 7)
  words = word_count(trim(lower(note))) * 2 + length(concat(note, "x"))
  numbers: impute(mean) |> (standardize | scale(-1..1))
  categories: impute(most_frequent) |> one_hot(min_count: 5..50)
  age: impute(0) |> bucketize(5) |> one_hot
  `größe in m²`: impute(median) |> log(offset: 0.5)
  drop: [home_country, words]
}
evaluate { test: latest(25%) validate: latest(12.5%) group_by: customer_id seed: 7 }
baseline { rule: amount > 2000 and night  naive: false }
search {
  width = 16..256 log
  decay = 1e-6..0.1 log
  line = linear(l2: decay, l1: 0 | 1e-6..1 log)
  both = linear(l2: 0.1) | network(dense(4))
  net = network(
    repeat(1..4, dense(width) |> (relu | gelu | (dense(3) |> tanh)) |> dropout(0..0.5), each: true) |> dense(width),
    optimizer: adam(learning_rate: 1e-4..1e-2 log) | sgd(learning_rate: 0.1, momentum: 0.5..0.9),
    batch: 64 | 128..256 step 64, weight_decay: decay, stop: patience(10) | never)
  trials: 20
  time: 90s
  round: 4
}
deploy api, lib { target: library require: [flash <= 1MiB] }
deploy gateway { target: device("raspberry-pi-4") }
allow M204 because "measured \"before\""
)",
             {payments_schema()});
}

TEST_CASE("joins, queries and other sources in full") {
  check_full(
      "workflow a\ntask { predict: x kind: regression }\ndata p { source: parquet(\"a\") }\ndata q { source: "
      "json(\"b\") }\n"
      "data `all of it` { source: join(p, q, on: [id, `other id`]) }\n",
      {});
  check_full(
      "workflow a\ntask { predict: x kind: regression }\ndata { time: t source: sql(\"\"\"select *, 'x\"y' from "
      "\"t\"\n group by a\"\"\", "
      "label_free: true, as_of: `at all`) }\n",
      {});
}

TEST_CASE("the full text is written as people write") {
  const Analysed shortest =
      analyse_with(head + "data { source: csv(\"p.csv\") }\nexpect { volume: 3 every: 30days }", {payments_schema()});
  const std::string full = print_full(shortest.workflow);
  INFO(full);
  for (const char* part : {"linear = linear(l2: 1e-06..100 log, l1: 0)", "one_hot(min_count: 10)", "every: 30days",
                           "holdout(20%)", "kfold(5, repeats: 1)", "impute(median) |> standardize", "kind: binary\n",
                           "loss: cross_entropy", "threshold: auto", "patience(10)", "objective: roc_auc"})
    CHECK(full.find(part) != std::string::npos);
}

TEST_CASE("documentation of a workflow stands before its header or its task") {
  const Analysed both =
      analyse_with("## one\nworkflow a\n## two\n## three\ntask { predict: x }\ndata { source: csv(\"a\") }", {});
  CHECK(both.workflow.documentation == "one\ntwo\nthree");
}

TEST_CASE("shares and durations read back exactly") {
  for (const char* share : {"0.17%", "33.3%", "12.5%", "0.1%", "99.999%", "7%", "29%", "57%"})
    check_full(head + "data { source: csv(\"p.csv\") }\nevaluate { test: holdout(" + share + ") }",
               {payments_schema()});
  for (const char* time : {"1us", "1.5h", "100ms", "0.3s", "7days", "90min", "2weeks", "333.333ms"})
    check_full(head + "data { source: csv(\"p.csv\") }\nsearch { time: " + time + " }", {payments_schema()});
}

TEST_CASE("comparisons of ordered columns are written as they were") {
  const std::string columns = "columns { country, home_country: ordinal([\"nl\", \"de\", \"fr\"]) }";
  check_full(head + "data { source: csv(\"p.csv\") " + columns + " where: country >= \"de\" }\n" +
                 "prepare { x = country in \"nl\"..\"de\"  y = \"de\" < home_country or country < home_country }\n" +
                 "baseline { rule: country > \"nl\" }\n",
             {payments_schema()});
}
