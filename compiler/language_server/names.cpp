#include "compiler/language_server/names.h"

#include <algorithm>

#include "compiler/diagnostics/diagnostic.h"

namespace mlw::language_server {
namespace {

using vocabulary::words;

Meaning named(Meaning::Sort sort, std::string name) {
  Meaning meaning;
  meaning.sort = sort;
  meaning.name = std::move(name);
  return meaning;
}

bool is_choice(const vocabulary::Slot& slot, std::string_view name) {
  return std::find(slot.words.begin(), slot.words.end(), name) != slot.words.end();
}

/// Where the expression behind a `let` ends: with the bracket or the item around it.
uint32_t end_of_local(const Structure& structure, const Spot& spot) {
  if (spot.frame != none && structure.frames[spot.frame].close != none) return structure.frames[spot.frame].close;
  return spot.item == none ? none : structure.items[spot.item].last + 1;
}

}  // namespace

Names::Names(const Structure& structure, const Expectations& expectations)
    : structure_(structure), expectations_(expectations) {
  for (uint32_t item = 0; item < structure.items.size(); ++item) add_item(item);
  add_locals();
  for (uint32_t i = 0; i < symbols_.size(); ++i) {
    by_name_[symbols_[i].name].push_back(i);
    by_word_.emplace(symbols_[i].word, i);
  }
}

void Names::add(Symbol::Sort sort, uint32_t word, uint32_t item) {
  symbols_.push_back({sort, structure_.name(word), word, item, 0, none});
}

void Names::add_item(uint32_t index) {
  using Sort = Symbol::Sort;
  const Item& item = structure_.items[index];
  if (item.names.empty()) return;
  switch (item.sort) {
    case Item::Sort::header:
      add(Sort::workflow, item.names[0], index);
      break;
    case Item::Sort::importing:
      add(Sort::module, item.names[0], index);
      break;
    case Item::Sort::function:
      add(Sort::function, item.names[0], index);
      for (size_t i = 1; i < item.names.size(); ++i) add(Sort::parameter, item.names[i], index);
      break;
    case Item::Sort::block: {
      const std::string_view kind = structure_.written(item.names[0]);
      for (size_t i = 1; i < item.names.size(); ++i)
        if (kind == "data" || kind == "deploy")
          add(kind == "data" ? Sort::data : Sort::deployment, item.names[i], index);
      break;
    }
    case Item::Sort::definition: {
      const vocabulary::Block* block = words().block(structure_.kind_of(structure_.block_of({item.parent})));
      if (!block || block->definitions.empty()) break;
      add(block->definitions == "column"   ? Sort::column
          : block->definitions == "metric" ? Sort::metric
                                           : Sort::model,
          item.names[0], index);
      break;
    }
    default:
      break;
  }
}

void Names::add_locals() {
  for (uint32_t word = 0; word < structure_.words.size(); ++word) {
    if (structure_.roles[word] != Role::local) continue;
    const Spot& spot = structure_.where[word];
    symbols_.push_back(
        {Symbol::Sort::local, structure_.name(word), word, spot.item, word, end_of_local(structure_, spot)});
  }
}

uint32_t Names::find(Symbol::Sort sort, std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found != by_name_.end())
    for (const uint32_t symbol : found->second)
      if (symbols_[symbol].sort == sort) return symbol;
  return none;
}

/// The local or parameter of that name that a word sees, the innermost.
uint32_t Names::find_inner(const Spot& spot, uint32_t word, std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return none;
  uint32_t best = none;
  for (const uint32_t index : found->second) {
    const Symbol& symbol = symbols_[index];
    if (symbol.item != spot.item) continue;
    if (symbol.sort == Symbol::Sort::parameter && best == none) best = index;
    if (symbol.sort == Symbol::Sort::local && symbol.begin < word && word < symbol.end) best = index;
  }
  return best;
}

Meaning Names::of_symbol(uint32_t symbol) const {
  Meaning meaning = named(Meaning::Sort::symbol, symbols_[symbol].name);
  meaning.symbol = symbol;
  return meaning;
}

