#include "compiler/syntax/scan.h"

#include <utility>

#include "compiler/syntax/lexing.h"
#include "compiler/syntax/wording.h"

namespace mlw::syntax {
namespace {

using Lexer = mlw::grammar::MlwLexer;

std::pair<WordSort, bool> sort_of(size_t type) {
  switch (type) {
    case Lexer::NAME:
    case Lexer::FN:
    case Lexer::IMPORT:
    case Lexer::ALLOW:
    case Lexer::BECAUSE:
    case Lexer::AS:
    case Lexer::WORKFLOW:
      return {WordSort::name, true};
    case Lexer::QUOTED:
      return {WordSort::quoted_name, true};
    case Lexer::UNCLOSED_NAME:
      return {WordSort::quoted_name, false};
    case Lexer::NUMBER:
      return {WordSort::number, true};
    case Lexer::DATE:
      return {WordSort::date, true};
    case Lexer::TEXT:
      return {WordSort::text, true};
    case Lexer::UNCLOSED_TEXT:
      return {WordSort::text, false};
    case Lexer::BLOCK_TEXT:
      return {WordSort::block_text, true};
    case Lexer::UNCLOSED_BLOCK_TEXT:
      return {WordSort::block_text, false};
    case Lexer::OPEN:
    case Lexer::OPEN_LIST:
    case Lexer::OPEN_BRACE:
      return {WordSort::open, true};
    case Lexer::CLOSE:
    case Lexer::CLOSE_LIST:
    case Lexer::CLOSE_BRACE:
      return {WordSort::close, true};
    case Lexer::COMMENT:
      return {WordSort::comment, true};
    case Lexer::DOCUMENTATION:
      return {WordSort::documentation, true};
    case Lexer::UNKNOWN:
      return {WordSort::unknown, true};
    default:
      return {is_reserved(static_cast<uint32_t>(type)) ? WordSort::keyword : WordSort::sign, true};
  }
}

uint32_t begin_after_mark(std::string_view text, uint32_t begin) {
  return begin == 0 && text.starts_with(byte_order_mark) ? static_cast<uint32_t>(byte_order_mark.size()) : begin;
}

}  // namespace

struct Scanner::State {
  State(std::string_view text, uint32_t begin) : begin(begin), characters(text.substr(begin)), lexer(&characters) {
    lexer.removeErrorListeners();
  }

  uint32_t begin;
  CharacterStream characters;
  Lexer lexer;
};

Scanner::Scanner(std::string_view text, uint32_t begin)
    : state_(std::make_unique<State>(text, begin_after_mark(text, begin))) {}

Scanner::~Scanner() = default;

std::optional<Word> Scanner::next() {
  const std::unique_ptr<antlr4::Token> token = state_->lexer.nextToken();
  if (token->getType() == antlr4::Token::EOF) return std::nullopt;
  const auto [sort, closed] = sort_of(token->getType());
  return Word{sort, closed, state_->begin + state_->characters.byte(token->getStartIndex()),
              state_->begin + state_->characters.byte(token->getStopIndex() + 1)};
}

}  // namespace mlw::syntax
