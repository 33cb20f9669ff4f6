#include "compiler/language_server/actions.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "compiler/language_server/hints.h"
#include "compiler/language_server/space_size.h"
#include "tests/unit/language_server/marked.h"

using namespace mlw::language_server;

namespace {

struct Offered {
  explicit Offered(const std::string& text)
      : marked(text), found(actions(marked.file, marked.analysis(), {marked.cursor, marked.cursor})) {}

  /// The text after the first action whose title holds a part; empty when there is none.
  std::string after(const std::string& title) const {
    for (const Action& action : found)
      if (action.title.find(title) != std::string::npos) return with_edits(marked.file.text(), action.edits);
    return "";
  }

  Marked marked;
  std::vector<Action> found;
};

/// What stands behind the data block of `with_orders`.
std::string rest(const std::string& text) {
  const size_t at = text.find("orders.csv\") }\n");
  return at == std::string::npos ? text : text.substr(at + 15);
}

std::string hinted(const std::string& text) {
  const Marked marked(text);
  std::string out = marked.file.text();
  auto found = hints(marked.file, marked.analysis(), {0, static_cast<uint32_t>(out.size())});
  std::sort(found.begin(), found.end(), [](const Hint& a, const Hint& b) { return a.offset > b.offset; });
  for (const Hint& hint : found) out.insert(hint.offset, "«" + hint.label + "»");
  return out;
}

}  // namespace

TEST_CASE("a mend of a diagnostic is offered at its place") {
  const Offered offered(with_orders("prepare { x = amou‸nt2 }"));
  CHECK(rest(offered.after("Replace `amount2` by `amount`")) == "prepare { x = amount }");
  REQUIRE(!offered.found.empty());
  CHECK(offered.found[0].preferred);
  CHECK(offered.found[0].mends->kind->code == "T101");
  CHECK(Offered(with_orders("‸prepare { x = amount2 }")).after("Replace").empty());
}

TEST_CASE("a warning can be allowed where it stands") {
  CHECK(rest(Offered(with_orders("prepare {\n  numbers: impute(‸0) |> standardize\n}\n")).after("Allow D102")) ==
        "prepare {\n  numbers: impute(0) |> standardize\n  allow D102 because \"why this is right here\"\n}\n");
  CHECK(rest(Offered(with_orders("prepare { numbers: impute(‸0) |> standardize }")).after("Allow D102")) ==
        "prepare { numbers: impute(0) |> standardize  allow D102 because \"why this is right here\" }");
  const std::string inner =
      Offered("workflow w\ntask { predict: returned }\ndata {\n  sou‸rce: csv(\"a\")\n}\n").after("Allow");
  CHECK((inner.empty() || inner.find("allow") != std::string::npos));
}

TEST_CASE("an allowed warning is gone, and what a waiver adds parses") {
  const Offered offered(with_orders("prepare {\n  numbers: impute(‸0) |> standardize\n}\n"));
  const Marked after(offered.after("Allow D102"));
  CHECK(after.analysis().sound);
  for (const mlw::Diagnostic& diagnostic : after.analysis().diagnostics.all()) CHECK(diagnostic.kind->code != "D102");
}

TEST_CASE("an error cannot be allowed") {
  CHECK(Offered(with_orders("prepare { x = amou‸nt2 }")).after("Allow").empty());
}

TEST_CASE("defaults are written out, those that the file does not give") {
  const std::string after = rest(Offered(with_orders("evaluate {\n  ‸seed: 7\n}\n")).after("defaults of `evaluate`"));
  CHECK(after.find("  seed: 7\n") != std::string::npos);
  CHECK(after.find("seed", after.find("seed") + 4) == std::string::npos);
  CHECK(after.find("  test: holdout(20%)\n") != std::string::npos);
  CHECK(after.find("validate: kfold(5") != std::string::npos);
  const std::string search = rest(Offered(with_orders("sea‸rch { trials: 3 }\n")).after("defaults of `search`"));
  CHECK(search.find("linear = linear(") != std::string::npos);
  CHECK(search.find("strategy: random") != std::string::npos);
  const Marked sound(Offered(with_orders("sea‸rch { trials: 3 }\n")).after("defaults of `search`"));
  CHECK(sound.analysis().sound);
  CHECK(Offered(with_orders("evaluate { seed: ‸x }")).after("defaults").empty());  // not sound
}

