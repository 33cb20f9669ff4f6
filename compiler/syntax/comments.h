#pragma once

#include <vector>

#include "compiler/syntax/ast.h"
#include "compiler/syntax/tokens.h"

/// Where comments go. Those between items belong to the item that follows, those behind an item on its line to it, and
/// those inside an expression to the nearest of its parts that the printer puts on a line of its own.
namespace mlw::syntax {

/// A part of an expression that may carry comments, by the tokens it spans.
struct Part {
  uint32_t first, last;
  Expression* expression;
  bool leads;  ///< comments before it stay with it (not so for a first stage: they belong to the pipeline)
};

/// A call or list: comments may stand before its closing bracket.
struct BracketedList {
  uint32_t close;
  Expression* expression;
};

/// The places that comments inside one item may go to.
struct CommentPlaces {
  std::vector<Part> parts;
  std::vector<BracketedList> lists;
  std::vector<uint32_t> ghosts;  ///< parentheses that the printer leaves out, ascending once sorted

  void clear() { parts.clear(), lists.clear(), ghosts.clear(); }
};

/// Hands the comments of a file out, in order.
class CommentReader {
 public:
  explicit CommentReader(const Tokens& tokens) : tokens_(tokens) {}

  /// Comments and blank lines before the item that begins at token `first`.
  Trivia before_item(uint32_t first);
  /// Comments between the tokens `first` and `last` of one item go to their parts, or to the item's own.
  void inside_item(uint32_t first, uint32_t last, CommentPlaces& places, Trivia& item);
  /// A comment on the same line behind token `last`; empty when there is none.
  std::string behind(uint32_t last);
  /// The one behind the item that ends with token `last`; one that was found inside its last parentheses moves in front
  /// of it.
  void behind_item(uint32_t last, Trivia& item);
  /// What is left before token `close`, which ends a block or the file.
  std::vector<std::string> before_end(uint32_t close, bool after_items);

 private:
  /// The number of the first line that the comment or token before the next comment does not reach.
  uint32_t last_line_before(uint32_t token) const;

  const Tokens& tokens_;
  size_t next_ = 0;
  uint32_t last_comment_line_ = 0;  ///< of the comment handed out last
};

}  // namespace mlw::syntax
