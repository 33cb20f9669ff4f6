#include "compiler/semantics/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/semantics/spaces.h"
#include "compiler/semantics/vocabulary.h"
#include "compiler/syntax/syntax.h"

namespace mlw {
namespace {

using vocabulary::Block;
using vocabulary::Function;
using vocabulary::Slot;
using vocabulary::Vocabulary;
using vocabulary::Word;

/// "functions" and "metrics": a family as a whole.
std::string family_of_plural(std::string_view name) {
  for (const auto& [family, words] : vocabulary::words().families)
    if (name == family + "s" || (family == "loss" && name == "losses") ||
        (family == "quantity" && name == "quantities"))
      return family;
  return {};
}

std::string not_built(const std::string& stage) {
  return stage.empty() ? "" : "Not built yet: `mlwc check` types it, and the stage `" + stage + "` refuses it.\n";
}

std::string slot_lines(const std::vector<Slot>& slots) {
  std::string out;
  for (const Slot& slot : slots)
    out += fmt::format("  {}: {}\n      {}{}\n", slot.name, slot_facts(slot), slot.help,
                       slot.built ? "" : " (not built yet)");
  return out;
}

std::string example_lines(const std::string& example) {
  std::string out, text = laid_out(example);
  for (size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1))
    out += (end == 0 ? "" : "  ") + text.substr(0, end + 1);
  return "\nExample\n" + out;
}

std::string block_text(const Block& block) {
  std::string out =
      fmt::format("block {} (step: {})\n{}\n{}", block.name, block.step, block.help, not_built(block.stage));
  if (block.repeatable) out += "May stand several times, each with a name of its own.\n";
  if (!block.definitions.empty()) out += fmt::format("A definition `name = …` in it is a new {}.\n", block.definitions);
  if (!block.settings.empty()) out += "\nSettings\n" + slot_lines(block.settings);
  return out + example_lines(block.whole);
}

std::string setting_text(const Block& block, const Slot& slot) {
  return fmt::format("setting {} of the block {}\n{}\n{}Takes {}.\n", slot.name, block.name, slot.help,
                     not_built(block.built ? slot.built ? "" : slot.stage : block.stage), slot_facts(slot)) +
         example_lines(slot.whole);
}

std::string word_text(const Word& word) {
  std::string out =
      fmt::format("{} {}\n{}\n{}", spoken_family(word.family), word.name, word.help, not_built(word.stage));
  if (!word.tasks.empty()) out += "For " + semantics::listed(word.tasks) + ".\n";
  if (!word.takes.empty())
    out += fmt::format("Takes {}, gives {}.\n", semantics::listed(word.takes),
                       word.gives == "same" ? "the same" : "a " + word.gives);
  if (word.family == "metric") {
    out += word.maximize ? "Larger is better." : "Smaller is better.";
    out += (word.range.unbounded() ? "" : " Values " + word.range.text() + ".") + std::string("\n");
    if (word.needs_scores) out += "Needs probabilities or scores.\n";
  }
  if (!word.parameters.empty()) out += "\nParameters\n" + slot_lines(word.parameters);
  return out + example_lines(word.whole);
}

std::string function_text(const Function& function) {
  std::string out =
      fmt::format("function {}{}\n{}\n{}", function.name, function.signature, function.help, not_built(function.stage));
  if (function.scope == "statistic")
    out +=
        "Looks at other rows: may stand in definitions of `prepare`, where it is learnt on training rows, and in "
        "metrics.\n";
  if (function.scope == "judged") out += "Looks at all judged rows: may stand in metrics.\n";
  return out + example_lines(function.whole);
}

std::string unit_text(const std::string& name, const vocabulary::Unit& unit) {
  return fmt::format("unit {}\nA unit of {}: {}; others are {}.\n", name, unit.dimension, unit.help,
                     semantics::listed(vocabulary::words().units_of(unit.dimension), 20)) +
         example_lines(unit.whole);
}

std::string family_text(std::string_view family) {
  std::string out = std::string(family) + ":\n";
  for (const auto& [name, word] : vocabulary::words().families.find(family)->second)
    out += fmt::format("  {}{}\n      {}\n", name, word.built ? "" : " (not built yet)", word.help);
  return out;
}

std::string functions_text() {
  std::string out = "functions:\n";
  for (const auto& [name, function] : vocabulary::words().functions)
    out += fmt::format("  {}{}{}\n      {}\n", name, function.signature, function.built ? "" : " (not built yet)",
                       function.help);
  return out;
}

std::string blocks_text() {
  std::string out = "blocks:\n";
  for (const Block& block : vocabulary::words().blocks)
    out += fmt::format("  {}{}\n      {}\n", block.name, block.built ? "" : " (not built yet)", block.help);
  return out;
}

}  // namespace

