#include "compiler/language_server/expected.h"

#include <algorithm>

namespace mlw::language_server {
namespace {

using vocabulary::words;

/// A set of values that `search` gives a name to may be any of these.
constexpr std::string_view families_of_spaces[] = {"model", "layer", "optimizer", "loss", "stop"};

void expect_type(std::string_view type, Expected& expected) {
  constexpr std::string_view pipeline = "pipeline of ", list = "list of ";
  if (type.starts_with(pipeline)) {
    expected.families.push_back(type.substr(pipeline.size()));
  } else if (type.starts_with(list)) {
    expected.families.push_back(type.substr(list.size()));
  } else if (words().is_family(type)) {
    expected.families.push_back(type);
  } else if (type == "condition") {
    expected.scope = NameScope::row;
  } else if (type == "column" || type == "columns") {
    expected.columns = true;
  } else if (type == "data") {
    expected.data = true;
  } else if (type == "requirements") {
    expected.families = {"cost", "metric"};
    expected.metrics = true;
  } else if (type == "objective" || type == "metrics") {
    expected.families = {"metric", "direction"};
    expected.metrics = true;
  } else if (type == "outcomes") {
    expected.families = {"outcome", "metric"};
    expected.metrics = true;
  }
}

void expect_slot(const vocabulary::Slot& slot, Expected& expected) {
  expected.slot = &slot;
  for (const std::string& type : slot.types) expect_type(type, expected);
  if (slot.name == "where") expected.scope = NameScope::raw_row;
}

void expect_definition(const vocabulary::Block& block, Expected& expected) {
  if (block.definitions == "column") expected.scope = NameScope::training;
  if (block.definitions == "metric") {
    expected.scope = NameScope::judged;
    expected.metrics = true;
  }
  if (block.definitions == "model") {
    expected.scope = NameScope::space;
    expected.families.assign(std::begin(families_of_spaces), std::end(families_of_spaces));
  }
}

/// What the value of an item may be.
Expected value_of_item(const Structure& structure, uint32_t index) {
  Expected expected;
  if (index == none) return expected;
  const Item& item = structure.items[index];
  expected.block = words().block(structure.kind_of(structure.block_of({index})));
  if (item.sort == Item::Sort::function) {
    expected.scope = NameScope::function;
    return expected;
  }
  if (!expected.block || item.names.empty()) return expected;
  if (item.sort == Item::Sort::definition) {
    expect_definition(*expected.block, expected);
  } else if (item.sort == Item::Sort::setting) {
    if (const vocabulary::Slot* slot = setting_slot(structure, index, item.names.front()))
      expect_slot(*slot, expected);
    else if (expected.block->name == "columns")
      expected.families = {"column_kind"};
    else if (expected.block->name == "prepare")
      expected.families = {"preparation"};
  }
  return expected;
}

const vocabulary::Slot* parameter_of(const Structure& structure, const vocabulary::Word& word, const Spot& spot) {
  if (spot.key != none) return word.parameter(structure.written(spot.key));
  return spot.argument < word.parameters.size() ? &word.parameters[spot.argument] : nullptr;
}

/// The type of a function's parameter.
std::string_view parameter_type(const Structure& structure, const vocabulary::Function& function, const Spot& spot) {
  for (size_t i = 0; i < function.parameters.size(); ++i)
    if (spot.key != none ? function.parameters[i].name == structure.written(spot.key) : i == spot.argument)
      return function.parameters[i].type;
  return {};
}

/// From what is expected of a whole call to what is expected of its argument.
Expected argument_of(const Structure& structure, const Expected& whole, uint32_t callee, const Spot& spot) {
  Expected expected;
  expected.block = whole.block;
  const std::string_view name = structure.written(callee);
  if (const vocabulary::Word* word = word_meant(whole, name)) {
    expected.callee = word;
    if (word->family == "direction") {
      expected.families = {"metric"};
      expected.scope = NameScope::judged;
      expected.metrics = true;
    }
    if (const vocabulary::Slot* slot = parameter_of(structure, *word, spot)) expect_slot(*slot, expected);
    if (whole.scope == NameScope::space || (whole.block && whole.block->name == "search"))
      if (expected.scope == NameScope::none) expected.scope = NameScope::space;
    return expected;
  }
  if (whole.scope == NameScope::none || whole.scope == NameScope::space) return expected;
  expected.scope = whole.scope;
  expected.metrics = whole.metrics;
  expected.function = words().function(name);
  if (expected.function) expected.parameter_type = parameter_type(structure, *expected.function, spot);
  return expected;
}

}  // namespace

const vocabulary::Slot* setting_slot(const Structure& structure, uint32_t item, uint32_t name) {
  const vocabulary::Block* block = words().block(structure.kind_of(structure.block_of({structure.items[item].parent})));
  return block && structure.words[name].sort == WordSort::name ? block->setting(structure.written(name)) : nullptr;
}

const vocabulary::Word* word_meant(const Expected& expected, std::string_view name) {
  for (std::string_view family : expected.families)
    if (const vocabulary::Word* word = words().word(family, name)) return word;
  if (expected.scope == NameScope::judged)
    if (const vocabulary::Word* word = words().word("metric", name)) return word;
  return nullptr;
}

Expectations::Expectations(const Structure& structure) : structure_(structure) {
  whole_.reserve(structure.frames.size());
  for (const Frame& frame : structure.frames) whole_.push_back(at(frame.outer));  // a frame stands behind its parent
}

Expected Expectations::inside(uint32_t index, const Spot& spot) const {
  const Frame& frame = structure_.frames[index];
  if (frame.callee != none && structure_.roles[frame.callee] == Role::callee)
    return argument_of(structure_, whole_[index], frame.callee, spot);
  // What a function's parameter is when it is not given.
  if (frame.callee != none) return Expected{.block = whole_[index].block, .scope = NameScope::function};
  Expected expected = whole_[index];
  expected.list |= frame.list;
  return expected;
}

Expected Expectations::at(const Spot& spot) const {
  return spot.frame == none ? value_of_item(structure_, spot.item) : inside(spot.frame, spot);
}

}  // namespace mlw::language_server