Meaning Names::key(uint32_t word) const {
  const Spot& spot = structure_.where[word];
  Spot whole = structure_.frames[spot.frame].outer;
  const uint32_t callee = structure_.frames[spot.frame].callee;
  if (callee == none) return {};
  const Expected expected = expectations_.at(whole);
  if (const vocabulary::Word* called = word_meant(expected, structure_.written(callee))) {
    Meaning meaning = named(Meaning::Sort::parameter, structure_.name(word));
    meaning.word = called;
    meaning.slot = called->parameter(meaning.name);
    return meaning;
  }
  // A parameter of a function of this file.
  const uint32_t function = symbol_of(callee);
  if (function != none)
    for (uint32_t i = 0; i < symbols_.size(); ++i)
      if (symbols_[i].sort == Symbol::Sort::parameter && symbols_[i].item == symbols_[function].item &&
          symbols_[i].name == structure_.name(word))
        return of_symbol(i);
  return {};
}

Meaning Names::in_expression(uint32_t word, const std::string& name, const Expected& expected) const {
  const bool call = structure_.roles[word] == Role::callee;
  const bool quoted = structure_.words[word].sort == WordSort::quoted_name;
  if (const uint32_t inner = find_inner(structure_.where[word], word, name); inner != none && !call)
    return of_symbol(inner);
  if (call) {
    if (const uint32_t own = find(Symbol::Sort::function, name); own != none) return of_symbol(own);
    Meaning meaning = named(Meaning::Sort::function, name);
    meaning.function = words().function(name);
    return meaning.function ? meaning : Meaning{};
  }
  const Symbol::Sort sort = expected.scope == NameScope::judged  ? Symbol::Sort::metric
                            : expected.scope == NameScope::space ? Symbol::Sort::model
                                                                 : Symbol::Sort::column;
  if (expected.scope != NameScope::raw_row && expected.scope != NameScope::function)
    if (const uint32_t own = find(sort, name); own != none) return of_symbol(own);
  if (expected.scope == NameScope::judged) {
    Meaning meaning = named(Meaning::Sort::word, name);
    meaning.word = words().word("quantity", name);
    return meaning.word && !quoted ? meaning : Meaning{};
  }
  if (expected.scope == NameScope::space || expected.scope == NameScope::function) return {};
  return named(Meaning::Sort::column, name);
}

Meaning Names::reference(uint32_t word) const {
  const std::string name = structure_.name(word);
  const Spot& spot = structure_.where[word];
  if (word >= 2 && structure_.is(word - 1, ".") && structure_.roles[word - 2] == Role::qualifier) {
    Meaning meaning = named(Meaning::Sort::imported, name);
    meaning.symbol = find(Symbol::Sort::module, structure_.name(word - 2));
    return meaning.symbol == none ? Meaning{} : meaning;
  }
  const Expected expected = expectations_.at(spot);
  const bool quoted = structure_.words[word].sort == WordSort::quoted_name;
  if (expected.slot && !quoted && is_choice(*expected.slot, name)) {
    Meaning meaning = named(Meaning::Sort::choice, name);
    meaning.slot = expected.slot;
    return meaning;
  }
  if (expected.metrics)
    if (const uint32_t own = find(Symbol::Sort::metric, name); own != none) return of_symbol(own);
  if (!quoted)
    if (const vocabulary::Word* meant = word_meant(expected, name)) {
      Meaning meaning = named(Meaning::Sort::word, name);
      meaning.word = meant;
      return meaning;
    }
  if (expected.data)
    if (const uint32_t own = find(Symbol::Sort::data, name); own != none) return of_symbol(own);
  if (expected.columns) {
    if (expected.block && expected.block->name == "prepare")
      if (const uint32_t own = find(Symbol::Sort::column, name); own != none) return of_symbol(own);
    return named(Meaning::Sort::column, name);
  }
  return expected.scope == NameScope::none ? Meaning{} : in_expression(word, name, expected);
}