std::string laid_out(const std::string& example) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::File file = syntax::parse(sources, sources.add({"example", example}), diagnostics);
  return diagnostics.has_errors() ? example + "\n" : syntax::print(file);
}

std::vector<VocabularyEntry> vocabulary_entries() {
  const Vocabulary& words = vocabulary::words();
  std::vector<VocabularyEntry> entries;
  for (const Block& block : words.blocks) entries.push_back({"block", block.name, block.stage, laid_out(block.whole)});
  for (const Block& block : words.blocks)
    for (const Slot& slot : block.settings)
      entries.push_back({"setting", block.name + "." + slot.name,
                         block.built ? slot.built ? "" : slot.stage : block.stage, laid_out(slot.whole)});
  for (const auto& [family, members] : words.families)
    for (const auto& [name, word] : members) entries.push_back({family, name, word.stage, laid_out(word.whole)});
  for (const auto& [name, function] : words.functions)
    entries.push_back({"function", name, function.stage, laid_out(function.whole)});
  for (const auto& [name, unit] : words.units) entries.push_back({"unit", name, "", laid_out(unit.whole)});
  return entries;
}

std::string spoken_family(std::string_view family) {
  if (family == "preparation") return "step of preparation";
  if (family == "task_kind") return "kind of task";
  if (family == "column_kind") return "kind of column";
  if (family == "target_form") return "form of target";
  if (family == "default_model") return "model that is searched when the file names none";
  if (family == "planned_device") return "device";
  if (family == "cost") return "cost of an artefact";
  if (family == "quantity") return "quantity that metrics read";
  if (family == "stop") return "rule for the end of training";
  return std::string(family);
}

std::string slot_facts(const Slot& slot) {
  const Vocabulary& words = vocabulary::words();
  std::string out = semantics::expected_text(slot, words);
  std::string units;
  for (const auto& [type, dimension] :
       {std::pair("duration", "time"), std::pair("size", "size"), std::pair("angle", "angle")})
    if (slot.takes(type)) units = dimension;
  if (!units.empty()) out += ", in " + semantics::listed(words.units_of(units), 20);
  if (slot.takes("share")) out += " in per cent";
  if (!slot.range.unbounded()) out += ", " + slot.range.text();
  if (slot.space) out += "; takes sets of values too";
  if (!slot.default_text.empty()) out += "; default: `" + slot.default_text + "`";
  if (!slot.computed.empty()) out += "; default: " + slot.computed;
  if (slot.required) out += "; required";
  if (!slot.unbuilt_words.empty()) out += "; not built yet: " + semantics::listed(slot.unbuilt_words);
  return out;
}

std::string explain_name(std::string_view name) {
  const Vocabulary& words = vocabulary::words();
  if (name == "functions") return functions_text();
  if (name == "blocks") return blocks_text();
  std::vector<std::string> parts;
  const size_t dot = name.find('.');
  const std::string_view block_name = dot == std::string_view::npos ? "" : name.substr(0, dot);
  const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
  if (const Block* block = words.block(name)) parts.push_back(block_text(*block));
  for (const Block& block : words.blocks)
    if (const Slot* slot = block.setting(last); slot && (block_name.empty() || block_name == block.name))
      parts.push_back(setting_text(block, *slot));
  if (block_name.empty()) {
    for (const auto& [family, members] : words.families)
      if (const Word* word = words.word(family, name)) parts.push_back(word_text(*word));
    if (const Function* function = words.function(name)) parts.push_back(function_text(*function));
    if (const vocabulary::Unit* unit = words.unit(name)) parts.push_back(unit_text(std::string(name), *unit));
    if (const std::string family = family_of_plural(name); !family.empty()) parts.push_back(family_text(family));
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "\n") + part;
  return out;
}

std::vector<std::string> explained_names() {
  const Vocabulary& words = vocabulary::words();
  std::set<std::string> names = {"functions", "blocks"};
  for (const Block& block : words.blocks) {
    names.insert(block.name);
    for (const Slot& slot : block.settings) names.insert(slot.name);
  }
  for (const auto& [family, members] : words.families)
    for (const auto& [name, word] : members) names.insert(name);
  for (const auto& [name, function] : words.functions) names.insert(name);
  for (const auto& [name, unit] : words.units) names.insert(name);
  return {names.begin(), names.end()};
}

}  // namespace mlw
