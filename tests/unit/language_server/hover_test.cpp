#include "compiler/language_server/hover.h"

#include <catch2/catch.hpp>

#include "compiler/language_server/markdown.h"
#include "tests/unit/language_server/marked.h"

using namespace mlw::language_server;

namespace {

std::string hovered(const std::string& text) {
  const Marked marked(text);
  const auto found = hover(marked.file, marked.cursor, &marked.analysis());
  return found ? found->markdown : "";
}

bool holds(const std::string& text, const std::string& part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
  return text.find(part) != std::string::npos;
}

Signature signed_at(const std::string& text) {
  const Marked marked(text);
  return signature(marked.file, marked.cursor).value_or(Signature{});
}

}  // namespace

TEST_CASE("words of the vocabulary say type, unit, default, range and help") {
  holds(hovered("se‸arch { }"), "**search** — block, step: develop the model");
  const std::string time = hovered("search { ti‸me: 5min }");
  holds(time, "a duration, in `ns`");
  const std::string trials = hovered("search { tri‸als: 5 }");
  holds(trials, "an integer, from 1 to 100000; default: `30`");
  holds(hovered("search { l = linear(l‸2: 1) }"), "weight of the squared coefficients");
  holds(hovered("search { l = line‸ar(l2: 1) }"), "**linear(l2?, l1?)** — model");
  holds(hovered("prepare { numbers: impute(med‸ian) }"), "of `value`");
  holds(hovered("prepare { x = ho‸ur(ordered_at) }"), "(x: date) -> integer");
  holds(hovered("metrics { objective: roc_‸auc }"), "Larger is better. Values from 0 to 1.");
  holds(hovered("expect { every: 1da‸y }"), "unit of time");
  holds(hovered("allow M22‸1 because \"x\""), "accuracy");
}

TEST_CASE("columns say what the data hold") {
  const std::string amount = hovered(with_orders("prepare { x = am‸ount }"));
  holds(amount, "`amount` — number in EUR");
  holds(amount, "*inferred: as found*");
  holds(amount, "from 1.5 to 900");
  holds(amount, "24 missing (3 %)");
  holds(amount, "800 development rows");
  holds(hovered(with_orders("prepare { x = coun‸try == \"de\" }")), "`de` 62.5 %, `fr` 25 %");
  holds(hovered("task { predict: retu‸rned }\ndata { source: csv(\"a\") }"), "Its part: target.");
  CHECK(hovered(with_orders("prepare { x = nowh‸ere }")).empty());
}

TEST_CASE("names of the file say their type and documentation") {
  const std::string text = with_orders("prepare {\n  ## Dear ones.\n  dear = amount > 9\n  y = de‸ar\n}");
  holds(hovered(text), "`dear` — column defined here: flag");
  holds(hovered(text), "Dear ones.");
  holds(hovered(text), "dear = amount > 9");
  holds(hovered("fn f(a, b) = a\nprepare { x = f‸(1, 2) }"), "function of this file");
}

TEST_CASE("nothing is said of signs, comments and texts") {
  CHECK(hovered("task {‸ }").empty());
  CHECK(hovered("# tas‸k").empty());
  CHECK(hovered("").empty());
}

TEST_CASE("text of the data stays code in Markdown, and a plain text has no marks") {
  CHECK(code("a") == "`a`");
  CHECK(code("a`b") == "`` a`b ``");
  CHECK(code("x\ny").find('\n') == std::string::npos);
  CHECK(code(std::string(500, 'x')).size() < 100);
  CHECK(plain_text("**a** — b\n\n```mlw\nc\n```\n*d*") == "a — b\n\nc\nd");
}

TEST_CASE("signatures show the parameter that is being written") {
  const Signature linear = signed_at("search { l = linear(1, ‸) }");
  CHECK(linear.label == "linear(l2?, l1?)");
  CHECK(linear.active == 1);
  CHECK(linear.label.substr(linear.parameters[1].begin, 3) == "l1?");
  CHECK(signed_at("search { l = linear(l1: ‸) }").active == 1);
  CHECK(signed_at("prepare { x = quantile(amount, ‸) }").label == "quantile(x: number, share: number) -> number");
  CHECK(signed_at("fn f(a, b: 2) = a\nprepare { x = f(1, ‸) }").label == "f(a, b)");
  CHECK(signed_at("metrics { watch: [recall_at(‸)] }").label == "recall_at(precision)");
  CHECK(signed_at("search { n = network(dense(‸)) }").label == "dense(units)");
  CHECK(signed_at("prepare { x = log(a) + ‸ }").label.empty());
  CHECK(signed_at("prepare { x = log(1 + (2‸ }").label == "log(x: number) -> number");
}
