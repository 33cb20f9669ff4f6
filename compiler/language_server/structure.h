#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/scan.h"

/// What every word of a text is there for, told from the words alone: it holds for a text that is being written, with
/// brackets open and values missing, where a tree has holes.
namespace mlw::language_server {

using syntax::Word;
using syntax::WordSort;

/// The index of no word, item or frame.
inline constexpr uint32_t none = UINT32_MAX;

enum class Role : uint8_t {
  other,  ///< signs, literals, keywords
  workflow_word,
  workflow_name,
  block_kind,
  block_name,
  setting,
  definition,
  function_word,
  function_name,
  parameter,
  import_word,
  as_word,
  alias,
  allow_word,
  waiver_code,
  because_word,
  key,        ///< of an argument: `key: value`
  callee,     ///< stands before `(`
  qualifier,  ///< the module in `module.name`
  reference,
  local,  ///< bound by `let`
  scale,  ///< `log` behind a range
};

/// What may stand at a spot.
enum class Due : uint8_t {
  item,   ///< a setting, definition, block …
  value,  ///< an operand
  more,   ///< an operator, or the end of the value
  name,   ///< a name that the words before ask for: behind `fn`, `allow`, `deploy` …
};

/// Where something stands: in which item, between which brackets.
struct Spot {
  uint32_t item = none;   ///< the innermost; none at the top of the file
  uint32_t frame = none;  ///< the innermost bracket of the value
  uint32_t argument = 0;  ///< how many commas of the frame stand before
  uint32_t key = none;    ///< the word that names the argument
  Due due = Due::item;
  bool range = false;  ///< `..` was seen in the value under way
};

/// A round or square bracket in a value.
struct Frame {
  uint32_t callee = none;  ///< the word before it; none for a list or parentheses
  uint32_t open = none, close = none;
  uint32_t parent = none;
  bool list = false;
  Spot outer;  ///< where the whole stands
};

struct Item {
  enum class Sort : uint8_t { header, block, setting, definition, function, waiver, importing, broken };
  Sort sort = Sort::broken;
  uint32_t parent = none;              ///< the block around it
  uint32_t first = 0, last = 0;        ///< its words
  std::vector<uint32_t> names;         ///< of a block: kind and names; of others: what they set, define or name
  uint32_t value = none;               ///< where the value begins
  uint32_t open = none, close = none;  ///< the braces of a block
};

struct CommentWord {
  Word word;
  uint32_t next = 0;  ///< the word that follows
};

struct Structure {
  /// `text` must live as long as this.
  Structure(std::string_view text, const std::vector<Word>& all);

  std::string_view text;
  std::vector<Word> words;  ///< comments left out
  std::vector<CommentWord> comments;
  std::vector<Role> roles;
  std::vector<Spot> where;  ///< of each word
  std::vector<Spot> after;  ///< each word
  std::vector<Frame> frames;
  std::vector<Item> items;  ///< in the order in which they begin

  /// A word as written, and a name without its back quotes.
  std::string_view written(uint32_t word) const;
  std::string name(uint32_t word) const;
  bool is(uint32_t word, std::string_view sign) const;

  /// The word that holds the offset or, when there is none, the one that ends there.
  uint32_t word_at(uint32_t offset) const;
  /// The last word that ends at or before the offset.
  uint32_t word_before(uint32_t offset) const;
  /// Where a word that began at the offset would stand.
  Spot spot_at(uint32_t offset) const;
  bool in_comment(uint32_t offset) const;
  /// Whether no word stands before it on its line.
  bool first_on_line(uint32_t word) const;

  /// The block around a spot; none at the top of the file.
  uint32_t block_of(const Spot& spot) const;
  /// The kind of a block; empty for none.
  std::string_view kind_of(uint32_t block) const;
  /// The `##` lines before an item.
  std::string documentation(uint32_t item) const;
};

}  // namespace mlw::language_server
