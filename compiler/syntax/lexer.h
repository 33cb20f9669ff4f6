#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/syntax/token_sort.h"

namespace mlw::syntax {

/// A byte order mark before the text is no part of it.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A word or sign, as the rules of grammar/Mlw.g4 cut it out of the text.
struct Lexeme {
  TokenSort sort = TokenSort::end;
  bool beyond_ascii = false;  ///< of a name or number: holds characters that Unicode has to judge
  uint32_t begin = 0, end = 0;
  uint32_t line = 1;  ///< on which it begins, counted from where reading began
};

/// Cuts a text into words and signs: always the longest that fits. What is wrong in itself becomes a lexeme of its own
/// sort, bytes that are no UTF-8 are unknown characters.
class Lexer {
 public:
  /// From `begin` on, where a word may begin. `text` must live as long as this.
  explicit Lexer(std::string_view text, uint32_t begin = 0);

  /// The next one, comments too; at the end of the text, and ever after, `end`.
  Lexeme next();
  /// The line that was reached.
  uint32_t line() const { return line_; }

 private:
  void skip_spaces();
  TokenSort cut();
  TokenSort name();
  TokenSort number();
  bool date();
  TokenSort text();
  TokenSort block_text();
  TokenSort quoted();
  TokenSort beyond();
  TokenSort sign(char first);
  bool take(char c);
  void take_rest_of_line();
  const char* name_end(const char* from);
  const char* digits_end(const char* from) const;
  bool digit_at(const char* place) const;
  size_t letter_at(const char* place) const;

  const char *at_, *end_;
  const char* text_;
  uint32_t line_ = 1;
  bool beyond_ascii_ = false;
};

}  // namespace mlw::syntax
