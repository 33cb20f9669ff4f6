#include <catch2/catch.hpp>

#include "tests/unit/syntax/syntax_helpers.h"

using namespace mlw;

namespace {

using Codes = std::vector<std::string>;

Codes codes(const std::string& text) { return Parsed(text).codes(); }

std::string message(const std::string& text) {
  const Parsed parsed(text);
  return parsed.diagnostics.empty() ? "nothing" : parsed.diagnostics.all().front().message;
}

std::string help(const std::string& text) {
  const Parsed parsed(text);
  return parsed.diagnostics.empty() ? "nothing" : parsed.diagnostics.all().front().help;
}

}  // namespace

TEST_CASE("bytes that are no UTF-8 are shown and end the reading") {
  CHECK(codes("x = 1\ny = \"\xff\"") == Codes{"S001@2:6"});
}

TEST_CASE("characters that the language does not know are reported with what was meant") {
  CHECK(codes("task { predict: quality; kind: 5 $ 6 }") == Codes{"S002@1:24", "S002@1:34"});
  CHECK(help("x = 1;") == "settings need no separators: remove it");
  CHECK(help("x = 'a'") == "texts stand in plain double quotes: \"…\"");
  CHECK(help("x = a && b") == "write `and`");
  CHECK(help("x = 5 % 3").find("mod(a, b)") != std::string::npos);
  CHECK(help("x = f(a，b)") == "this is the wide form; write a plain `,`");
  CHECK(help("x = a ≤ b") == "write `<=`");
  CHECK(message("x = a\u200B") == "the invisible character U+200B is not part of the language");
  CHECK(message(std::string("x = a") + '\0') == "the invisible character U+0000 is not part of the language");
  CHECK(codes("x = 🍷") == Codes{"S002@1:5"});
  const Parsed semicolon("x = 1; y = 2");
  REQUIRE(semicolon.diagnostics.all().front().mend);
  CHECK(semicolon.diagnostics.all().front().mend->text.empty());
  CHECK(semicolon.file.items.size() == 2);
}

TEST_CASE("texts and names that are never closed") {
  CHECK(codes("x = f(\"abc)\ny = 2") == Codes{"S003@1:7"});
  CHECK(codes("x = \"abc\\") == Codes{"S003@1:5"});
  CHECK(codes("x = \"\"\"abc\ny = 2\n\"") == Codes{"S003@1:5"});
  CHECK(codes("x = `abc\ny = 2") == Codes{"S004@1:5"});
  CHECK(codes("x = ``\ny = 2") == Codes{"S004@1:5"});
}

TEST_CASE("escapes, dates and numbers that mean nothing") {
  CHECK(codes(R"(x = "a\qb\u{110000}\u{d800}\u{}\u12")") ==
        Codes{"S005@1:7", "S005@1:10", "S005@1:20", "S005@1:28", "S005@1:32"});
  CHECK(codes("x = 2026-02-30 y = 2026-13-01 z = 2026-01-01T24:00 w = 2026-01-01T00:00:00.1234567") ==
        Codes{"S017@1:5", "S017@1:20", "S017@1:35", "S017@1:56"});
  CHECK(codes("x = 1e999") == Codes{"S018@1:5"});
}

TEST_CASE("brackets without partners") {
  CHECK(codes("task { predict: x\ndata { y: 1 }") == Codes{"S006@1:6"});
  CHECK(codes("task { predict: x } }\ny = 1") == Codes{"S007@1:21"});
  CHECK(codes("task {\n x: f(1, (2 \n y: 3\n}\nz = 1") == Codes{"S006@2:6", "S006@2:10"});
  CHECK(codes("x = [1, 2)\ny = 3") == Codes{"S006@1:5", "S007@1:10"});
  CHECK(codes("x = (1]\ny = 3") == Codes{"S006@1:5", "S007@1:7"});
}

TEST_CASE("several mistakes are reported at once, each once, and what is sound is kept") {
  const Parsed parsed(R"(workflow w
task {
  predict: a b c
  kind: binary(positive = "yes")
  seed:
  drop: [a b]
  good: 1
}
data { source csv("x") }
prepare {
  net = f(
    a,
    b: 3
    c: 4
  )
  also_good = 2
}
)");
  INFO(parsed.shown());
  CHECK(parsed.codes() == Codes{"S010@3:14", "S010@4:25", "S011@5:3", "S010@6:12", "S010@9:15", "S010@14:5"});
  CHECK(parsed.dump().find("setting good\n      number 1") != std::string::npos);
  CHECK(parsed.dump().find("definition also_good\n      number 2") != std::string::npos);
  CHECK(parsed.dump().find("setting kind\n      bad") != std::string::npos);
}

