#include "compiler/language_server/completion.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/unit/language_server/marked.h"

using namespace mlw::language_server;

namespace {

struct Proposed {
  explicit Proposed(const std::string& text, std::map<std::string, std::string> modules = {})
      : marked(text, std::move(modules)),
        found(complete(marked.file, marked.cursor, &marked.analysis(), [](const std::string& folder) {
          return folder == "data/" ? std::vector<std::string>{"old.csv"}
                                   : std::vector<std::string>{"orders.csv", "data/", ".git/", "money.mlw"};
        })) {}

  bool has(const std::string& label) const { return find(label) != nullptr; }
  const Completion* find(const std::string& label) const {
    const auto item =
        std::find_if(found.items.begin(), found.items.end(), [&](const Completion& one) { return one.label == label; });
    return item == found.items.end() ? nullptr : &*item;
  }
  std::string replaced() const { return std::string(marked.text_of(found.replaced)); }

  Marked marked;
  Completions found;
};

}  // namespace

TEST_CASE("blocks at the top, those that may stand once only where they do not stand yet") {
  const Proposed proposed(with_orders("se‸"));
  CHECK(proposed.has("search"));
  CHECK(proposed.has("data"));
  CHECK_FALSE(proposed.has("task"));
  CHECK_FALSE(proposed.has("columns"));
  CHECK_FALSE(proposed.has("monitor"));  // not built
  CHECK(proposed.find("search")->snippet == "search {\n  $0\n}");
  CHECK(proposed.find("deploy")->snippet.starts_with("deploy ${1:name} {"));
  CHECK(proposed.replaced() == "se");
  CHECK(Proposed("‸").has("workflow"));
  CHECK(Proposed("‸").has("task"));
}

TEST_CASE("inside a block its settings that are not given yet") {
  const Proposed proposed(with_orders("search {\n  trials: 30\n  ‸\n}"));
  CHECK(proposed.has("strategy"));
  CHECK_FALSE(proposed.has("trials"));
  CHECK_FALSE(proposed.has("predict"));
  CHECK(proposed.find("strategy")->snippet == "strategy: ${1:random}");
  CHECK(Proposed(with_orders("search { str‸: random }")).find("strategy")->insert == "strategy");
  CHECK(Proposed("data { s‸ }").has("source"));
  CHECK(Proposed("data { ‸ }").has("columns"));
}

TEST_CASE("columns where columns are set") {
  CHECK(Proposed("data { source: csv(\"a\") columns { ‸ } }").has("amount"));
  CHECK_FALSE(Proposed("data { source: csv(\"a\") columns { amount: number  ‸ } }").has("amount"));
  const Proposed prepare(with_orders("prepare { night = gift  ‸ }"));
  CHECK(prepare.has("night"));
  CHECK(prepare.has("numbers"));
  CHECK(prepare.find("total weight")->insert == "`total weight`: ");
  CHECK(Proposed("data { source: csv(\"a\") columns { amount: ‸ } }").has("number"));
  CHECK(Proposed("task { predict: ‸ }\ndata { source: csv(\"a\") }").has("returned"));
  CHECK(Proposed(with_orders("prepare { drop: [‸] }")).has("note"));
}

TEST_CASE("behind a colon the words of the parameter and its default") {
  CHECK(Proposed(with_orders("search { strategy: ‸ }")).has("random"));
  CHECK_FALSE(Proposed(with_orders("search { strategy: ‸ }")).has("bayesian"));  // not built
  CHECK(Proposed(with_orders("search { trials: ‸ }")).find("30")->detail == "the default");
  CHECK(Proposed(with_orders("baseline { naive: ‸ }")).has("false"));
  CHECK(Proposed(with_orders("evaluate { test: ‸ }")).find("holdout")->snippet == "holdout(${1:20%})");
  CHECK(Proposed(with_orders("prepare { numbers: impute(‸) }")).has("median"));
  CHECK(Proposed(with_orders("search { net = network(dense(8), optimizer: ‸) }")).has("adam"));
  CHECK(Proposed(with_orders("search { net = network(dense(8), ‸) }")).find("batch")->insert == "batch: ");
  CHECK(Proposed(with_orders("search { net = network(‸) }")).has("dense"));
  CHECK(Proposed(with_orders("search { line = ‸ }")).find("linear")->snippet == "linear(l2: ${1:1e-6..100 log})");
  CHECK(Proposed(with_orders("deploy a { target: ‸ }")).find("device")->snippet == "device(\"${1}\")");
}

