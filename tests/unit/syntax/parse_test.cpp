#include <catch2/catch.hpp>

#include "tests/unit/syntax/syntax_helpers.h"

using namespace mlw;
using namespace mlw::syntax;

namespace {

/// The tree of `x = text` as text with every operation in brackets.
std::string tree(const Expression& expression) {
  const auto all = [](const std::vector<ExpressionPointer>& list, const std::string& between) {
    std::string text;
    for (const auto& element : list) text += (text.empty() ? "" : between) + tree(*element);
    return text;
  };
  const auto& node = expression.node;
  if (const auto* unary = std::get_if<Unary>(&node))
    return (unary->op == UnaryOperator::negate ? "(-" : "(not ") + tree(*unary->operand) + ")";
  if (const auto* binary = std::get_if<Binary>(&node)) {
    static const char* const signs[] = {
        "+", "-", "*", "/", "^", "==", "!=", "<", "<=", ">", ">=", " in ", " and ", " or "};
    return "(" + tree(*binary->left) + signs[static_cast<int>(binary->op)] + tree(*binary->right) + ")";
  }
  if (const auto* range = std::get_if<Range>(&node))
    return "(" + tree(*range->low) + ".." + tree(*range->high) + (range->step ? " step " + tree(*range->step) : "") +
           (range->log ? " log" : "") + ")";
  if (const auto* choice = std::get_if<Choice>(&node)) return "(" + all(choice->arms, "|") + ")";
  if (const auto* pipeline = std::get_if<Pipeline>(&node)) return "(" + all(pipeline->stages, "|>") + ")";
  if (const auto* list = std::get_if<List>(&node)) return "[" + all(list->elements, ",") + "]";
  if (const auto* let = std::get_if<Let>(&node))
    return "(let " + let->name.text + "=" + tree(*let->value) + " in " + tree(*let->body) + ")";
  if (const auto* conditional = std::get_if<Conditional>(&node))
    return "(if " + tree(*conditional->condition) + " then " + tree(*conditional->then) + " else " +
           tree(*conditional->otherwise) + ")";
  if (const auto* call = std::get_if<Call>(&node)) {
    std::string text;
    for (const Argument& argument : call->arguments)
      text += (text.empty() ? "" : ",") + (argument.name ? argument.name->text + ":" : "") + tree(*argument.value);
    return print(Expression{{}, Reference{call->callee}, nullptr}) + "(" + text + ")";
  }
  return print(expression);
}

std::string tree(const std::string& text) {
  const Parsed parsed("x = " + text);
  return parsed.diagnostics.empty() ? tree(parsed.value()) : parsed.shown();
}

}  // namespace

TEST_CASE("operators bind as the language says") {
  CHECK(tree("-2^2") == "(-(2^2))");
  CHECK(tree("2^-1") == "(2^(-1))");
  CHECK(tree("2^3^2") == "(2^(3^2))");
  CHECK(tree("2^-3^2*4") == "((2^(-(3^2)))*4)");
  CHECK(tree("a - b - c + d") == "(((a-b)-c)+d)");
  CHECK(tree("a * b / c * d") == "(((a*b)/c)*d)");
  CHECK(tree("a + b * c^d") == "(a+(b*(c^d)))");
  CHECK(tree("-a * -b") == "((-a)*(-b))");
  CHECK(tree("a - -b") == "(a-(-b))");
  CHECK(tree("not a == b and c or d") == "(((not (a==b)) and c) or d)");
  CHECK(tree("a or b and not c < d + 1") == "(a or (b and (not (c<(d+1)))))");
  CHECK(tree("a + 1 in 2..3") == "((a+1) in (2..3))");
  CHECK(tree("a + 1 .. b * 2") == "((a+1)..(b*2))");
  CHECK(tree("a | b or c | d") == "(a|(b or c)|d)");
  CHECK(tree("a |> b |> c") == "(a|>b|>c)");
  CHECK(tree("(a |> b) |> c") == "((a|>b)|>c)");
  CHECK(tree("(a | b) |> c") == "((a|b)|>c)");
  CHECK(tree("((a + b)) * c") == "((a+b)*c)");
}