TEST_CASE("what was expected and what was found is said in plain words") {
  CHECK(message("x = ") == "`x` has no value");
  CHECK(message("x = f(a b)") == "`,` or `)` should stand here, not `b`");
  CHECK(message("x = [a b]") == "`,` or `]` should stand here, not `b`");
  CHECK(message("x = (a b)") == "`)` should stand here, not `b`");
  CHECK(message("x = f(a, *)") == "a value should stand here, not `*`");
  CHECK(message("x = if a then b") == "`else` should stand here, not the end of the file");
  CHECK(message("x = if a b") == "`then` should stand here, not `b`");
  CHECK(message("x = let a 1 in b") == "`=` should stand here, not `1`");
  CHECK(message("x = let a = 1\ny = 2") == "`in` should stand here, not `y`");
  CHECK(message("where amount > 0") == "`:`, `=` or `{` should stand here, not `amount`");
  CHECK(message("deploy api reader { a: 1 }") == "`,` or `{` should stand here, not `reader`");
  CHECK(message("deploy api, { a: 1 }") == "`,` or `{` should stand here, not `,`");
  CHECK(message("allow M207 \"x\"") == "`because` should stand here, not `\"x\"`");
  CHECK(message("allow M207 because x") == "a text in double quotes should stand here, not `x`");
  CHECK(message("import text") == "a file name in double quotes should stand here, not `text`");
  CHECK(message("fn f x = 1") == "`(` should stand here, not `x`");
  CHECK(message("fn f(x) 1") == "`=` should stand here, not `1`");
  CHECK(message("fn f(1) = 1") == "a name or `)` should stand here, not `1`");
  CHECK(message("workflow\ntask { a: 1 }") == "a name should stand here, not `task`");
  CHECK(message("workflow \"wine\"") == "a name should stand here, not `\"wine\"`");
  CHECK(message("x: 3 + \n y: 2") == "a value should stand here, not `y`");
  CHECK(message("(1 + 2)") == "a setting, a definition or a block should stand here, not `(`");
  CHECK(message("x = a = b") == "an operator or the next setting should stand here, not `=`");
  CHECK(message("x = \"" + std::string(100, 'y') + "\" \"z\"") ==
        "an operator or the next setting should stand here, not `\"z\"`");
  CHECK(message("x = 1 \"" + std::string(100, 'y') + "\"").ends_with("not `\"" + std::string(29, 'y') + "…`"));
}

TEST_CASE("habits from other languages get advice") {
  CHECK(help("x = f(a = 3)") == "an argument is given as `key: value`, a comparison is written `==`");
  CHECK(help("x = a = b") == "a comparison is written `==`");
  CHECK(help("x = a ** b") == "a power is written `a^b`");
  CHECK(help("x = a || b") == "write `or`");
  CHECK(help("x = 1. + 2") == "a number has digits on both sides of its point: 0.5, 1.0");
  CHECK(help("x = .5") == "a number has digits on both sides of its point: 0.5, 1.0");
  CHECK(help("x = 1 // a comment") == "a comment begins with `#`");
}

TEST_CASE("words of the language are no names") {
  CHECK(codes("drop: [step]") == Codes{"S012@1:8"});
  CHECK(codes("step: 3") == Codes{"S012@1:1"});
  CHECK(codes("workflow in") == Codes{"S012@1:10"});
  CHECK(codes("x = let then = 1 in 2") == Codes{"S012@1:9"});
  CHECK(codes("predict: in\nkind: binary") == Codes{"S012@1:10"});
  const Parsed parsed("drop: [step]");
  CHECK(parsed.diagnostics.all().front().mend->text == "`step`");
}

TEST_CASE("what a reader could misread needs parentheses") {
  CHECK(codes("x = a < b < c") == Codes{"S013@1:11"});
  CHECK(codes("x = (a < b) == c").empty());
  CHECK(codes("x = a |> b | c") == Codes{"S014@1:7"});
  CHECK(codes("x = a | b |> c") == Codes{"S014@1:11"});
  CHECK(codes("x = 2 + if a then 1 else 2") == Codes{"S015@1:9"});
  CHECK(codes("x = a |> if b then c else d") == Codes{"S015@1:10"});
  CHECK(codes("x = a | let b = c in b") == Codes{"S015@1:9"});
  CHECK(codes("x = a == not b") == Codes{"S015@1:10"});
  CHECK(codes("x = 1..2..3") == Codes{"S015@1:5"});
  CHECK(codes("x = 1..2 step 3 log") == Codes{"S016@1:17"});
  CHECK(codes("x = 3 step 4") == Codes{"S016@1:7"});
  CHECK(codes("x = 3 log") == Codes{"S016@1:7"});
}

TEST_CASE("a workflow is named once, at the beginning") {
  CHECK(codes("task { a: 1 }\nworkflow wine") == Codes{"S019@2:1"});
  CHECK(codes("workflow a\nworkflow b \"title\"\ntask { x: 1 }") == Codes{"S019@2:1"});
}

TEST_CASE("thousands of mistakes end in a bounded list") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "; x ) ( ] y\n";
  const size_t count = codes(text).size();
  CHECK(count >= 100);
  CHECK(count <= 1000);
}

TEST_CASE("the examples of every explanation break and mend as they say") {
  const auto between = [](std::string_view text, std::string_view begin, std::string_view end) {
    const size_t from = text.find(begin) + begin.size();
    return std::string(text.substr(from, text.find(end, from) - from));
  };
  int examples = 0;
  for (const Kind* kind : all_kinds()) {
    if (kind->code[0] != 'S' || kind->explain.find("Wrong:") == std::string_view::npos) continue;
    ++examples;
    const Parsed wrong(between(kind->explain, "Wrong:", "Right:"));
    const Parsed right(between(kind->explain, "Right:", "\n\n"));
    INFO(kind->code << "\n" << wrong.shown() << right.shown());
    REQUIRE_FALSE(wrong.diagnostics.empty());
    CHECK(wrong.diagnostics.all().front().kind == kind);
    CHECK(right.diagnostics.empty());
  }
  CHECK(examples >= 14);
}