TEST_CASE("units behind the digits of a number that needs one") {
  const Proposed time(with_orders("search { time: 5‸ }"));
  CHECK(time.has("5min"));
  CHECK_FALSE(time.has("5KiB"));
  CHECK(time.replaced() == "5");
  CHECK(Proposed(with_orders("evaluate { test: holdout(20‸) }")).has("20%"));
}

TEST_CASE("behind a pipe what takes the value that comes") {
  const Proposed numbers(with_orders("prepare { numbers: impute(median) |> ‸ }"));
  CHECK(numbers.has("standardize"));
  CHECK_FALSE(numbers.has("one_hot"));
  const Proposed bucket(with_orders("prepare { numbers: impute(median) |> bucketize(5) |> ‸ }"));
  CHECK(bucket.has("one_hot"));
  CHECK_FALSE(bucket.has("standardize"));
  CHECK(Proposed(with_orders("prepare { country: impute(\"de\") |> o‸ }")).has("one_hot"));
  const Proposed piped(with_orders("prepare { x = amount |> ‸ }"));
  CHECK(piped.has("log1p"));
  CHECK_FALSE(piped.has("amount"));
  CHECK(piped.find("log1p")->snippet.empty());
  CHECK(piped.find("coalesce")->snippet == "coalesce(${2:otherwise})");
}

TEST_CASE("columns, names and functions in expressions, by what may stand there") {
  const Proposed row(with_orders("fn twice(x) = 2 * x\nprepare { dear = amount > 9\n y = am‸ }"));
  CHECK(row.find("amount")->detail == "number in EUR, 3 % missing");
  CHECK(row.find("dear")->detail == "flag");
  CHECK(row.find("twice")->snippet == "twice($0)");
  CHECK(row.has("hour"));
  CHECK(row.has("mean"));
  CHECK_FALSE(row.has("truth"));
  CHECK_FALSE(row.has("y"));  // not itself
  CHECK(row.find("total weight")->insert == "`total weight`");
  const Proposed where("data { source: csv(\"a\")  where: ‸ }\nprepare { night = gift }");
  CHECK(where.has("amount"));
  CHECK_FALSE(where.has("night"));
  CHECK_FALSE(where.has("mean"));  // learns from rows
  CHECK(Proposed("fn f(price, cost) = pri‸").has("price"));
  CHECK(Proposed(with_orders("prepare { x = let half = amount / 2 in ha‸ }")).has("half"));
  CHECK_FALSE(Proposed(with_orders("prepare { x = let half = amount / ‸ }")).has("half"));
}

TEST_CASE("metrics and quantities where rows are judged") {
  const Proposed judged(with_orders("metrics { cost = fal‸ }"));
  CHECK(judged.has("false_negatives"));
  CHECK_FALSE(judged.has("amount"));
  const Proposed objective(with_orders("metrics { cost = false_negatives  objective: ‸ }"));
  CHECK(objective.has("roc_auc"));
  CHECK(objective.has("minimize"));
  CHECK_FALSE(objective.has("rmse"));  // two classes
  CHECK(Proposed(with_orders("metrics { cost = false_negatives  objective: minimize(‸) }")).has("cost"));
  CHECK(Proposed(with_orders("expect { say: [‸] }")).has("missed"));
  CHECK(Proposed("task { predict: returned  require: [‸] }").has("flash"));
}

