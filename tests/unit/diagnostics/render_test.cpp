#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/source.h"

using namespace mlw;

namespace {

const Kind leak{"M990",
                Severity::error,
                "`{column}` is known only after the prediction is due",
                "the label would leak into the inputs: the model would look perfect and fail in use",
                "remove this column, or declare when it is known with `known_after(…)`",
                "A long text."};
const Kind plain{"D990", Severity::warning, "there is no file `{path}`", "", "", ""};

SourceRange find(const Sources& sources, uint32_t file, std::string_view text) {
  const size_t begin = sources[file].text.find(text);
  REQUIRE(begin != std::string::npos);
  return {file, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + text.size())};
}

struct Case {
  Sources sources;
  Diagnostics diagnostics;
  uint32_t file;
  explicit Case(std::string text, std::string path = "card_fraud.mlw")
      : file(sources.add({std::move(path), std::move(text)})) {}
  SourceRange range(std::string_view text) const { return find(sources, file, text); }
  std::string shown(int width = 100, bool colour = false) const {
    return "\n" + render(diagnostics, sources, {.colour = colour, .width = width});
  }
};

}  // namespace

TEST_CASE("a diagnostic shows its place, reason and help") {
  Case c(std::string(30, '\n') + "  hours_to_chargeback = hours(chargeback_at - paid_at)\n");
  c.diagnostics.report(leak, c.range("chargeback_at"), {{"column", "chargeback_at"}})
      .at("known 30 days after `paid_at`");
  CHECK(c.shown() == R"(
error[M990]: `chargeback_at` is known only after the prediction is due
  ┌─ card_fraud.mlw:31:31
  │
31│   hours_to_chargeback = hours(chargeback_at - paid_at)
  │                               ^^^^^^^^^^^^^ known 30 days after `paid_at`
  │
  = the label would leak into the inputs: the model would look perfect and fail in use
  = help: remove this column, or declare when it is known with `known_after(…)`
  = mlwc explain M990
)");
}