TEST_CASE("a value becomes a set of values") {
  CHECK(rest(Offered(with_orders("search { l = linear(l2: 0‸.1) }")).after("Search `l2`")) ==
        "search { l = linear(l2: 0.01..1 log) }");
  CHECK(rest(Offered(with_orders("search { n = network(dense(3‸2)) }")).after("Search `units`")) ==
        "search { n = network(dense(16..64 log)) }");
  CHECK(rest(Offered(with_orders("search { n = network(dropout(0.‸2)) }")).after("Search `rate`")) ==
        "search { n = network(dropout(0.1..0.4)) }");
  CHECK(rest(Offered(with_orders("search { n = network(dense(8) |> re‸lu) }")).after("Search over")) ==
        "search { n = network(dense(8) |> (relu | gelu | sigmoid | tanh)) }");
  CHECK(Offered(with_orders("search { l = linear(l2: 0.‸1..1 log) }")).after("Search").empty());
  CHECK(Offered(with_orders("search { trials: 3‸ }")).after("Search").empty());
  for (const char* text : {"search { l = linear(l2: 0‸.1) }", "search { n = network(dense(3‸2)) }",
                           "search { n = network(dropout(0.‸2)) }", "search { n = network(dense(8) |> re‸lu) }",
                           "search { n = network(dense(8), batch: 1‸) }", "search { l = linear(l1: ‸0) }"})
    CHECK(Marked(Offered(with_orders(text)).after("Search")).analysis().sound);
}

TEST_CASE("formatting gives the one layout, and leaves a text with mistakes alone") {
  const Marked marked("workflow   w\ntask{predict:y}\ndata {source:csv(\"a\")}\n");
  CHECK(with_edits(marked.file.text(), format(marked.file, marked.analysis())) ==
        "workflow w\ntask { predict: y }\ndata { source: csv(\"a\") }\n");
  const Marked broken("task { predict: ");
  CHECK(format(broken.file, broken.analysis()).empty());
  const Marked done("workflow w\n");
  CHECK(format(done.file, done.analysis()).empty());
}

TEST_CASE("what was inferred is shown between the words") {
  CHECK(hinted("workflow w\ntask { predict: returned }\ndata { source: csv(\"a\") }\n") ==
        "workflow w\ntask { predict: returned«binary» }\ndata { source: csv(\"a\")«1,000 rows, 8 columns» }\n");
  const std::string prepare =
      hinted(with_orders("prepare { dear = amount > 9  both = amount * 2\n country: impute(\"de\") |> one_hot }"));
  CHECK(prepare.find("dear«: flag» = amount") != std::string::npos);
  CHECK(prepare.find("both«: number EUR» =") != std::string::npos);
  CHECK(prepare.find("country« category»:") != std::string::npos);
  const std::string search = hinted(with_orders("search { l = linear(l2: 1 | 2 | 3, l1: 0 | 1)  trials: 4 }"));
  CHECK(search.find("l1: 0 | 1)«6 settings»") != std::string::npos);
  CHECK(search.find("trials: 4«20 fits»") != std::string::npos);
  CHECK(hinted(with_orders("search { l = linear(l2: 1..2 log) }")).find("«1 dimension, continuous»") !=
        std::string::npos);
}

TEST_CASE("the size of a space") {
  const auto size = [](const std::string& model) {
    const Marked marked(with_orders("search { w = 1 | 2 | 4  m = " + model + " }"));
    REQUIRE(marked.analysis().workflow.search.models.size() == 1);
    return size_of(marked.analysis().workflow.search.models[0].space).members;
  };
  CHECK(size("linear(l2: 1, l1: 0)") == 1);
  CHECK(size("network(dense(8 | 16) |> (relu | tanh), batch: 16..64 step 16)") == 16);
  CHECK(size("network(dense(w) |> dense(w))") == 3);  // drawn once
  CHECK(size("network(repeat(1..2, dense(8 | 16)))") == 4);
  CHECK(size("network(repeat(1..2, dense(8 | 16), each: true))") == 6);
  CHECK(std::isinf(size("linear(l2: 0.1..1 log)")));
  CHECK(size("network(dense(8..10))") == 3);
}

TEST_CASE("what can be run stands above the workflow and its targets") {
  const Marked marked("workflow w\ntask { predict: y }\ndeploy a, b { target: library }");
  std::string titles;
  for (const Lens& lens : lenses(marked.file)) titles += lens.title + "; ";
  CHECK(titles == "Run; Check; Open report; Build a; Build b; ");
  CHECK(lenses(Marked("fn f(x) = x").file).empty());
}
