#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/diagnostics/characters.h"
#include "tests/unit/syntax/program_generator.h"
#include "tests/unit/syntax/syntax_helpers.h"

using namespace mlw;

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Printing keeps the tree, and printing twice changes nothing.
void check_round_trip(const std::string& text) {
  const Parsed first(text);
  INFO("the text:\n" << text << "\n" << first.shown());
  REQUIRE(first.diagnostics.empty());
  const std::string printed = first.print();
  const Parsed second(printed);
  INFO("printed:\n" << printed << "\n" << second.shown());
  REQUIRE(second.diagnostics.empty());
  REQUIRE(second.dump() == first.dump());
  REQUIRE(second.print() == printed);
}

/// No line ends in a space; lines are within the width unless they hold one long word or comment.
void check_layout(const std::string& printed) {
  std::istringstream lines(printed);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK_FALSE(line.ends_with(' '));
    CHECK(line.find('\t') == std::string::npos);
  }
}

std::string printed(const std::string& text) { return Parsed(text).print(); }

}  // namespace

TEST_CASE("the corpus keeps its trees when it is printed") {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(MLW_SOURCE_DIR "/tests/golden/syntax")) {
    if (entry.path().extension() != ".mlw") continue;
    ++files;
    INFO(entry.path());
    const std::string text = read(entry.path());
    check_round_trip(text);
    if (entry.path().stem() != "windows") check_layout(Parsed(text).print());
  }
  CHECK(files >= 7);
}

TEST_CASE("every prefix of the corpus is answered, and what has no fault keeps its tree") {
  for (const auto& entry : std::filesystem::directory_iterator(MLW_SOURCE_DIR "/tests/golden/syntax")) {
    if (entry.path().extension() != ".mlw") continue;
    const std::string text = read(entry.path());
    for (size_t length = 0; length < text.size(); length += 7) {
      const Parsed parsed(text.substr(0, length));
      CHECK_NOTHROW(parsed.shown());
      if (parsed.diagnostics.empty()) check_round_trip(text.substr(0, length));
    }
  }
}

TEST_CASE("generated programs keep their trees when they are printed") {
  for (uint64_t seed = 0; seed < 5000; ++seed) {
    INFO("seed " << seed);
    check_round_trip(ProgramGenerator(seed).program());
  }
}

TEST_CASE("single tokens taken out, doubled or exchanged are answered, never followed into a crash") {
  for (uint64_t seed = 0; seed < 5000; ++seed) {
    INFO("seed " << seed);
    const std::string text = ProgramGenerator(seed).broken_program();
    INFO(text);
    const Parsed parsed(text);
    CHECK_NOTHROW(parsed.shown());
    if (parsed.diagnostics.empty()) check_round_trip(text);
  }
}

TEST_CASE("parentheses stand where they are needed and nowhere else") {
  CHECK(printed("x = ((a + b)) * (c)") == "x = (a + b) * c\n");
  CHECK(printed("x = (a * b) + (c^d)") == "x = a * b + c^d\n");
  CHECK(printed("x = a - (b - c)") == "x = a - (b - c)\n");
  CHECK(printed("x = (a - b) - c") == "x = a - b - c\n");
  CHECK(printed("x = (-2)^2") == "x = (-2)^2\n");
  CHECK(printed("x = -(2^2)") == "x = -2^2\n");
  CHECK(printed("x = 2^(3^2)") == "x = 2^3^2\n");
  CHECK(printed("x = (2^3)^2") == "x = (2^3)^2\n");
  CHECK(printed("x = not (a and b)") == "x = not (a and b)\n");
  CHECK(printed("x = (not a) and b") == "x = not a and b\n");
  CHECK(printed("x = (a < b) == (c < d)") == "x = (a < b) == (c < d)\n");
  CHECK(printed("x = (a |> b) |> c") == "x = (a |> b) |> c\n");
  CHECK(printed("x = (if a then b else c)") == "x = if a then b else c\n");
  CHECK(printed("x = f((a | b), (c |> d))") == "x = f(a | b, c |> d)\n");
  CHECK(printed("x = let a = (b in c) in d") == "x = let a = (b in c) in d\n");
  CHECK(printed("x = let a = (not b in c) in d") == "x = let a = (not b in c) in d\n");
  CHECK(printed("x = let a = (f(b in c)) in d") == "x = let a = f(b in c) in d\n");
}

TEST_CASE("one layout") {
  CHECK(printed("workflow w task{predict:x kind:binary}data{source:csv(\"a\")}e{}") ==
        "workflow w\ntask {\n  predict: x\n  kind: binary\n}\ndata { source: csv(\"a\") }\ne {}\n");
  CHECK(printed("x=1..2 y=a+1..b z=8..64 step 8") == "x = 1..2\ny = a + 1 .. b\nz = 8..64 step 8\n");
  CHECK(printed("a:1\n\n\n\nb:2\nc:3") == "a: 1\n\nb: 2\nc: 3\n");
  CHECK(printed("t { a b { c: 1 } }") == "t {\n  a b { c: 1 }\n}\n");
  CHECK(printed("x = \"a\\u{41}\\u{0}\"") == "x = \"aA\\u{0}\"\n");
  CHECK(printed("x = f(a,)") == "x = f(a)\n");
  CHECK(printed("a: 1 # c  ") == "a: 1  # c\n");
}

TEST_CASE("long lines are broken at their outermost joints") {
  const Parsed layout(read(MLW_SOURCE_DIR "/tests/golden/syntax/layout.mlw"));
  std::istringstream lines(layout.print());
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(width(line) <= 100);
  }
}