TEST_CASE("narrow terminals wrap reasons and cut lines") {
  Case c(std::string(99, '\n') + "  hours_to_chargeback = hours(chargeback_at - paid_at)  # and more that is far away");
  c.diagnostics.report(leak, c.range("chargeback_at"), {{"column", "x"}}).at("known 30 days after `paid_at`");
  CHECK(c.shown(40) == R"(
error[M990]: `x` is known only after the prediction is due
   ┌─ card_fraud.mlw:100:31
   │
100│ …k = hours(chargeback_at - paid_at…
   │            ^^^^^^^^^^^^^
   │       known 30 days after `paid_at`
   │
   = the label would leak into the
     inputs: the model would look
     perfect and fail in use
   = help: remove this column, or
     declare when it is known with
     `known_after(…)`
   = mlwc explain M990
)");
}

TEST_CASE("wide characters and tabs keep the marks in their columns") {
  Case c("\t年齢 = 生年 + ee\u0301\n", "年.mlw");
  c.diagnostics.report(plain, c.range("生年"), {{"path", "p"}}).also_at(c.range("ee\u0301"), "zweitens").at("erstens");
  CHECK(c.shown() == R"(
warning[D990]: there is no file `p`
  ┌─ 年.mlw:1:7
  │
 1│     年齢 = 生年 + eé
  │            ^^^^ erstens
  │                   -- zweitens
  │
)");
}

TEST_CASE("second places show their own lines, and other files their own names") {
  Case c("one\ntwo\nthree\nfour\nfive\nsix\nseven\n", "a.mlw");
  const uint32_t other = c.sources.add({"b.mlw", "elsewhere"});
  c.diagnostics.report(plain, c.range("five"), {{"path", "p"}})
      .also_at(find(c.sources, other, "where"), "other file")
      .also_at(c.range("three"), "two lines up")
      .also_at(c.range("seven"), "")
      .also_at(c.range("one"), "far up")
      .note("a fact");
  CHECK(c.shown() == R"(
warning[D990]: there is no file `p`
  ┌─ a.mlw:5:1
  │
 1│ one
  │ --- far up
 2│ two
 3│ three
  │ ----- two lines up
 4│ four
 5│ five
  │ ^^^^
 6│ six
 7│ seven
  │ -----
  ├─ b.mlw:1:5
  │
 1│ elsewhere
  │     ----- other file
  │
  = a fact
)");
}

TEST_CASE("lines between far places are left out") {
  Case c("one\ntwo\nthree\nfour\n", "a.mlw");
  c.diagnostics.report(plain, c.range("four")).also_at(c.range("one"), "");
  CHECK(c.shown().find(" 1│ one\n  │ ---\n  ┆\n 4│ four\n") != std::string::npos);
}

TEST_CASE("a fact without a place has no window") {
  Case c("");
  c.diagnostics.report(plain, {}, {{"path", "a\x1b[2J.csv"}}).note("1 row");
  CHECK(c.shown() == "\nwarning[D990]: there is no file `a\\x1b[2J.csv`\n  = 1 row\n");
}

TEST_CASE("ranges over lines and at the end are marked where they begin") {
  Case c("ab {\n  cd\n", "a.mlw");
  c.diagnostics.report(plain, {c.file, 3, 9});
  c.diagnostics.report(plain, {c.file, 10, 10});
  c.diagnostics.report(plain, {c.file, 4, 4}).at("line end");
  CHECK(c.shown().find(" 1│ ab {\n  │    ^\n") != std::string::npos);
  CHECK(c.shown().find("a.mlw:3:1\n  │\n 3│ \n  │ ^\n") != std::string::npos);
  CHECK(c.shown().find(" 1│ ab {\n  │     ^ line end\n") != std::string::npos);
}

TEST_CASE("colour wraps the parts and nothing else changes") {
  Case c("abc\n", "a.mlw");
  c.diagnostics.report(leak, c.range("b")).at("this");
  std::string coloured = c.shown(100, true);
  CHECK(coloured.find("\x1b[1;31merror[M990]\x1b[0m") != std::string::npos);
  CHECK(coloured.find("\x1b[1;31m^ this\x1b[0m") != std::string::npos);
  for (size_t at; (at = coloured.find('\x1b')) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) - at + 1);
  CHECK(coloured == c.shown());
}

TEST_CASE("many messages end in a count") {
  Case c("abc\n", "a.mlw");
  for (int i = 0; i < 23; ++i) c.diagnostics.report(plain);
  const std::string shown = c.shown();
  CHECK(shown.ends_with("\n… and 3 more messages\n"));
  size_t count = 0;
  for (size_t at = 0; (at = shown.find("D990", at)) != std::string::npos; ++at) ++count;
  CHECK(count == 20);
}

TEST_CASE("JSON has one object a line with every part") {
  Case c("ä bc\n", "a.mlw");
  c.diagnostics.report(leak, c.range("bc"), {{"column", "bc\xff"}})
      .at("here")
      .also_at(c.range("ä"), "there")
      .note("fact")
      .suggest(c.range("bc"), "x");
  c.diagnostics.report(plain);
  const std::string lines = render_json(c.diagnostics, c.sources);
  const size_t end = lines.find('\n');
  const auto first = nlohmann::json::parse(lines.substr(0, end));
  CHECK(first["code"] == "M990");
  CHECK(first["severity"] == "error");
  CHECK(first["message"] == "`bc\uFFFD` is known only after the prediction is due");
  CHECK(first["path"] == "a.mlw");
  CHECK(first["line"] == 1);
  CHECK(first["column"] == 3);
  CHECK(first["end"]["column"] == 5);
  CHECK(first["label"] == "here");
  CHECK(first["also"][0]["label"] == "there");
  CHECK(first["also"][0]["column"] == 1);
  CHECK(first["notes"][0] == "fact");
  CHECK(first["mend"]["text"] == "x");
  CHECK(first["help"].get<std::string>().starts_with("remove"));
  const auto second = nlohmann::json::parse(lines.substr(end + 1));
  CHECK_FALSE(second.contains("path"));
  CHECK(second["mend"].is_null());
}
