#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/language_server/expected.h"

/// The names that a file introduces, and what every name in it means.
namespace mlw::language_server {

struct Symbol {
  enum class Sort : uint8_t { workflow, data, deployment, column, metric, model, function, module, parameter, local };
  Sort sort = Sort::column;
  std::string name;
  uint32_t word = none;            ///< where it is introduced
  uint32_t item = none;            ///< by which item; of a parameter or local: the one that it belongs to
  uint32_t begin = 0, end = none;  ///< of a local: the words from which and up to which it is seen
};

/// What a word means.
struct Meaning {
  enum class Sort : uint8_t {
    nothing,
    block,
    setting,
    parameter,  ///< the key of an argument of a word of the vocabulary
    word,       ///< of a family: a model, layer, metric …
    function,   ///< of expressions, built in
    choice,     ///< a word that a slot takes: `median`, `auto`
    symbol,     ///< introduced by this file
    imported,   ///< a function of a module: `member`
    column,
    code,  ///< of a diagnostic
  };
  Sort sort = Sort::nothing;
  const vocabulary::Block* block = nullptr;
  const vocabulary::Slot* slot = nullptr;
  const vocabulary::Word* word = nullptr;
  const vocabulary::Function* function = nullptr;
  uint32_t symbol = none;  ///< of the file; of an imported function: its module
  std::string name;
};

class Names {
 public:
  Names(const Structure& structure, const Expectations& expectations);

  const std::vector<Symbol>& symbols() const { return symbols_; }
  /// What a word means, by its place alone; a name that nothing else explains is a column where columns may stand.
  Meaning meaning(uint32_t word) const;
  /// The symbol that a word means or introduces; none when it is no symbol.
  uint32_t symbol_of(uint32_t word) const;
  /// The words that mean a symbol, the one that introduces it included.
  std::vector<uint32_t> uses(uint32_t symbol) const;
  /// The words that name a column of the data.
  std::vector<uint32_t> column_uses(std::string_view name) const;
  /// Symbols that an expression at a spot may use, the innermost first.
  std::vector<uint32_t> visible(const Spot& spot, uint32_t word, const Expected& expected) const;

 private:
  void add(Symbol::Sort sort, uint32_t word, uint32_t item);
  void add_item(uint32_t item);
  void add_locals();
  uint32_t find(Symbol::Sort sort, std::string_view name) const;
  uint32_t find_inner(const Spot& spot, uint32_t word, std::string_view name) const;
  Meaning of_symbol(uint32_t symbol) const;
  Meaning reference(uint32_t word) const;
  Meaning in_expression(uint32_t word, const std::string& name, const Expected& expected) const;
  Meaning key(uint32_t word) const;

  const Structure& structure_;
  const Expectations& expectations_;
  std::vector<Symbol> symbols_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> by_name_;
  std::map<uint32_t, uint32_t> by_word_;
};

}  // namespace mlw::language_server
