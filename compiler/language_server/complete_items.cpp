#include <set>

#include "compiler/language_server/completion_builder.h"
#include "compiler/language_server/describe.h"
#include "compiler/semantics/explain.h"

namespace mlw::language_server {
namespace {

using vocabulary::words;

/// A place to fill in for a value of a slot.
std::string place_for(const vocabulary::Slot& slot) {
  if (!slot.default_text.empty()) return "${1:" + snippet_text(slot.default_text) + "}";
  if (slot.takes("text")) return "\"$1\"";
  return "$1";
}

/// What a block already says: the names of its settings and of its inner blocks.
std::set<std::string> given_in(const Structure& structure, uint32_t block, uint32_t but) {
  std::set<std::string> names;
  for (const Item& item : structure.items) {
    if (item.parent != block) continue;
    if (item.sort == Item::Sort::setting)
      for (const uint32_t name : item.names)
        if (name != but) names.insert(structure.name(name));
    if (item.sort == Item::Sort::block && !item.names.empty() && item.names[0] != but)
      names.insert(structure.name(item.names[0]));
  }
  return names;
}

}  // namespace

void CompletionBuilder::items() {
  // Behind a value the block is that around its item.
  const uint32_t block_item = s_.block_of(spot_);
  if (block_item == none) {
    blocks("");
    if (before_ == none) {
      Completion& header = offer("workflow", Sort::keyword, 1);
      header.detail = "the name of the workflow, and a title";
      header.snippet = "workflow ${1:name} \"${2:title}\"";
    }
    Completion& function = offer("fn", Sort::keyword, 7);
    function.detail = "a function of expressions";
    function.snippet = "fn ${1:name}(${2:x}) = $0";
    Completion& import = offer("import", Sort::keyword, 7);
    import.detail = "functions of another file";
    import.snippet = "import \"${1:module.mlw}\" as ${2:name}";
  } else if (const vocabulary::Block* block = words().block(s_.kind_of(block_item))) {
    settings(block_item, *block);
    column_settings(block_item, *block);
    blocks(block->name);
  }
  Completion& waiver = offer("allow", Sort::keyword, 7);
  waiver.detail = "silences a warning, with a reason";
  waiver.snippet = "allow ${1:code} because \"${2:why it is right here}\"";
}

void CompletionBuilder::blocks(std::string_view inside) {
  const std::set<std::string> given = given_in(s_, s_.block_of(spot_), typed_);
  for (const vocabulary::Block& block : words().blocks) {
    if (!block.built || block.inside != inside || (!block.repeatable && given.contains(block.name))) continue;
    Completion& item = offer(block.name, Sort::block, inside.empty() ? 2 : 4);
    item.detail = block.step;
    item.about = "block " + block.name;
    if (followed_by("{")) continue;
    const bool named = block.names == "many" || (block.names == "one" && given.contains(block.name));
    item.snippet = block.name + (named ? " ${1:name}" : "") + " {\n  $0\n}";
    item.insert = block.name + " {";
  }
}

void CompletionBuilder::settings(uint32_t block_item, const vocabulary::Block& block) {
  const std::set<std::string> given = given_in(s_, block_item, typed_);
  for (const vocabulary::Slot& slot : block.settings) {
    if (!slot.built || given.contains(slot.name)) continue;
    Completion& item = offer(slot.name, Sort::property, slot.required ? 1 : 2);
    item.detail = slot_facts(slot);
    item.about = "setting " + block.name + "." + slot.name;
    if (followed_by(":") || followed_by(",")) continue;
    item.insert = slot.name + ": ";
    item.snippet = slot.name + ": " + place_for(slot);
  }
}

/// Settings whose names are columns: what they are, or how one of them is prepared.
void CompletionBuilder::column_settings(uint32_t block_item, const vocabulary::Block& block) {
  if (block.name != "columns" && block.name != "prepare") return;
  const std::set<std::string> given = given_in(s_, block_item, typed_);
  const auto add = [&](const std::string& name, std::string detail, std::string about) {
    if (given.contains(name)) return;
    Completion& item = offer(name, Sort::field, 3);
    item.detail = std::move(detail);
    item.about = std::move(about);
    item.insert = written(name) + (followed_by(":") || followed_by(",") ? "" : ": ");
  };
  if (block.name == "prepare")
    for (const Symbol& symbol : file_.names().symbols())
      if (symbol.sort == Symbol::Sort::column && symbol.word != typed_)
        add(symbol.name, symbol_in_short(symbol, file_, analysis_), "symbol " + symbol.name);
  if (!analysis_) return;
  for (const std::string& name : analysis_->columns.names())
    add(name, column_in_short(name, *analysis_), "column " + name);
}

void CompletionBuilder::codes() {
  std::set<std::string_view> found;
  if (analysis_)
    for (const Diagnostic& diagnostic : analysis_->diagnostics.all())
      if (diagnostic.severity != Severity::error) found.insert(diagnostic.kind->code);
  for (const Kind* kind : all_kinds()) {
    if (kind->severity == Severity::error) continue;
    Completion& item = offer(std::string(kind->code), Sort::constant, found.contains(kind->code) ? 1 : 5);
    item.detail = kind->sentence;
    item.about = "code " + std::string(kind->code);
    const std::string because = " because \"${1:why it is right here}\"";
    if (!followed_by("because")) item.snippet = std::string(kind->code) + because;
  }
}

}  // namespace mlw::language_server