TEST_CASE("let and if reach as far as they can") {
  CHECK(tree("if a or b then c + 1 else d or e") == "(if (a or b) then (c+1) else (d or e))");
  CHECK(tree("if a then 1 else if b then 2 else 3") == "(if a then 1 else (if b then 2 else 3))");
  CHECK(tree("if a then if b then 1 else 2 else 3") == "(if a then (if b then 1 else 2) else 3)");
  CHECK(tree("let a = 1 in a + 1") == "(let a=1 in (a+1))");
  CHECK(tree("let a = 1 in b in c") == "(let a=1 in (b in c))");
  CHECK(tree("let a = (b in c) in d in e") == "(let a=(b in c) in (d in e))");
  CHECK(tree("let a = let b = 1 in 2 in 3") == "(let a=(let b=1 in 2) in 3)");
  CHECK(tree("let a = f(b in c, [d in e]) in 3") == "(let a=f((b in c),[(d in e)]) in 3)");
}

TEST_CASE("ranges know their spacing") {
  CHECK(tree("1..4") == "(1..4)");
  CHECK(tree("0..1") == "(0..1)");
  CHECK(tree("0.5..1.5") == "(0.5..1.5)");
  CHECK(tree("-1..-a") == "((-1)..(-a))");
  CHECK(tree("8..64 step 8") == "(8..64 step 8)");
  CHECK(tree("8..64 step 4 + 4") == "(8..64 step (4+4))");
  CHECK(tree("1e-6..1 log") == "(1e-6..1 log)");
  CHECK(tree("0 | 1e-6..1 log | 2") == "(0|(1e-6..1 log)|2)");
  CHECK(tree("x in 1..100 log and y") == "((x in (1..100 log)) and y)");
  CHECK(tree("[1..2 log, 3..4 log]") == "[(1..2 log),(3..4 log)]");
  CHECK(tree("log(a)..log(b) log") == "(log(a)..log(b) log)");
  CHECK(tree("log") == "log");
}

TEST_CASE("`log` behind a range is its scale unless a setting or definition of that name begins") {
  Parsed scale("a: 1..2 log b: 3");
  CHECK(scale.codes().empty());
  CHECK(std::get<Range>(scale.value().node).log);
  for (const char* text : {"a: 1..2 log: 3", "a: 1..2 log = 3", "a: 1..2\nlog:\n3"}) {
    Parsed setting(text);
    INFO(setting.shown());
    CHECK(setting.codes().empty());
    CHECK(setting.file.items.size() == 2);
    CHECK_FALSE(std::get<Range>(setting.value().node).log);
  }
}

TEST_CASE("numbers keep their digits, value and unit") {
  const auto number = [](const std::string& text) {
    const Parsed parsed("x = " + text);
    INFO(parsed.shown());
    REQUIRE(parsed.diagnostics.empty());
    return std::get<NumberLiteral>(parsed.value().node);
  };
  struct Expected {
    const char *text, *digits, *unit;
    double value;
    bool integer;
  };
  for (const Expected& e : std::initializer_list<Expected>{{"20%", "20", "%", 20, true},
                                                           {"0.5%", "0.5", "%", 0.5, false},
                                                           {"200us", "200", "us", 200, true},
                                                           {"5min", "5", "min", 5, true},
                                                           {"64KiB", "64", "KiB", 64, true},
                                                           {"10deg", "10", "deg", 10, true},
                                                           {"30days", "30", "days", 30, true},
                                                           {"3µs", "3", "µs", 3, true},
                                                           {"1e-6", "1e-6", "", 1e-6, false},
                                                           {"2E3m", "2E3", "m", 2000, false},
                                                           {"5e", "5", "e", 5, true},
                                                           {"1.25", "1.25", "", 1.25, false},
                                                           {"007", "007", "", 7, true},
                                                           {"1e-999", "1e-999", "", 0, false},
                                                           {"0.1", "0.1", "", 0.1, false}}) {
    INFO(e.text);
    const NumberLiteral literal = number(e.text);
    CHECK(literal.digits == e.digits);
    CHECK(literal.unit == e.unit);
    CHECK(literal.value == e.value);
    CHECK(literal.integer == e.integer);
  }
}

