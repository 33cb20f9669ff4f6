#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/diagnostics/page.h"

using namespace mlw;

TEST_CASE("every kind has a stable code of its own, a sentence and a long text") {
  std::set<std::string_view> codes;
  const auto kinds = all_kinds();
  REQUIRE(kinds.size() > 10);
  std::string_view before;
  for (const Kind* kind : kinds) {
    INFO(kind->code);
    CHECK(codes.insert(kind->code).second);
    CHECK(before < kind->code);
    before = kind->code;
    REQUIRE(kind->code.size() == 4);
    CHECK(std::string_view("STDMBR").find(kind->code[0]) != std::string_view::npos);
    CHECK(kind->code.find_first_not_of("0123456789", 1) == std::string_view::npos);
    CHECK_FALSE(kind->sentence.empty());
    CHECK_FALSE(kind->sentence.ends_with('.'));
    CHECK(kind->explain.empty() == (kind->code == "D990"));  // it belongs to the tests of rendering
    CHECK(find_kind(kind->code) == kind);
  }
  CHECK(find_kind("S999") == nullptr);
}

TEST_CASE("every kind that a header declares is known to this program") {
  const std::regex code("\n *\"([STDMBR][0-9]{3})\"|Kind \\w+\\{\"([STDMBR][0-9]{3})\"");
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(MLW_SOURCE_DIR "/compiler/diagnostics/kinds")) {
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string header = text.str();
    for (std::sregex_iterator at(header.begin(), header.end(), code), end; at != end; ++at, ++found) {
      const std::string one = (*at)[1].matched ? (*at)[1].str() : (*at)[2].str();
      INFO(one << " in " << entry.path().filename());
      CHECK(find_kind(one) != nullptr);
    }
  }
  CHECK(found + 2 >= static_cast<int>(all_kinds().size()));  // two belong to the tests of rendering
}

TEST_CASE("the long text of a kind is a page: examples, and values for what is in braces") {
  static const Kind kind{"R990",
                         Severity::note,
                         "`{name}` is {what}",
                         "{name} again",
                         "leave {other} alone",
                         R"(Prose with {name}.

Wrong:  task { predict: x }
        data { source: csv("a.csv") }
          deeper
Right:  task { predict: y }

More prose.

With:   name = fee
        what = a = b)"};
  const Page page = page_of(kind);
  CHECK(page.message == "`fee` is a = b");
  CHECK(page.reason == "fee again");
  CHECK(page.help == "leave {other} alone");
  CHECK(page.wrong == std::vector<std::string>{"task { predict: x }\ndata { source: csv(\"a.csv\") }\n  deeper"});
  CHECK(page.right == std::vector<std::string>{"task { predict: y }"});
  CHECK(page.text.starts_with("Prose with {name}.\n\nWrong:  task { predict: x }\n        data {"));
  CHECK(page.text.ends_with("Right:  task { predict: y }\n\nMore prose."));
}

TEST_CASE("arguments fill the braces of a text") {
  CHECK(fill("no file `{path}` in {folder}", {{"path", "a.csv"}, {"folder", "data"}}) == "no file `a.csv` in data");
  CHECK(fill("{unknown} stays", {{"path", "x"}}) == "{unknown} stays");
  CHECK(fill("a { and {path}", {{"path", "x"}}) == "a { and x");
  CHECK(fill("{path", {{"path", "x"}}) == "{path");
  CHECK(fill("{path}", {{"path", "{path}"}}) == "{path}");
  CHECK(fill("", {}) == "");
}

TEST_CASE("reports are collected in order and errors are counted") {
  Diagnostics first, second;
  CHECK_FALSE(first.has_errors());
  first.report(kinds::no_value, {0, 1, 2}, {{"name", "seed"}, {"sign", ":"}})
      .at("here")
      .also_at({0, 3, 4}, "there")
      .note("a fact")
      .suggest({0, 1, 2}, "7");
  second.append(first);
  REQUIRE(second.all().size() == 1);
  CHECK(second.has_errors());
  const Diagnostic& diagnostic = second.all().front();
  CHECK(diagnostic.message == "`seed` has no value");
  CHECK(diagnostic.help == "write its value behind the `:`");
  CHECK(diagnostic.label == "here");
  CHECK(diagnostic.also.at(0).text == "there");
  CHECK(diagnostic.notes.at(0) == "a fact");
  CHECK(diagnostic.mend->text == "7");
  second.append(second);
  CHECK(second.all().size() == 2);
}

TEST_CASE("a failure carries its diagnostic") {
  try {
    fail(kinds::too_long, {{"size", "20"}, {"limit", "10"}}, {3, 4, 5});
    FAIL("nothing was thrown");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic.kind == &kinds::too_long);
    CHECK(failure.diagnostic.message == "this file is too long: 20 bytes");
    CHECK(failure.diagnostic.range == SourceRange{3, 4, 5});
  }
}

TEST_CASE("a misspelt name finds the nearest known one") {
  const std::vector<std::string> known{"evaluate", "search", "standardize", "impute", "l1", "l2", "größe", "年齢"};
  CHECK(nearest_name("evalaute", known) == "evaluate");  // neighbours exchanged
  CHECK(nearest_name("standardise", known) == "standardize");
  CHECK(nearest_name("Search", known) == "search");
  CHECK(nearest_name("serach", known) == "search");
  CHECK(nearest_name("grösse", known) == "größe");
  CHECK(nearest_name("l3", known) == "l1");  // the first of equals
  CHECK(nearest_name("quality", known).empty());
  CHECK(nearest_name("x", known).empty());
  CHECK(nearest_name("", known).empty());
  CHECK(nearest_name("search", known).empty());  // the name itself is no suggestion
  CHECK(nearest_name(std::string(1000, 'a'), known).empty());
}
