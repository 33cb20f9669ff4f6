#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/tokens.h"

namespace mlw::syntax {

/// What may begin a value.
inline constexpr TokenSet value_begins{TokenSort::number, TokenSort::open};

/// Says what the parser found wrong, in plain words: once for each mistake, and not at all where something was said
/// about the tokens before.
class Mistakes {
 public:
  Mistakes(const Tokens& tokens, Diagnostics& diagnostics) : tokens_(tokens), diagnostics_(diagnostics) {}

  /// One of the sorts `expected` should stand at `at`, in the item that begins at `first`.
  void unexpected(uint32_t first, uint32_t at, TokenSet expected);
  /// No item begins at `at`, where one should.
  void no_item(uint32_t at);
  /// Whether the setting or definition before ended in nothing and swallowed the name of the next one, of which only
  /// the sign is left at `at`: `seed:` or `a +` with nothing behind it. Then it is said.
  bool swallowed_name(uint32_t at);
  /// `workflow` at the beginning of the file without a name.
  void no_workflow_name();

 private:
  bool is_name(uint32_t i) const { return name_sorts.holds(tokens_.sort(i)); }
  bool is_reserved(uint32_t i) const { return reserved_sorts.holds(tokens_.sort(i)); }
  bool is_sign(uint32_t i) const;
  bool begins_line(uint32_t i) const;
  bool stands_alone(uint32_t i) const;
  bool ends_without_value(uint32_t at) const;
  bool is_block_line(uint32_t i) const;
  bool may_report() const;
  std::string plain(uint32_t i) const;

  Diagnostic* report(uint32_t at, const std::string& expected, const std::string& help);
  void reserved(uint32_t at);
  void no_value(uint32_t name);
  void bare_name(uint32_t i, uint32_t next);

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
};

}  // namespace mlw::syntax