TEST_CASE("values of the data where a column is compared") {
  const Proposed quoted(with_orders("prepare { x = country == \"‸\" }"));
  CHECK(quoted.has("de"));
  CHECK(quoted.replaced().empty());
  CHECK(Proposed(with_orders("prepare { x = country in [\"de\", \"n‸\"] }")).has("nl"));
  CHECK(Proposed(with_orders("prepare { x = country != ‸ }")).has("\"fr\""));
  CHECK(Proposed(with_orders("prepare { x = coalesce(country, \"‸\") }")).has("de"));
  CHECK(Proposed("task { predict: returned  kind: binary(positive: \"‸\") }\ndata { source: csv(\"a\") }").has("yes"));
  CHECK(Proposed(with_orders("prepare { country: impute(\"‸\") }")).has("nl"));
  CHECK(Proposed(with_orders("deploy a { target: device(\"‸\") }")).has("raspberry-pi-4"));
}

TEST_CASE("files where a path stands") {
  const Proposed top("data { source: csv(\"‸\") }");
  CHECK(top.has("orders.csv"));
  CHECK(top.has("data/"));
  CHECK_FALSE(top.has(".git/"));
  CHECK(Proposed("data { source: csv(\"data/o‸\") }").has("data/old.csv"));
  CHECK(Proposed("import \"‸\" as m").has("money.mlw"));
  CHECK_FALSE(Proposed("import \"‸\" as m").has("orders.csv"));
}

TEST_CASE("functions of a module behind its name") {
  const std::map<std::string, std::string> modules = {{"money.mlw", "fn margin(price, cost) = price - cost\n"}};
  const Proposed proposed("import \"money.mlw\" as money\nprepare { x = money.‸ }", modules);
  CHECK(proposed.has("margin"));
  CHECK(proposed.found.items.size() == 1);
}

TEST_CASE("codes of warnings behind allow, and what follows them") {
  CHECK(Proposed(with_orders("allow ‸")).has("M221"));
  CHECK_FALSE(Proposed(with_orders("allow ‸")).has("M202"));  // an error cannot be waived
  CHECK(Proposed(with_orders("allow M221 ‸")).has("because"));
}

TEST_CASE("nothing in comments and in names of one's own") {
  CHECK(Proposed(with_orders("# sea‸")).found.items.empty());
  CHECK(Proposed(with_orders("fn ‸")).found.items.empty());
  CHECK(Proposed(with_orders("workflow x ‸")).found.items.size() > 0);
}

TEST_CASE("many proposals are cut to those that fit what is typed") {
  Marked marked(with_orders("prepare { x = column_77‸ }"));
  auto facts = Marked::orders();
  for (int i = 0; i < 2000; ++i) {
    mlw::ColumnSchema column;
    column.name = "column_" + std::to_string(i);
    facts.schemas[0].columns.push_back(column);
  }
  marked.file.set_facts(std::make_shared<DataFacts>(facts));
  const Completions found = complete(marked.file, marked.cursor, &marked.analysis(), {});
  CHECK(found.incomplete);
  CHECK(found.items.size() <= 400);
  CHECK(std::any_of(found.items.begin(), found.items.end(),
                    [](const Completion& item) { return item.label == "column_77"; }));
}

TEST_CASE("every proposal that can be explained is") {
  for (const char* text : {"‸", "search { ‸ }", "prepare { x = ‸ }", "metrics { objective: ‸ }", "allow ‸",
                           "prepare { x = 1  numbers: ‸ }"}) {
    const Proposed proposed(with_orders(text));
    for (const Completion& item : proposed.found.items)
      if (!item.about.empty()) {
        INFO(item.about);
        CHECK_FALSE(documentation_of(item.about, &proposed.marked.file, &proposed.marked.analysis()).empty());
      }
  }
}

TEST_CASE("completion answers at every place of every prefix") {
  const std::string text = with_orders(
      "prepare { `total amount` = if amount > 2 then f(amount, [1, 2]) else money.g(x: \"a\") |> h  "
      "numbers: impute(median) |> standardize }\nsearch { n = network(dense(8..9 log) |> relu, batch: 1 | 2) }");
  for (size_t end = 0; end <= text.size(); ++end) {
    const Marked marked(text.substr(0, end));
    for (const size_t at : {size_t{0}, end / 2, end}) complete(marked.file, static_cast<uint32_t>(at), nullptr, {});
  }
  SUCCEED();
}
