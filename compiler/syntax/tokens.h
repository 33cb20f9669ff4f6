#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace mlw::syntax {

/// A word or sign of the language as it stands in the text.
struct Token {
  static constexpr uint32_t none = UINT32_MAX;
  uint32_t type = 0;  ///< as numbered by the lexer
  uint32_t begin = 0, end = 0;
  uint32_t line = 0, last_line = 0;  ///< they differ for a text over several lines
  uint32_t partner = none;           ///< of a bracket: the index of the one that belongs to it
  bool first_on_line = false;
};

struct Comment {
  std::string text;  ///< with its `#`
  uint32_t line = 0;
  uint32_t next = 0;  ///< the index of the token that follows
  bool own_line = false;
};

/// What the parser reads; the last token is the end of the file.
struct Tokens {
  uint32_t file = 0;
  std::string_view text;
  std::vector<Token> list;
  std::vector<Comment> comments;
  std::vector<uint32_t> faults;  ///< indexes of tokens with or before which something was already reported, ascending

  std::string_view text_of(uint32_t index) const {
    return text.substr(list[index].begin, list[index].end - list[index].begin);
  }
  SourceRange range_of(uint32_t index) const { return {file, list[index].begin, list[index].end}; }
  /// Whether something was reported about one of the tokens from `first` to `last`.
  bool faulty(uint32_t first, uint32_t last) const;
};

/// Finds out what is wrong with single tokens and with brackets, reports it, and mends the list so that the parser can
/// go on; pairs the brackets; tells the `in` of a `let` and the `log` of a range from others.
/// False when the text is nested too deeply to be parsed at all.
bool check_tokens(Tokens& tokens, Diagnostics& diagnostics);

}  // namespace mlw::syntax
