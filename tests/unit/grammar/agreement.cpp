#include "tests/unit/grammar/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/check_tokens.h"
#include "compiler/syntax/syntax.h"
#include "tests/unit/grammar/grammar_reader.h"

namespace mlw::grammar {
namespace {

using namespace syntax;

/// The tree as `shape` writes that of the grammar; words and literals as they stand in the text.
class TreeShape {
 public:
  explicit TreeShape(std::string_view text) : text_(text) {}

  std::string file(const File& file) {
    return (file.workflow ? "workflow " + word(*file.workflow) + "; " : "") + items(file.items);
  }

 private:
  std::string at(SourceRange range) const { return std::string(text_.substr(range.begin, range.end - range.begin)); }
  std::string word(const Name& name) const { return at(name.range); }
  std::string words(const std::vector<Name>& names) const {
    std::string text;
    for (const Name& name : names) text += word(name) + " ";
    return text;
  }

  std::string items(const std::vector<Item>& items) {
    std::string text;
    for (const Item& item : items) text += std::visit([&](const auto& node) { return show(node); }, item.node) + "; ";
    return text;
  }

  std::string show(const Block& node) {
    return word(node.kind) + " " + words(node.names) + "{ " + items(node.items) + "}";
  }
  std::string show(const Setting& node) { return words(node.names) + ": " + show(*node.value); }
  std::string show(const Definition& node) { return word(node.name) + " = " + show(*node.value); }
  std::string show(const Import& node) { return "import" + (node.alias ? " as " + word(*node.alias) : ""); }
  std::string show(const Waiver& node) { return "allow " + word(node.code); }
  std::string show(const Function& node) {
    std::string text = "fn " + word(node.name) + "(";
    for (const Parameter& parameter : node.parameters)
      text += word(parameter.name) + (parameter.fallback ? ": " + show(*parameter.fallback) : "") + ", ";
    return text + ") = " + show(*node.body);
  }

  std::string show(const Expression& expression) {
    return std::visit([&](const auto& node) { return show(node, expression); }, expression.node);
  }
  template <typename Leaf>
  std::string show(const Leaf&, const Expression& expression) const {
    return at(expression.range);
  }
  std::string show(const Reference& node, const Expression&) const { return name(node.name); }
  std::string show(const Unary& node, const Expression&) {
    return (node.op == UnaryOperator::negate ? "(- " : "(not ") + show(*node.operand) + ")";
  }
  std::string show(const Binary& node, const Expression&) {
    return "(" + show(*node.left) + " " + at(node.operator_range) + " " + show(*node.right) + ")";
  }
  std::string show(const Range& node, const Expression&) {
    return "(" + show(*node.low) + " .. " + show(*node.high) + (node.step ? " step " + show(*node.step) : "") +
           (node.log ? " log)" : ")");
  }
  std::string show(const Choice& node, const Expression&) { return "(" + all(node.arms, " | ") + ")"; }
  std::string show(const Pipeline& node, const Expression&) { return "(" + all(node.stages, " |> ") + ")"; }
  std::string show(const List& node, const Expression&) {
    return "[" + all(node.elements, ", ") + (node.elements.empty() ? "]" : ", ]");
  }
  std::string show(const Conditional& node, const Expression&) {
    return "(if " + show(*node.condition) + " " + show(*node.then) + " " + show(*node.otherwise) + ")";
  }
  std::string show(const Let& node, const Expression&) {
    return "(let " + word(node.name) + " " + show(*node.value) + " " + show(*node.body) + ")";
  }
  std::string show(const Call& node, const Expression&) {
    std::string text = name(node.callee) + "(";
    for (const Argument& argument : node.arguments)
      text += (argument.name ? word(*argument.name) + ": " : "") + show(*argument.value) + ", ";
    return text + ")";
  }

  std::string name(const QualifiedName& name) const {
    std::string text;
    for (const Name& part : name.parts) text += (text.empty() ? "" : ".") + word(part);
    return text;
  }
  std::string all(const std::vector<ExpressionPointer>& list, std::string_view between) {
    std::string text;
    for (const ExpressionPointer& element : list) {
      if (&element != list.data()) text += between;
      text += show(*element);
    }
    return text;
  }

  std::string_view text_;
};

std::string different_words(std::string_view text) {
  const std::vector<Lexeme> wanted = cut(text);
  Lexer lexer(text);
  for (const Lexeme& expected : wanted) {
    const Lexeme given = lexer.next();
    if (given.sort == expected.sort && given.begin == expected.begin && given.end == expected.end &&
        given.line == expected.line)
      continue;
    const auto told = [](const Lexeme& lexeme) {
      return fmt::format("sort {} at {} to {} in line {}", static_cast<int>(lexeme.sort), lexeme.begin, lexeme.end,
                         lexeme.line);
    };
    return "cut differently: the grammar has " + told(expected) + ", the lexer " + told(given);
  }
  return "";
}

/// Whether the language demands more than the grammar here: that is told of what the grammar lets through.
bool beyond_grammar(const Diagnostic& diagnostic, const Tokens& tokens) {
  constexpr std::array kinds{&kinds::chained_comparison, &kinds::choice_meets_pipeline, &kinds::needs_parentheses,
                             &kinds::bad_escape,         &kinds::no_such_day,           &kinds::number_too_large};
  if (std::find(kinds.begin(), kinds.end(), diagnostic.kind) != kinds.end()) return true;
  if (diagnostic.kind != &kinds::scale_without_range) return false;
  const auto token = std::find_if(tokens.list.begin(), tokens.list.end(),
                                  [&](const Token& token) { return token.begin == diagnostic.range.begin; });
  return token->sort == TokenSort::scale || token->sort == TokenSort::word_step;
}

/// `workflow` on a line of its own lacks its name, although the grammar could read it as the kind of the block below.
bool is_header_without_name(const Tokens& tokens) {
  return tokens.sort(0) == TokenSort::word_workflow && tokens.list[1].first_on_line &&
         tokens.sort(2) == TokenSort::open_brace;
}

}  // namespace

std::string disagreement(const std::string& text) {
  if (std::string wrong = different_words(text); !wrong.empty()) return wrong;
  Tokens tokens = read_tokens(text, 0);
  Diagnostics of_tokens;
  if (!check_tokens(tokens, of_tokens) || !of_tokens.empty() || is_header_without_name(tokens)) return "";

  Sources sources;
  Diagnostics diagnostics;
  const File file = parse(sources, sources.add({"text.mlw", text}), diagnostics);
  const bool accepted = std::all_of(diagnostics.all().begin(), diagnostics.all().end(),
                                    [&](const Diagnostic& diagnostic) { return beyond_grammar(diagnostic, tokens); });
  const std::optional<std::string> wanted = shape(tokens);
  if (accepted && !wanted) return "the grammar refuses what the parser accepts";
  if (!accepted && wanted) return "the parser refuses what the grammar accepts:\n" + render(diagnostics, sources, {});
  if (!diagnostics.empty()) return "";
  const std::string given = TreeShape(text).file(file);
  if (given == *wanted) return "";
  return "the trees differ\nthe grammar: " + *wanted + "\nthe parser:  " + given;
}

}  // namespace mlw::grammar
