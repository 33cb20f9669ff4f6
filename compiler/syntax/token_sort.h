#pragma once

#include <cstdint>
#include <initializer_list>

namespace mlw::syntax {

/// Sorts of words and signs, in the order of grammar/Mlw.g4.
enum class TokenSort : uint8_t {
  end,  ///< of the file
  word_workflow,
  word_fn,
  word_import,
  word_as,
  word_allow,
  word_because,
  word_and,
  word_or,
  word_not,
  word_in,
  word_if,
  word_then,
  word_else,
  word_let,
  word_step,
  word_true,
  word_false,
  word_missing,
  name,
  quoted,
  date,
  number,
  text,
  block_text,
  open_brace,
  close_brace,
  open,
  close,
  open_list,
  close_list,
  comma,
  colon,
  dot,
  dots,
  assign,
  plus,
  minus,
  times,
  divide,
  power,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  pipe,
  bar,
  documentation,
  comment,
  space,
  unclosed_text,
  unclosed_block_text,
  unclosed_name,
  unknown,
  scale,   ///< `log` that spaces a range
  let_in,  ///< the `in` that ends the binding of a `let`
};
inline constexpr int token_sorts = static_cast<int>(TokenSort::let_in) + 1;

/// Several sorts.
class TokenSet {
 public:
  constexpr TokenSet(std::initializer_list<TokenSort> sorts) {
    for (TokenSort sort : sorts) bits_ |= bit(sort);
  }
  constexpr bool holds(TokenSort sort) const { return (bits_ & bit(sort)) != 0; }

 private:
  static constexpr uint64_t bit(TokenSort sort) { return uint64_t{1} << static_cast<int>(sort); }

  static_assert(token_sorts <= 64);
  uint64_t bits_ = 0;
};

/// Words that mean something in one place only may be names everywhere else.
inline constexpr TokenSet name_sorts{TokenSort::name,        TokenSort::quoted,       TokenSort::word_fn,
                                     TokenSort::word_import, TokenSort::word_allow,   TokenSort::word_because,
                                     TokenSort::word_as,     TokenSort::word_workflow};
/// Words that are never names.
inline constexpr TokenSet reserved_sorts{
    TokenSort::word_and,  TokenSort::word_or,    TokenSort::word_not,    TokenSort::word_in,  TokenSort::let_in,
    TokenSort::word_if,   TokenSort::word_then,  TokenSort::word_else,   TokenSort::word_let, TokenSort::word_step,
    TokenSort::word_true, TokenSort::word_false, TokenSort::word_missing};
inline constexpr TokenSet text_sorts{TokenSort::text, TokenSort::block_text};
inline constexpr TokenSet open_sorts{TokenSort::open, TokenSort::open_list, TokenSort::open_brace};
inline constexpr TokenSet close_sorts{TokenSort::close, TokenSort::close_list, TokenSort::close_brace};

/// The bracket that closes this one.
constexpr TokenSort closing(TokenSort open) {
  return open == TokenSort::open        ? TokenSort::close
         : open == TokenSort::open_list ? TokenSort::close_list
                                        : TokenSort::close_brace;
}

}  // namespace mlw::syntax
