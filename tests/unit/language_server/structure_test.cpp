#include "compiler/language_server/structure.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "compiler/syntax/syntax.h"

using namespace mlw::language_server;

namespace {

std::vector<Word> all_words(std::string_view text) {
  std::vector<Word> words;
  mlw::syntax::Scanner scanner(text);
  while (const auto word = scanner.next()) words.push_back(*word);
  return words;
}

struct Read : Structure {
  explicit Read(std::string_view text) : Structure(text, all_words(text)) {}

  /// The items as "block task(setting predict, …)".
  std::string outline(uint32_t parent = none) const {
    constexpr const char* sorts[] = {"header", "block", "setting", "definition", "fn", "allow", "import", "broken"};
    std::string out;
    for (uint32_t i = 0; i < items.size(); ++i) {
      if (items[i].parent != parent) continue;
      out += out.empty() ? "" : ", ";
      out += sorts[static_cast<int>(items[i].sort)];
      for (const uint32_t name : items[i].names)
        if (roles[name] != Role::parameter) out += " " + this->name(name);
      if (items[i].sort == Item::Sort::block) out += "(" + outline(i) + ")";
    }
    return out;
  }
  /// The roles of the names, in order.
  std::string names(Role role) const {
    std::string out;
    for (uint32_t i = 0; i < words.size(); ++i)
      if (roles[i] == role) out += (out.empty() ? "" : " ") + name(i);
    return out;
  }
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("items of a whole file") {
  const Read read(R"(workflow churn "Who leaves"
import "money.mlw" as money
fn margin(price, cost: 2) = (price - cost) / price
allow M221 because "asked for"
task { predict: left  kind: binary(positive: "yes") }
data a { source: csv("a.csv")  columns { x, y: number(unit: "EUR")  z: text } }
search { line = linear(l2: 1e-6..100 log)  trials: 3 }
deploy api, reader { target: library }
)");
  CHECK(read.outline() ==
        "header churn, import money, fn margin, allow M221, block task(setting predict, setting kind), "
        "block data a(setting source, block columns(setting x y, setting z)), "
        "block search(definition line, setting trials), block deploy api reader(setting target)");
  CHECK(read.names(Role::parameter) == "price cost");
  CHECK(read.names(Role::key) == "positive unit l2");
  CHECK(read.names(Role::callee) == "binary csv number linear");
  CHECK(read.names(Role::scale) == "log");
  CHECK(read.names(Role::reference) == "price cost price left text library");
}

TEST_CASE("words of the grammar may be names") {
  const Read read("columns { fn: number  import: text }  prepare { allow = fn + log(import)  as = allow }");
  CHECK(read.outline() == "block columns(setting fn, setting import), block prepare(definition allow, definition as)");
}

TEST_CASE("a value ends where the next item begins, also when it is not finished") {
  CHECK(Read("task { predict: \n kind: binary }").outline() == "block task(setting predict, setting kind)");
  CHECK(Read("prepare { numbers: impute(median) |>\n flags: impute(most_frequent) }").outline() ==
        "block prepare(setting numbers, setting flags)");
  CHECK(Read("prepare { numbers: impute(\n flags: impute(most_frequent) }").outline() ==
        "block prepare(setting numbers, setting flags)");
  CHECK(Read("prepare { a = \n b = 2 }").outline() == "block prepare(definition a, definition b)");
  CHECK(Read("task { kind: regression search { trials: 3 }").outline() ==
        "block task(setting kind), block search(setting trials)");
  CHECK(Read("task { kind: prepare { }").outline() == "block task(setting kind), block prepare()");
  CHECK(Read("prepare { x = a +\n allow D102 because \"y\" }").outline() == "block prepare(definition x, allow D102)");
}

TEST_CASE("arguments on lines of their own stay arguments while the call is open") {
  const Read read("search {\n net = network(\n dense(8),\n optimizer: adam(\n batch: 32\n trials: 5\n}");
  CHECK(read.outline() == "block search(definition net, setting trials)");
  CHECK(read.names(Role::key) == "optimizer batch");
}

TEST_CASE("a missing brace does not swallow the blocks behind it") {
  CHECK(Read("data { source: csv(\"a\") columns { x: text\nevaluate { seed: 1 }\ntask { predict: x }").outline() ==
        "block data(setting source, block columns(setting x)), block evaluate(setting seed), "
        "block task(setting predict)");
  CHECK(Read("task { predict: x }\n}\nevaluate { seed: 1 }").outline() ==
        "block task(setting predict), broken, block evaluate(setting seed)");
}

TEST_CASE("words that begin nothing are told") {
  CHECK(Read("search { trials: 3\n tri\n round: 2 }").outline() ==
        "block search(setting trials, broken tri, setting round)");
  CHECK(Read("{ a: 1 }").outline() == "block(setting a)");
  CHECK(Read("fn").outline() == "fn");
  CHECK(Read("allow").outline() == "allow");
  CHECK(Read("import").outline() == "import");
  CHECK(Read("workflow").outline() == "header");
  CHECK(Read("import \"a\" as b\nprepare { }").outline() == "import b, block prepare()");
  CHECK(Read("own thing { }").outline() == "block own thing()");
  CHECK(Read("workflow orders\ntask { }").outline() == "header orders, block task()");
}

TEST_CASE("a spot knows its item, bracket, argument and what is due") {
  const std::string text = "search { line = linear(0.1, l1: ) }";
  const Read read(text);
  const Spot spot = read.spot_at(static_cast<uint32_t>(text.find(" )") + 1));
  REQUIRE(spot.frame != none);
  CHECK(read.written(read.frames[spot.frame].callee) == "linear");
  CHECK(spot.argument == 1);
  CHECK(read.written(spot.key) == "l1");
  CHECK(spot.due == Due::value);
  CHECK(read.kind_of(read.block_of(spot)) == "search");
  const Spot inside = read.spot_at(9);
  CHECK(inside.due == Due::item);
  CHECK(read.kind_of(read.block_of(inside)) == "search");
  CHECK(read.spot_at(0).item == none);
}

TEST_CASE("the word at a place is the name rather than the sign beside it") {
  const std::string text = "task { predict: a }";
  const Read read(text);
  CHECK(read.written(read.word_at(14)) == "predict");
  CHECK(read.written(read.word_at(8)) == "predict");
  CHECK(read.written(read.word_at(15)) == ":");
  CHECK(read.word_at(static_cast<uint32_t>(text.size() + 5)) == none);
}

TEST_CASE("names lose their back quotes") {
  const Read read("prepare { `total amount` = `a``b` + `open");
  CHECK(read.names(Role::definition) == "total amount");
  CHECK(read.names(Role::reference) == "a`b open");
}

TEST_CASE("documentation belongs to the item behind it") {
  const Read read("# no\n## What it is.\n##  Twice.\nfn f(x) = x\nfn g(x) = x");
  CHECK(read.documentation(0) == "What it is.\n Twice.");
  CHECK(read.documentation(1).empty());
}

std::string as_text(const std::vector<std::pair<uint32_t, std::string>>& names) {
  std::string out;
  for (const auto& [place, name] : names) out += name + "@" + std::to_string(place) + " ";
  return out;
}

/// The names that a parsed file declares, in the order of the text.
void collect(const std::vector<mlw::syntax::Item>& items, std::vector<std::pair<uint32_t, std::string>>& out) {
  using namespace mlw::syntax;
  for (const auto& item : items) {
    auto add = [&](const Name& name) { out.emplace_back(name.range.begin, name.text); };
    if (const auto* block = std::get_if<Block>(&item.node)) {
      add(block->kind);
      for (const Name& name : block->names) add(name);
      collect(block->items, out);
    } else if (const auto* setting = std::get_if<Setting>(&item.node)) {
      for (const Name& name : setting->names) add(name);
    } else if (const auto* definition = std::get_if<Definition>(&item.node)) {
      add(definition->name);
    } else if (const auto* function = std::get_if<Function>(&item.node)) {
      add(function->name);
      for (const Parameter& parameter : function->parameters) add(parameter.name);
    } else if (const auto* waiver = std::get_if<mlw::syntax::Waiver>(&item.node)) {
      add(waiver->code);
    } else if (const auto* import = std::get_if<Import>(&item.node)) {
      if (import->alias) add(*import->alias);
    }
  }
}

TEST_CASE("on every sound file of the project it agrees with the parser") {
  int files = 0;
  for (const char* folder : {"/examples", "/tests/golden", "/stdlib", "/tests/fuzz/corpus/parser"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(MLW_SOURCE_DIR) + folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string text = read_file(entry.path());
      mlw::Sources sources;
      mlw::Diagnostics diagnostics;
      const auto file = mlw::syntax::parse(sources, sources.add({"a.mlw", text}), diagnostics);
      if (!diagnostics.empty()) {
        Read survives(text);
        continue;
      }
      ++files;
      INFO(entry.path().string());
      std::vector<std::pair<uint32_t, std::string>> wanted, found;
      if (file.workflow) wanted.emplace_back(file.workflow->range.begin, file.workflow->text);
      collect(file.items, wanted);
      const Read read(text);
      for (uint32_t i = 0; i < read.items.size(); ++i)
        for (const uint32_t name : read.items[i].names) found.emplace_back(read.words[name].begin, read.name(name));
      std::sort(wanted.begin(), wanted.end());
      std::sort(found.begin(), found.end());
      CHECK(as_text(found) == as_text(wanted));
    }
  }
  CHECK(files > 20);
}
