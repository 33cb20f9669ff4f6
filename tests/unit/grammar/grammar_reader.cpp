#include "tests/unit/grammar/grammar_reader.h"

#include <antlr4-runtime.h>

#include "MlwLexer.h"
#include "MlwParser.h"
#include "compiler/diagnostics/characters.h"

namespace mlw::grammar {
namespace {

using syntax::Lexeme;
using syntax::Tokens;
using syntax::TokenSort;

// The sorts stand in the grammar's order.
static_assert(static_cast<size_t>(TokenSort::word_workflow) == MlwParser::WORKFLOW);
static_assert(static_cast<size_t>(TokenSort::word_missing) == MlwParser::MISSING);
static_assert(static_cast<size_t>(TokenSort::open_brace) == MlwParser::OPEN_BRACE);
static_assert(static_cast<size_t>(TokenSort::bar) == MlwParser::BAR);
static_assert(static_cast<size_t>(TokenSort::unknown) == MlwParser::UNKNOWN);
static_assert(static_cast<size_t>(TokenSort::let_in) == MlwParser::LET_IN);

/// Contexts to text; what stands in parentheses is itself.
class Shape {
 public:
  explicit Shape(const Tokens& tokens) : tokens_(tokens) {}

  std::string file(MlwParser::FileContext* context) {
    std::string text;
    if (MlwParser::HeaderContext* header = context->header()) text = "workflow " + word(header->name()) + "; ";
    return text + body(context->body());
  }

 private:
  using Expression = MlwParser::ExpressionContext;

  std::string word(antlr4::ParserRuleContext* context) const {
    return std::string(tokens_.text_of(static_cast<uint32_t>(context->start->getTokenIndex())));
  }

  std::string words(const std::vector<MlwParser::NameContext*>& names) const {
    std::string text;
    for (MlwParser::NameContext* name : names) text += word(name) + " ";
    return text;
  }

  std::string body(MlwParser::BodyContext* context) {
    std::string text;
    for (MlwParser::ItemContext* item : context->item()) text += this->item(item) + "; ";
    return text;
  }

  std::string item(MlwParser::ItemContext* context) {
    if (auto* block = context->block()) return words(block->name()) + "{ " + body(block->body()) + "}";
    if (auto* setting = context->setting()) return words(setting->name()) + ": " + expression(setting->expression());
    if (auto* node = context->definition()) return word(node->name()) + " = " + expression(node->expression());
    if (auto* import = context->importing())
      return "import" + (import->name() != nullptr ? " as " + word(import->name()) : "");
    if (auto* waiver = context->waiver()) return "allow " + word(waiver->name());
    MlwParser::FunctionContext* function = context->function();
    std::string text = "fn " + word(function->name()) + "(";
    for (MlwParser::ParameterContext* parameter : function->parameter())
      text += word(parameter->name()) +
              (parameter->expression() != nullptr ? ": " + expression(parameter->expression()) : "") + ", ";
    return text + ") = " + expression(function->expression());
  }

  static size_t op(Expression* context) { return context->op == nullptr ? 0 : context->op->getType(); }

  std::string expression(Expression* context) {
    switch (op(context)) {
      case 0:
        return primary(context->primary());
      case MlwParser::BAR:
      case MlwParser::PIPE:
        return "(" + sequence(context) + ")";
      case MlwParser::DOTS:
      case MlwParser::STEP:
      case MlwParser::SCALE:
        return "(" + range(context) + ")";
      case MlwParser::LET:
        return "(let " + word(context->name()) + " " + expression(context->expression(0)) + " " +
               expression(context->expression(1)) + ")";
      case MlwParser::IF:
        return "(if " + expression(context->expression(0)) + " " + expression(context->expression(1)) + " " +
               expression(context->expression(2)) + ")";
      default:
        break;
    }
    const std::string sign(tokens_.text_of(static_cast<uint32_t>(context->op->getTokenIndex())));
    const std::string first = expression(context->expression(0));
    if (context->expression().size() == 1) return "(" + sign + " " + first + ")";
    return "(" + first + " " + sign + " " + expression(context->expression(1)) + ")";
  }

  /// `a |> b |> c` is one operation.
  std::string sequence(Expression* context) {
    Expression* left = context->expression(0);
    const std::string sign = op(context) == MlwParser::BAR ? " | " : " |> ";
    return (op(left) == op(context) ? sequence(left) : expression(left)) + sign + expression(context->expression(1));
  }

  std::string range(Expression* context) {
    Expression* left = context->expression(0);
    if (op(context) == MlwParser::DOTS) return expression(left) + " .. " + expression(context->expression(1));
    const std::string inner = op(left) == MlwParser::DOTS ? range(left) : expression(left);
    return inner + (op(context) == MlwParser::SCALE ? " log" : " step " + expression(context->expression(1)));
  }

  std::string primary(MlwParser::PrimaryContext* context) {
    if (context->OPEN_LIST() != nullptr) {
      std::string text = "[";
      for (Expression* element : context->expression()) text += expression(element) + ", ";
      return text + "]";
    }
    if (context->qualified() == nullptr)
      return context->OPEN() != nullptr ? expression(context->expression(0)) : word(context);
    std::string text;
    for (MlwParser::NameContext* part : context->qualified()->name()) text += (text.empty() ? "" : ".") + word(part);
    if (context->OPEN() == nullptr) return text;
    text += "(";
    for (MlwParser::ArgumentContext* argument : context->argument())
      text += (argument->name() != nullptr ? word(argument->name()) + ": " : "") + expression(argument->expression()) +
              ", ";
    return text + ")";
  }

  const Tokens& tokens_;
};

}  // namespace

std::vector<Lexeme> cut(std::string_view text) {
  const auto skipped = static_cast<uint32_t>(text.starts_with(syntax::byte_order_mark) ? 3 : 0);
  std::vector<uint32_t> places;  // of the characters, in bytes
  for (std::string_view rest = text.substr(skipped); !rest.empty(); take_character(rest))
    places.push_back(static_cast<uint32_t>(text.size() - rest.size()));
  places.push_back(static_cast<uint32_t>(text.size()));

  antlr4::ANTLRInputStream characters(std::string(text.substr(skipped)));
  MlwLexer lexer(&characters);
  lexer.removeErrorListeners();
  std::vector<Lexeme> list;
  do {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    const bool end = token->getType() == antlr4::Token::EOF;
    Lexeme& lexeme = list.emplace_back();
    lexeme.sort = end ? TokenSort::end : static_cast<TokenSort>(token->getType());
    lexeme.begin = places[token->getStartIndex()];
    lexeme.end = end ? lexeme.begin : places[token->getStopIndex() + 1];
    lexeme.line = static_cast<uint32_t>(token->getLine());
  } while (list.back().sort != TokenSort::end);
  return list;
}

std::optional<std::string> shape(const Tokens& tokens) {
  std::vector<std::unique_ptr<antlr4::Token>> list;
  for (const syntax::Token& token : tokens.list)
    list.push_back(std::make_unique<antlr4::CommonToken>(
        token.sort == TokenSort::end ? antlr4::Token::EOF : static_cast<size_t>(token.sort)));
  antlr4::ListTokenSource source(std::move(list));
  antlr4::CommonTokenStream stream(&source);
  MlwParser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return Shape(tokens).file(parser.file());
  } catch (const antlr4::ParseCancellationException&) {
    return std::nullopt;
  }
}

}  // namespace mlw::grammar
