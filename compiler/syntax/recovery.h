#pragma once

#include "compiler/syntax/tokens.h"

namespace mlw::syntax {

/// Where items begin, and where the parser goes on after a fault: it leaves the item at fault and takes the next line
/// that begins one.
class Recovery {
 public:
  explicit Recovery(const Tokens& tokens) : tokens_(tokens) {}

  /// A closing brace, or the end of the file.
  bool ends_body(uint32_t i) const {
    return tokens_.sort(i) == TokenSort::close_brace || tokens_.sort(i) == TokenSort::end;
  }
  /// name {, name} : …    name = …    kind {name,} [name] { …    fn name ( …    import "…    allow name because …
  bool begins_item(uint32_t i);
  /// Where to go on after a fault at `fault` in the item that begins at `first`: at the next line that begins an item,
  /// or at the brace that closes the block. Brackets that are whole are passed over.
  uint32_t resume_behind(uint32_t first, uint32_t fault);

 private:
  bool is_name(uint32_t i) const { return name_sorts.holds(tokens_.sort(i)); }
  uint32_t step(uint32_t i) const;
  uint32_t names_end(uint32_t i);

  const Tokens& tokens_;
  uint32_t names_begin_ = 0, names_end_ = 0;  ///< of the list of names that was looked at last
};

}  // namespace mlw::syntax
