#include "compiler/semantics/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/diagnostics/page.h"
#include "compiler/semantics/context.h"
#include "compiler/semantics/explain.h"
#include "compiler/semantics/vocabulary.h"

namespace mlw {
namespace {

using semantics::listed;
using vocabulary::Slot;
using vocabulary::Word;
using vocabulary::words;

/// Families in the order of a workflow, with their headings; others follow by name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> headings = {
    {{"task_kind", "Kinds of task"},
     {"target_form", "Forms of targets"},
     {"rule", "Rules"},
     {"source", "Sources"},
     {"column_kind", "Kinds of columns"},
     {"question", "Questions to people"},
     {"plot", "Figures of the data"},
     {"direction", "Directions of an objective"},
     {"metric", "Metrics"},
     {"quantity", "What metrics read"},
     {"outcome", "Outcomes that are told"},
     {"preparation", "Steps of preparation"},
     {"augmentation", "Changes of training images"},
     {"selection", "Selections of columns"},
     {"split", "Splits"},
     {"model", "Models"},
     {"default_model", "Models that are searched when the file names none"},
     {"layer", "Layers"},
     {"optimizer", "Optimizers"},
     {"loss", "Losses"},
     {"stop", "Ends of training"},
     {"target", "Targets"},
     {"planned_device", "Devices that nothing is built for yet"},
     {"cost", "Costs of an artefact"},
     {"drift_measure", "Measures of drift"},
     {"comparison", "Comparisons in use"},
     {"trigger", "Triggers"}}};

/// A cell of a table: no line ends, and no bar that would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string not_built(const std::string& stage) {
  return stage.empty() ? "" : fmt::format(" *Not built yet: the stage `{}` does not have it.*", stage);
}

std::string example(const std::string& whole) {
  return whole.empty() ? "" : fmt::format("\n```mlw\n{}```\n", laid_out(whole));
}

std::string settings_table(const vocabulary::Block& block) {
  if (block.settings.empty()) return "";
  std::string out = "\n| setting | takes | what it says | for example |\n|---|---|---|---|\n";
  for (const Slot& slot : block.settings)
    out += fmt::format("| `{}` | {} | {}{} | `{}` |\n", slot.name, cell(slot_facts(slot)), cell(slot.help),
                       block.built && !slot.built ? not_built(slot.stage) : "", cell(slot.example));
  return out;
}

std::string blocks() {
  std::string out = "## Blocks\n";
  for (const vocabulary::Block& block : words().blocks) {
    out += fmt::format("\n### `{}`\n\n{}{} Step of the workflow: {}.", block.name, block.help, not_built(block.stage),
                       block.step);
    if (!block.inside.empty()) out += fmt::format(" Stands inside `{}`.", block.inside);
    if (block.repeatable) out += " May stand several times, each with a name of its own.";
    if (!block.definitions.empty())
      out += fmt::format(" A definition `name = …` in it is a new {}.", block.definitions);
    out += "\n" + settings_table(block) + example(block.whole);
  }
  return out;
}

std::string word_text(const Word& word) {
  std::string out = fmt::format("\n### `{}`\n\n{}{}", word.name, word.help, not_built(word.stage));
  if (!word.tasks.empty()) out += " For " + listed(word.tasks) + ".";
  if (!word.takes.empty())
    out += fmt::format(" Takes {}, gives {}.", listed(word.takes),
                       word.gives == "same" ? "the same" : "`" + word.gives + "`");
  if (word.family == "metric") {
    out += word.maximize ? " Larger is better" : " Smaller is better";
    out += (word.range.unbounded() ? "" : "; values " + word.range.text()) + std::string(".");
    if (word.needs_scores) out += " Needs probabilities or scores.";
  }
  out += "\n";
  for (const Slot& slot : word.parameters)
    out += fmt::format("{}- `{}`: {}; {}\n", &slot == word.parameters.data() ? "\n" : "", slot.name, slot.help,
                       slot_facts(slot));
  return out + example(word.whole);
}

std::string family(std::string_view name, std::string_view heading) {
  std::string out = fmt::format("\n## {}\n", heading);
  for (const auto& [key, word] : words().families.find(name)->second) out += word_text(word);
  return out;
}

std::string families() {
  std::string out;
  for (const auto& [name, heading] : headings)
    if (words().is_family(name)) out += family(name, heading);
  for (const auto& [name, members] : words().families)
    if (std::none_of(headings.begin(), headings.end(), [&](const auto& known) { return known.first == name; }))
      out += family(name, name);
  return out;
}

std::string functions() {
  std::string out =
      "\n## Functions\n\nA function of scope *row* reads one record; *statistic* is learnt on training rows in "
      "`prepare` "
      "and counted over the judged rows in `metrics`; *judged* stands in `metrics` only.\n\n"
      "| function | scope | what it gives | for example |\n|---|---|---|---|\n";
  for (const auto& [name, function] : words().functions)
    out += fmt::format("| `{}{}` | {} | {}{} | `{}` |\n", name, cell(function.signature),
                       function.statistic.empty() ? function.scope : "row, statistic", cell(function.help),
                       not_built(function.stage), cell(function.example));
  return out;
}

std::string units() {
  std::string out = "\n## Units\n\n| unit | of | what it is | for example |\n|---|---|---|---|\n";
  for (const char* dimension : {"time", "size", "share", "angle"})
    for (const std::string& name : words().units_of(dimension)) {
      const vocabulary::Unit& unit = *words().unit(name);
      out += fmt::format("| `{}` | {} | {} | `{}` |\n", name, dimension, unit.help, unit.example);
    }
  return out;
}

std::string codes() {
  constexpr const char* severities[] = {"note", "warning", "error"};
  std::string out =
      "\n## Diagnostics\n\nEach sentence stands here as one example gives it; `mlwc explain CODE` says why it matters "
      "and "
      "what to do.\n\n| code | severity | what is said |\n|---|---|---|\n";
  for (const Kind* kind : all_kinds())
    out += fmt::format("| {} | {} | {} |\n", kind->code, severities[static_cast<int>(kind->severity)],
                       cell(page_of(*kind).message));
  return out;
}

}  // namespace

std::string reference_markdown() {
  return "# Reference of the mlw language\n\n"
         "Made from `grammar/vocabulary.toml` by `mlwc explain --all --markdown`; `./mlw bless` writes it anew. "
         "[language.md](language.md) is the way in.\n\n"
         "In the examples `customers.csv` holds people who may leave (`left`), a row each.\n\n" +
         blocks() + families() + functions() + units() + codes();
}

}  // namespace mlw
