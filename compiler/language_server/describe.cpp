#include "compiler/language_server/describe.h"

#include <fmt/format.h>

#include "compiler/diagnostics/page.h"
#include "compiler/language_server/markdown.h"
#include "compiler/semantics/context.h"
#include "compiler/semantics/explain.h"

namespace mlw::language_server {
namespace {

using semantics::listed;
using vocabulary::words;

std::string not_built(const std::string& stage) {
  return stage.empty() ? "" : fmt::format("\n\n*Not built yet: the stage `{}` does not have it.*", stage);
}

std::string example_text(const std::string& example) {
  return example.empty() ? "" : fmt::format("\n\n```mlw\n{}\n```", example);
}

std::string signature(const vocabulary::Word& word) {
  std::string out = word.name;
  if (word.parameters.empty()) return out;
  for (const vocabulary::Slot& slot : word.parameters)
    out += (&slot == word.parameters.data() ? "(" : ", ") + slot.name + (slot.required ? "" : "?");
  return out + ")";
}

std::string metric_facts(const vocabulary::Word& word) {
  std::string out = word.maximize ? "Larger is better." : "Smaller is better.";
  if (!word.range.unbounded()) out += " Values " + word.range.text() + ".";
  if (word.needs_scores) out += " Needs probabilities or scores.";
  return "\n\n" + out;
}

}  // namespace

std::string describe(const vocabulary::Block& block) {
  std::string out =
      fmt::format("**{}** — block, step: {}\n\n{}{}", block.name, block.step, block.help, not_built(block.stage));
  if (!block.definitions.empty())
    out += fmt::format("\n\nA definition `name = …` in it is a new {}.", block.definitions);
  if (!block.settings.empty()) {
    std::vector<std::string> names;
    for (const vocabulary::Slot& slot : block.settings)
      if (slot.built) names.push_back(slot.name);
    if (!names.empty()) out += "\n\nSettings: " + listed(names, 30) + ".";
  }
  return out + example_text(block.example);
}

std::string describe(const vocabulary::Slot& slot, std::string_view owner) {
  return fmt::format("**{}** — of `{}`\n\n{}\n\nTakes {}.{}", slot.name, owner, slot.help, slot_facts(slot),
                     not_built(slot.built ? "" : slot.stage)) +
         example_text(slot.example);
}

std::string describe(const vocabulary::Word& word) {
  std::string out =
      fmt::format("**{}** — {}\n\n{}{}", signature(word), spoken_family(word.family), word.help, not_built(word.stage));
  if (!word.tasks.empty()) out += "\n\nFor " + listed(word.tasks) + ".";
  if (!word.takes.empty())
    out += fmt::format("\n\nTakes {}, gives {}.", listed(word.takes),
                       word.gives == "same" ? "the same" : "a " + word.gives);
  if (word.family == "metric") out += metric_facts(word);
  if (!word.parameters.empty()) out += "\n";
  for (const vocabulary::Slot& slot : word.parameters)
    out += fmt::format("\n- `{}`: {}; {}", slot.name, slot.help, slot_facts(slot));
  return out + example_text(word.example);
}

std::string describe(const vocabulary::Function& function) {
  std::string out = fmt::format("**{}**`{}` — function\n\n{}{}", function.name, function.signature, function.help,
                                not_built(function.stage));
  if (function.scope == "statistic" || !function.statistic.empty())
    out +=
        "\n\nOver rows it may stand in definitions of `prepare`, where it is learnt on training rows, and in metrics.";
  if (function.scope == "judged") out += "\n\nLooks at all judged rows: may stand in metrics.";
  return out + example_text(function.example);
}

std::string describe_unit(std::string_view name) {
  const vocabulary::Unit* unit = words().unit(name);
  if (!unit) return {};
  return fmt::format("**{}** — unit of {}\n\nOthers are {}.", name, unit->dimension,
                     listed(words().units_of(unit->dimension), 20));
}

std::string describe_code(std::string_view code) {
  const Kind* kind = find_kind(code);
  if (!kind) return {};
  constexpr const char* severities[] = {"note", "warning", "error"};
  return fmt::format("**{}** — {}\n\n{}", code, severities[static_cast<int>(kind->severity)], page_of(*kind).text);
}

std::string describe_word(uint32_t word, const OpenFile& file, const Analysis* analysis) {
  const Structure& structure = file.structure();
  if (structure.words[word].sort == WordSort::number) {
    const std::string_view shown = structure.written(word);
    const size_t unit = shown.find_last_of("0123456789");
    return describe_unit(shown.substr(unit + 1));
  }
  const Meaning meaning = file.names().meaning(word);
  switch (meaning.sort) {
    case Meaning::Sort::block:
      return describe(*meaning.block);
    case Meaning::Sort::setting:
      return describe(*meaning.slot, meaning.block->name);
    case Meaning::Sort::parameter:
      return meaning.slot ? describe(*meaning.slot, meaning.word->name) : describe(*meaning.word);
    case Meaning::Sort::word:
      return describe(*meaning.word);
    case Meaning::Sort::function:
      return describe(*meaning.function);
    case Meaning::Sort::choice:
      return fmt::format("**{}** — of `{}`\n\n{}\n\nTakes {}.", meaning.name, meaning.slot->name, meaning.slot->help,
                         slot_facts(*meaning.slot));
    case Meaning::Sort::symbol:
      return describe_symbol(file.names().symbols()[meaning.symbol], file, analysis);
    case Meaning::Sort::column:
      return analysis ? describe_column(meaning.name, *analysis) : std::string{};
    case Meaning::Sort::code:
      return describe_code(meaning.name);
    case Meaning::Sort::imported:
      return fmt::format("{} — function of the module {}", code(meaning.name),
                         code(file.names().symbols()[meaning.symbol].name));
    case Meaning::Sort::nothing:
      break;
  }
  return {};
}

}  // namespace mlw::language_server
