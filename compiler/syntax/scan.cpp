#include "compiler/syntax/scan.h"

#include <utility>

namespace mlw::syntax {
namespace {

std::pair<WordSort, bool> sort_of(TokenSort sort) {
  if (open_sorts.holds(sort)) return {WordSort::open, true};
  if (close_sorts.holds(sort)) return {WordSort::close, true};
  if (reserved_sorts.holds(sort)) return {WordSort::keyword, true};
  switch (sort) {
    case TokenSort::quoted:
      return {WordSort::quoted_name, true};
    case TokenSort::unclosed_name:
      return {WordSort::quoted_name, false};
    case TokenSort::number:
      return {WordSort::number, true};
    case TokenSort::date:
      return {WordSort::date, true};
    case TokenSort::text:
      return {WordSort::text, true};
    case TokenSort::unclosed_text:
      return {WordSort::text, false};
    case TokenSort::block_text:
      return {WordSort::block_text, true};
    case TokenSort::unclosed_block_text:
      return {WordSort::block_text, false};
    case TokenSort::comment:
      return {WordSort::comment, true};
    case TokenSort::documentation:
      return {WordSort::documentation, true};
    case TokenSort::unknown:
      return {WordSort::unknown, true};
    default:
      return {name_sorts.holds(sort) ? WordSort::name : WordSort::sign, true};
  }
}

}  // namespace

std::optional<Word> Scanner::next() {
  const Lexeme lexeme = lexer_.next();
  if (lexeme.sort == TokenSort::end) return std::nullopt;
  const auto [sort, closed] = sort_of(lexeme.sort);
  return Word{sort, closed, lexeme.begin, lexeme.end};
}

}  // namespace mlw::syntax
