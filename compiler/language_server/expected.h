#pragma once

#include <string_view>
#include <vector>

#include "compiler/language_server/structure.h"
#include "compiler/semantics/vocabulary.h"

/// What the vocabulary lets stand at a spot of a text.
namespace mlw::language_server {

/// Which names an expression may use.
enum class NameScope : uint8_t {
  none,      ///< there is no expression
  raw_row,   ///< columns
  row,       ///< columns and definitions of `prepare`
  training,  ///< the same, and statistics of rows
  judged,    ///< quantities of the judged rows, and metrics
  space,     ///< sets of values that `search` names
  function,  ///< parameters
};

struct Expected {
  const vocabulary::Block* block = nullptr;        ///< around the spot
  const vocabulary::Slot* slot = nullptr;          ///< the setting or parameter whose value stands here
  const vocabulary::Word* callee = nullptr;        ///< whose argument stands here
  const vocabulary::Function* function = nullptr;  ///< the same, of expressions
  std::string_view parameter_type;                 ///< of the function
  std::vector<std::string_view> families;          ///< whose words may stand here
  NameScope scope = NameScope::none;
  bool columns = false;  ///< names of columns, where no expression may stand
  bool data = false;     ///< names of data blocks
  bool metrics = false;  ///< the file's own metrics
  bool list = false;     ///< inside `[…]`

  bool takes(std::string_view type) const { return slot && slot->takes(type); }
};

/// What is expected everywhere in a text.
class Expectations {
 public:
  explicit Expectations(const Structure& structure);

  /// `spot` is where a value stands.
  Expected at(const Spot& spot) const;

 private:
  Expected inside(uint32_t frame, const Spot& spot) const;

  const Structure& structure_;
  std::vector<Expected> whole_;  ///< of each frame: where it stands
};

/// The word of the vocabulary that a name means where so much is expected; null when it is none.
const vocabulary::Word* word_meant(const Expected& expected, std::string_view name);

/// The setting that an item of a block gives a value to, by the word of its name; null when it is no setting of the
/// vocabulary.
const vocabulary::Slot* setting_slot(const Structure& structure, uint32_t item, uint32_t name);

}  // namespace mlw::language_server
