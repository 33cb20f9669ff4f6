#include "compiler/syntax/tokens.h"

#include <algorithm>
#include <utility>

#include "compiler/syntax/lexer.h"

namespace mlw::syntax {

Tokens read_tokens(std::string_view text, uint32_t file) {
  Tokens tokens;
  tokens.file = file;
  tokens.text = text;
  tokens.list.reserve(text.size() / 5 + 1);
  Lexer lexer(text);
  uint32_t line_before = 0;  // the one that the last token reached
  for (Lexeme lexeme; tokens.list.empty() || tokens.list.back().sort != TokenSort::end;) {
    lexeme = lexer.next();
    const bool first_on_line = lexeme.line != line_before;
    if (lexeme.sort == TokenSort::comment || lexeme.sort == TokenSort::documentation) {
      std::string_view words = text.substr(lexeme.begin, lexeme.end - lexeme.begin);
      while (words.ends_with(' ') || words.ends_with('\t')) words.remove_suffix(1);
      tokens.comments.push_back({words, lexeme.line, static_cast<uint32_t>(tokens.list.size()), first_on_line});
      continue;
    }
    line_before = lexer.line();
    tokens.list.push_back({lexeme.begin, lexeme.end, lexeme.line, line_before, Token::none, lexeme.sort, first_on_line,
                           lexeme.beyond_ascii});
  }
  return tokens;
}

bool Tokens::faulty(uint32_t first, uint32_t last) const {
  const auto found = std::lower_bound(faults.begin(), faults.end(), first);
  return found != faults.end() && *found <= last;
}

void Tokens::leave_out(const std::vector<bool>& dropped) {
  const std::vector<Token> source = std::move(list);
  list.clear();
  std::vector<uint32_t> place(source.size());
  for (uint32_t i = 0; i < source.size(); ++i) {
    place[i] = static_cast<uint32_t>(list.size());
    if (!dropped[i]) list.push_back(source[i]);
  }
  for (Comment& comment : comments) comment.next = place[comment.next];
  for (uint32_t& fault : faults) fault = place[fault];
  for (Token& token : list)
    if (token.partner != Token::none) token.partner = place[token.partner];
}

}  // namespace mlw::syntax
