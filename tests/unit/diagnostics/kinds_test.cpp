#include <catch2/catch.hpp>
#include <set>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/diagnostics/kinds/syntax.h"

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
    CHECK(kind->explain.empty() == (kind->code == "D990"));  // D990 belongs to the tests of rendering
    CHECK(find_kind(kind->code) == kind);
  }
  CHECK(find_kind("S999") == nullptr);
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
