#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/token_sort.h"

namespace mlw::syntax {

/// A word or sign of the language as it stands in the text.
struct Token {
  static constexpr uint32_t none = UINT32_MAX;
  uint32_t begin = 0, end = 0;
  uint32_t line = 0, last_line = 0;  ///< they differ for a text over several lines
  uint32_t partner = none;           ///< of a bracket: the index of the one that belongs to it
  TokenSort sort = TokenSort::end;
  bool first_on_line = false;
  bool beyond_ascii = false;  ///< of a name or number: holds characters that Unicode has to judge
};

struct Comment {
  std::string_view text;  ///< with its `#`
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

  uint32_t last() const { return static_cast<uint32_t>(list.size() - 1); }
  /// The end of the file stands behind the last token as often as is asked.
  TokenSort sort(uint32_t index) const { return index < list.size() ? list[index].sort : TokenSort::end; }
  std::string_view text_of(uint32_t index) const {
    return text.substr(list[index].begin, list[index].end - list[index].begin);
  }
  SourceRange range_of(uint32_t index) const { return {file, list[index].begin, list[index].end}; }
  SourceRange range_of(uint32_t first, uint32_t last) const { return {file, list[first].begin, list[last].end}; }
  /// Whether something was reported about one of the tokens from `first` to `last`.
  bool faulty(uint32_t first, uint32_t last) const;
  /// Leaves out what the parser cannot use; comments and faults then point at what follows.
  void leave_out(const std::vector<bool>& dropped);
};

/// Cuts a text.
Tokens read_tokens(std::string_view text, uint32_t file);

}  // namespace mlw::syntax