Meaning Names::meaning(uint32_t word) const {
  const Spot& spot = structure_.where[word];
  switch (structure_.roles[word]) {
    case Role::block_kind: {
      Meaning meaning = named(Meaning::Sort::block, structure_.name(word));
      meaning.block = words().block(meaning.name);
      return meaning.block ? meaning : Meaning{};
    }
    case Role::setting: {
      Meaning meaning = named(Meaning::Sort::setting, structure_.name(word));
      meaning.block = words().block(structure_.kind_of(structure_.block_of({structure_.items[spot.item].parent})));
      meaning.slot = setting_slot(structure_, spot.item, word);
      if (meaning.slot || !meaning.block) return meaning.slot ? meaning : Meaning{};
      if (const uint32_t own = find(Symbol::Sort::column, meaning.name);
          own != none && meaning.block->name == "prepare")
        return of_symbol(own);
      const bool of_columns = meaning.block->name == "prepare" || meaning.block->name == "columns";
      return of_columns ? named(Meaning::Sort::column, meaning.name) : Meaning{};
    }
    case Role::key:
      return key(word);
    case Role::qualifier: {
      const uint32_t module = find(Symbol::Sort::module, structure_.name(word));
      return module == none ? Meaning{} : of_symbol(module);
    }
    case Role::callee:
    case Role::reference:
      return reference(word);
    case Role::waiver_code: {
      return find_kind(structure_.name(word)) ? named(Meaning::Sort::code, structure_.name(word)) : Meaning{};
    }
    case Role::workflow_name:
    case Role::block_name:
    case Role::definition:
    case Role::function_name:
    case Role::parameter:
    case Role::alias:
    case Role::local:
      if (const auto found = by_word_.find(word); found != by_word_.end()) return of_symbol(found->second);
      return {};
    default:
      return {};
  }
}

uint32_t Names::symbol_of(uint32_t word) const {
  const Meaning meaning = this->meaning(word);
  return meaning.sort == Meaning::Sort::symbol ? meaning.symbol : none;
}

std::vector<uint32_t> Names::uses(uint32_t symbol) const {
  std::vector<uint32_t> found;
  for (uint32_t word = 0; word < structure_.words.size(); ++word)
    if (structure_.words[word].is_name() && structure_.name(word) == symbols_[symbol].name && symbol_of(word) == symbol)
      found.push_back(word);
  return found;
}

std::vector<uint32_t> Names::column_uses(std::string_view name) const {
  std::vector<uint32_t> found;
  for (uint32_t word = 0; word < structure_.words.size(); ++word)
    if (structure_.words[word].is_name() && structure_.name(word) == name)
      if (const Meaning meaning = this->meaning(word); meaning.sort == Meaning::Sort::column) found.push_back(word);
  return found;
}

std::vector<uint32_t> Names::visible(const Spot& spot, uint32_t word, const Expected& expected) const {
  std::vector<uint32_t> inner, outer;
  for (uint32_t i = 0; i < symbols_.size(); ++i) {
    const Symbol& symbol = symbols_[i];
    const bool row = expected.scope == NameScope::row || expected.scope == NameScope::training;
    switch (symbol.sort) {
      case Symbol::Sort::parameter:
        if (symbol.item == spot.item) inner.push_back(i);
        break;
      case Symbol::Sort::local:
        if (symbol.item == spot.item && symbol.begin < word && (word < symbol.end || symbol.end == none))
          inner.push_back(i);
        break;
      case Symbol::Sort::column:
        if (row) outer.push_back(i);
        break;
      case Symbol::Sort::metric:
        if (expected.scope == NameScope::judged || expected.metrics) outer.push_back(i);
        break;
      case Symbol::Sort::model:
        if (expected.scope == NameScope::space) outer.push_back(i);
        break;
      case Symbol::Sort::function:
      case Symbol::Sort::module:
        if (expected.scope != NameScope::none && expected.scope != NameScope::space) outer.push_back(i);
        break;
      case Symbol::Sort::data:
        if (expected.data) outer.push_back(i);
        break;
      default:
        break;
    }
  }
  std::reverse(inner.begin(), inner.end());
  inner.insert(inner.end(), outer.begin(), outer.end());
  return inner;
}

}  // namespace mlw::language_server
