#include <catch2/catch.hpp>

#include "compiler/language_server/outline.h"
#include "compiler/language_server/semantic_tokens.h"
#include "tests/unit/language_server/marked.h"

using namespace mlw::language_server;

namespace {

std::string shown(const std::vector<OutlineEntry>& entries) {
  std::string out;
  for (const OutlineEntry& entry : entries) {
    out += (out.empty() ? "" : ", ") + entry.name;
    if (!entry.inside.empty()) out += "(" + shown(entry.inside) + ")";
  }
  return out;
}

std::string folded(const std::string& text) {
  std::string out;
  const Marked marked(text);
  for (const Fold& fold : folds(marked.file))
    out += std::to_string(fold.first_line) + "-" + std::to_string(fold.last_line) + " ";
  return out;
}

/// Every token as "text:sort".
std::string painted(const std::string& text) {
  const Marked marked(text);
  std::string out;
  for (const SemanticToken& token : semantic_tokens(marked.file))
    out += std::string(marked.text_of(token.span)) + ":" +
           std::string(semantic_sorts()[static_cast<size_t>(token.sort)]) + ((token.modifiers & 1) != 0 ? "!" : "") +
           " ";
  return out;
}

}  // namespace

TEST_CASE("the outline has blocks with what stands in them") {
  const Marked marked(
      "workflow w \"t\"\nfn f(a, b) = a\ndata d { source: csv(\"a\")  columns { x, y: number } }\n"
      "allow M221 because \"r\"\nprepare { z = 1 }\ndeploy a, b { target: library }");
  const auto entries = outline(marked.file);
  CHECK(shown(entries) == "w, f, data d(source, columns(x, y)), allow M221, prepare(z), deploy a b(target)");
  CHECK(entries[1].detail == "(a, b)");
  CHECK(entries[2].inside[0].detail == "csv(\"a\")");
  CHECK(marked.text_of(entries[4].inside[0].whole) == "z = 1");
}

TEST_CASE("entries of the outline lie within each other") {
  const Marked marked("data d { source: csv(\"a\" columns { x: number\nprepare { z = (1 }\ntask { predict: ");
  const std::function<void(const std::vector<OutlineEntry>&, Span)> check = [&](const auto& entries, Span around) {
    for (const OutlineEntry& entry : entries) {
      CHECK(around.begin <= entry.whole.begin);
      CHECK(entry.whole.end <= around.end);
      CHECK(entry.whole.begin <= entry.name_span.begin);
      CHECK(entry.name_span.end <= entry.whole.end);
      check(entry.inside, entry.whole);
    }
  };
  check(outline(marked.file), {0, static_cast<uint32_t>(marked.file.text().size())});
}

TEST_CASE("blocks, brackets, texts, comments and imports fold") {
  CHECK(folded("task {\n  predict: y\n}\n") == "0-1 ");
  CHECK(folded("search {\n  n = network(\n    dense(1)\n  )\n}\n") == "0-3 1-2 ");
  CHECK(folded("# a\n# b\n# c\ntask { predict: y }\n") == "0-2 ");
  CHECK(folded("data { source: sql(\"\"\"\na\nb\"\"\") }") == "0-1 0-1 0-2 ");
  CHECK(folded("import \"a\"\nimport \"b\"\n") == "0-1 ");
  CHECK(folded("task { predict: y }").empty());
}

TEST_CASE("a selection grows from the word to the file") {
  const Marked marked("search {\n  l = linear(l2: 0.‸1)\n}\n");
  std::vector<std::string> texts;
  for (const Span span : selections(marked.file, marked.cursor)) texts.emplace_back(marked.text_of(span));
  CHECK(texts == std::vector<std::string>{"0.1", "l2: 0.1", "(l2: 0.1)", "linear(l2: 0.1)", "l = linear(l2: 0.1)",
                                          "\n  l = linear(l2: 0.1)\n", "search {\n  l = linear(l2: 0.1)\n}",
                                          "search {\n  l = linear(l2: 0.1)\n}\n"});
}

TEST_CASE("paths of data and modules are links") {
  const Marked marked(
      "import \"m.mlw\"\ndata { source: csv(\"a.csv\", delimiter: \";\") }\ndata b { source: csv(\"*.csv\") }");
  const auto found = links(marked.file);
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == "m.mlw");
  CHECK(marked.text_of(found[1].span) == "a.csv");
}

TEST_CASE("words are coloured by what they mean") {
  CHECK(painted("workflow w\n") == "workflow:keyword w:namespace! ");
  CHECK(painted("task { predict: y }") == "task:struct predict:property ::operator y:variable ");
  CHECK(painted("fn f(a) = a + log(2)") ==
        "fn:keyword f:function! a:parameter! =:operator a:parameter +:operator log:function 2:number ");
  CHECK(painted("search { l = linear(l2: 1..2 log) }") ==
        "search:struct l:variable! =:operator linear:class l2:parameter ::operator 1:number ..:operator 2:number "
        "log:keyword ");
  CHECK(painted("prepare { numbers: impute(median) }") ==
        "prepare:struct numbers:property ::operator impute:class median:enumMember ");
  CHECK(painted("data { columns { x: number } }").find("number:type") != std::string::npos);
  CHECK(painted("allow M221 because \"x\"") == "allow:keyword M221:enumMember because:keyword \"x\":string ");
  CHECK(painted("metrics { c = truth }") == "metrics:struct c:event! =:operator truth:event ");
}

TEST_CASE("tokens of several lines are cut, and come in order") {
  const Marked marked("# one\ndata { source: sql(\"\"\"a\nb\n\nc\"\"\") } # two\n## three");
  uint32_t last = 0;
  int texts = 0;
  for (const SemanticToken& token : semantic_tokens(marked.file)) {
    CHECK(last <= token.span.begin);
    CHECK(marked.text_of(token.span).find('\n') == std::string::npos);
    last = token.span.end;
    texts += token.sort == SemanticSort::text ? 1 : 0;
  }
  CHECK(texts == 3);  // the empty line has none
  CHECK(last == marked.file.text().size());
}
