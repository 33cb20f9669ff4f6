#include "compiler/language_server/navigation.h"

#include <catch2/catch.hpp>

#include "tests/unit/language_server/marked.h"

using namespace mlw::language_server;

namespace {

/// The text around the place where the word at the cursor is introduced.
std::string definition(const std::string& text, std::map<std::string, std::string> modules = {}) {
  const Marked marked(text, std::move(modules));
  const auto place = definition_of(marked.file, marked.cursor, &marked.analysis());
  if (!place) return "";
  const std::string& whole = place->module.empty() ? marked.file.text() : place->text;
  const uint32_t end = std::min<uint32_t>(place->span.begin + 12, static_cast<uint32_t>(whole.size()));
  return place->module + whole.substr(place->span.begin, end - place->span.begin);
}

size_t references(const std::string& text, bool with_definition = true) {
  const Marked marked(text);
  return references_of(marked.file, marked.cursor, with_definition).size();
}

std::string renamed(const std::string& text, const std::string& name) {
  const Marked marked(text);
  std::string refusal;
  const auto edits = rename(marked.file, marked.cursor, name, &marked.analysis(), refusal);
  return refusal.empty() ? with_edits(marked.file.text(), edits) : "refused: " + refusal;
}

}  // namespace

TEST_CASE("names lead to where they are introduced") {
  CHECK(definition("prepare { dear = amount > 9  y = dea‸r }") == "dear = amoun");
  CHECK(definition("fn twice(x) = x * 2\nprepare { y = twi‸ce(a) }") == "twice(x) = x");
  CHECK(definition("fn f(price) = let h = price in h + pri‸ce") == "price) = let");
  CHECK(definition("fn f(price) = let h = price in h‸ + price") == "h = price in");
  CHECK(definition("metrics { cost = false_negatives  objective: minimize(co‸st) }") == "cost = false");
  CHECK(definition("search { w = 1..2  l = linear(l2: w‸) }") == "w = 1..2  l ");
  CHECK(definition("data a { source: csv(\"a\") }\ndata b { source: join(a‸, a, on: x) }") == "a { source: ");
  CHECK(definition("data { columns { amount: number } }\nprepare { x = amou‸nt }") == "amount: numb");
  CHECK(definition("fn f(x: 2) = x\nprepare { y = f(x‸: 3) }") == "x: 2) = x\npr");
  CHECK(definition("prepare { y = log‸(a) }").empty());
}

TEST_CASE("functions of modules lead into their file") {
  const std::map<std::string, std::string> modules = {{"m.mlw", "# a\nfn margin(p, c) = p - c\n"}};
  CHECK(definition("import \"m.mlw\" as money\nprepare { x = money.mar‸gin(1, 2) }", modules) == "m.mlwmargin(p, c)");
  CHECK(definition("import \"m.mlw\"\nprepare { x = m‸.margin(1, 2) }", modules).empty());
}

TEST_CASE("references are those that mean the same, in their scope") {
  CHECK(references("prepare { a‸ = x  b = a + a  numbers: impute(median) }") == 3);
  CHECK(references("prepare { a‸ = x  b = a + a }", false) == 2);
  CHECK(references("fn f(a‸) = a\nfn g(a) = a + a") == 2);
  CHECK(references("prepare { y = let a = 1 in a‸  z = a }") == 2);
  CHECK(references("prepare { y = amo‸unt + amount  drop: [amount] }") == 3);
  CHECK(references("prepare { y = log‸(amount) }") == 0);
  CHECK(references("data { where: dear > 1 }\nprepare { dear‸ = 2 }") == 1);  // `where` sees no definitions
}

TEST_CASE("renaming changes every use and nothing else") {
  CHECK(renamed("prepare { a‸ = x  b = a + amount  a: impute(0)  drop: [a] }", "c") ==
        "prepare { c = x  b = c + amount  c: impute(0)  drop: [c] }");
  CHECK(renamed("fn f(a‸) = a * f2(a: 1)\nfn g(a) = a", "x") == "fn f(x) = x * f2(a: 1)\nfn g(a) = a");
  CHECK(renamed("prepare { a = 1  b = a‸ }", "two words") == "prepare { `two words` = 1  b = `two words` }");
  CHECK(renamed("prepare { a = 1  b = a‸ }", "`two words`") == "prepare { `two words` = 1  b = `two words` }");
  CHECK(renamed("import \"m.mlw\" as m\nprepare { x = m‸.f(1) }", "money") ==
        "import \"m.mlw\" as money\nprepare { x = money.f(1) }");
  CHECK(renamed("workflow w‸ine", "cider") == "workflow cider");
}

TEST_CASE("what cannot be renamed says why") {
  CHECK(renamed(with_orders("prepare { x = amou‸nt }"), "y").starts_with("refused: `amount` is a column of the data"));
  CHECK(renamed("tas‸k { }", "y") == "refused: `task` is a word of the language");
  CHECK(renamed("prepare { a‸ = 1  b = 2 }", "b") == "refused: there is already a `b`");
  CHECK(renamed("prepare { a‸ = 1 }", "") == "refused: this is no name");
  CHECK(renamed("prepare { a‸ = 1 }", "x`y") == "refused: this is no name");
  CHECK(renamed("fn f‸(x) = x", "log") == "refused: `log` is a function of the language");
  CHECK(renamed(with_orders("prepare { a‸ = 1 }"), "amount") == "refused: `amount` is a column of the data");
  CHECK(renamed("prepare { a = 1 +‸ 2 }", "x") == "refused: there is no name here");
}

TEST_CASE("a difference is whole lines, and making it gives the other text") {
  for (const auto& [before, after] : {std::pair("a\nb\nc\n", "a\nx\nc\n"),
                                      {"a\nb\n", "a\nb\nb\n"},
                                      {"", "a\n"},
                                      {"a", ""},
                                      {"ab\nab\n", "ab\n"},
                                      {"x\n", "y x\n"},
                                      {"a\nb", "a\nb\n"}}) {
    const auto edits = difference(before, after);
    CHECK(with_edits(before, edits) == after);
    REQUIRE(edits.size() == 1);
  }
  CHECK(difference("a\n", "a\n").empty());
}