TEST_CASE("dates are microseconds since 1970") {
  const auto date = [](const std::string& text) {
    const Parsed parsed("x = " + text);
    INFO(parsed.shown());
    REQUIRE(parsed.diagnostics.empty());
    return std::get<DateLiteral>(parsed.value().node).microseconds;
  };
  CHECK(date("1970-01-01") == 0);
  CHECK(date("1969-12-31T23:59") == -60'000'000);
  CHECK(date("2026-11-22") == 1795305600'000000);
  CHECK(date("2026-11-22T08:30") == 1795336200'000000);
  CHECK(date("2026-11-22T08:30:15") == 1795336215'000000);
  CHECK(date("2026-11-22T08:30:15.25") == 1795336215'250000);
  CHECK(date("2000-02-29") == 951782400'000000);
  CHECK(date("0001-01-01") == -62135596800'000000);
  CHECK(tree("2026 - 11 - 22") == "((2026-11)-22)");  // with spaces it is a difference
}

TEST_CASE("texts resolve their escapes and texts in three quotes keep theirs") {
  const auto text = [](const std::string& literal) {
    const Parsed parsed("x = " + literal);
    INFO(parsed.shown());
    REQUIRE(parsed.diagnostics.empty());
    return std::get<TextLiteral>(parsed.value().node);
  };
  CHECK(text(R"("a\"b\\c\n\r\t\u{1F377}\u{e9}# no comment")").value == "a\"b\\c\n\r\t🍷é# no comment");
  CHECK(text(R"("")").value.empty());
  CHECK_FALSE(text(R"("")").block);
  CHECK(text("\"\"\"a \"quoted\"\n\\n # x\"\"\"").value == "a \"quoted\"\n\\n # x");
  CHECK(text("\"\"\"a\r\nb\"\"\"").value == "a\nb");
  CHECK(text("\"\"\"\"\"\"").value.empty());
  CHECK(text("\"\"\"x\"\"\"").block);
}

TEST_CASE("names may be of any script, or anything in back quotes") {
  const auto name = [](const std::string& text) {
    const Parsed parsed(text + " = 1");
    INFO(parsed.shown());
    REQUIRE(parsed.diagnostics.empty());
    return std::get<Definition>(parsed.file.items.at(0).node).name;
  };
  for (const char* text : {"größe", "年齢", "나이", "возраст", "_x", "a1", "ñ", "ชื่อ", "workflow", "fn", "import",
                           "allow", "because", "as", "log"}) {
    CHECK(name(text).text == text);
    CHECK_FALSE(name(text).quoted);
  }
  CHECK(name("`total amount`").text == "total amount");
  CHECK(name("`2nd`").quoted);
  CHECK(name("`a``b`").text == "a`b");
  CHECK(name("`step`").text == "step");
}

TEST_CASE("every node knows its place") {
  const Parsed parsed("\xEF\xBB\xBFgröße = f(a, k: 年 + 20%)");
  const std::string& text = parsed.sources[0].text;
  const auto at = [&](SourceRange range) { return text.substr(range.begin, range.end - range.begin); };
  CHECK(at(parsed.file.items[0].range) == "größe = f(a, k: 年 + 20%)");
  CHECK(at(parsed.value().range) == "f(a, k: 年 + 20%)");
  const auto& call = std::get<Call>(parsed.value().node);
  CHECK(at(call.callee.range) == "f");
  CHECK(at(call.arguments[1].name->range) == "k");
  CHECK(at(call.arguments[1].value->range) == "年 + 20%");
  CHECK(at(std::get<Binary>(call.arguments[1].value->node).operator_range) == "+");
}

TEST_CASE("items of every sort are read in any order and without separators") {
  const Parsed parsed(R"(workflow wine "Which wine" import "text.mlw" as text import "plain.mlw"
fn f(a, b: 2,) = a + b fn g() = 1
allow M207 because "measured before" x = 1 a, `b c`: 2
deploy api, reader { target: rest(port: 8501,) inner x { } allow B304 because "small" }
task{})");
  INFO(parsed.shown());
  REQUIRE(parsed.diagnostics.empty());
  CHECK(parsed.file.workflow->text == "wine");
  CHECK(parsed.file.title == "Which wine");
  REQUIRE(parsed.file.items.size() == 9);
  CHECK(std::get<Import>(parsed.file.items[0].node).alias->text == "text");
  CHECK_FALSE(std::get<Import>(parsed.file.items[1].node).alias);
  const auto& f = std::get<Function>(parsed.file.items[2].node);
  CHECK(f.parameters.size() == 2);
  CHECK(f.parameters[0].fallback == nullptr);
  CHECK(f.parameters[1].fallback != nullptr);
  CHECK(std::get<Waiver>(parsed.file.items[4].node).because == "measured before");
  CHECK(std::get<Setting>(parsed.file.items[6].node).names[1].text == "b c");
  const auto& block = std::get<Block>(parsed.file.items[7].node);
  CHECK(block.kind.text == "deploy");
  CHECK(block.names[1].text == "reader");
  CHECK(block.items.size() == 3);
  CHECK(std::get<Block>(parsed.file.items[8].node).items.empty());
}

TEST_CASE("CRLF, tabs and wide spaces are spaces") {
  const Parsed parsed("workflow w\r\n\ttask {\r\n\xE3\x80\x80predict:\xC2\xA0quality # c\r\n}\r\n");
  INFO(parsed.shown());
  REQUIRE(parsed.diagnostics.empty());
  CHECK(parsed.print() == "workflow w\ntask {\n  predict: quality  # c\n}\n");
}

TEST_CASE("empty files and files of comments are files") {
  CHECK(Parsed("").print().empty());
  CHECK(Parsed("\xEF\xBB\xBF").diagnostics.empty());
  CHECK(Parsed("# only\n\n# comments").print() == "# only\n\n# comments\n");
}

TEST_CASE("deep nesting is refused, not followed") {
  const auto nested = [](const std::string& open, size_t count, const std::string& close) {
    std::string text = "x = ";
    for (size_t i = 0; i < count; ++i) text += open;
    text += "1";
    for (size_t i = 0; i < count; ++i) text += close;
    return Parsed(text).codes();
  };
  CHECK(nested("(", 256, ")").empty());
  CHECK(nested("(", 257, ")").size() == 1);
  CHECK(nested("(", 10000, ")").front().starts_with("S008"));
  CHECK(nested("[", 250, "]").empty());
  CHECK(nested("f(", 10000, ")").front().starts_with("S008"));
  CHECK(nested("-", 1000, "").empty());
  CHECK(nested("-", 100000, "").front().starts_with("S008"));
  CHECK(nested("not ", 1000, "").empty());
  CHECK(nested("if a then 1 else ", 1000, "").empty());
  CHECK(nested("let a = 1 in ", 499, "").empty());
  CHECK(nested("", 1000, " + 1").empty());
  CHECK(nested("", 100000, " + 1").front().starts_with("S008"));
  CHECK(nested("1 ^ ", 1000, "").empty());
  CHECK(nested("(1 + 1 + 1 + (", 127, " + 1))").empty());
  CHECK(nested("(1 + 1 + 1 + 1 + 1 + 1 + 1 + ", 250, ")").front().starts_with("S008"));
  std::string blocks;
  for (int i = 0; i < 10000; ++i) blocks += "a {";
  CHECK(Parsed(blocks).codes().front().starts_with("S008"));
}

TEST_CASE("a file that is too long is refused before it is read") {
  CHECK(Parsed(std::string((size_t{16} << 20) + 1, ' ')).codes() == std::vector<std::string>{"S009@1:1"});
}
