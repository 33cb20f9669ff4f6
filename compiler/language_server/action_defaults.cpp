#include <algorithm>
#include <set>

#include "compiler/language_server/actions.h"
#include "compiler/semantics/semantics.h"
#include "compiler/syntax/syntax.h"

namespace mlw::language_server {
namespace {

/// The block of the same kind and name in a tree.
const syntax::Block* counterpart(const syntax::File& tree, const Structure& s, const Item& block) {
  const auto same = [&](const syntax::Block& other) {
    if (other.kind.text != s.name(block.names[0])) return false;
    if (other.names.empty() || block.names.size() < 2) return true;
    return other.names[0].text == s.name(block.names[1]);
  };
  for (const syntax::Item& item : tree.items)
    if (const auto* other = std::get_if<syntax::Block>(&item.node); other && same(*other)) return other;
  return nullptr;
}

/// The workflow without what no setting of that kind of block is written from: long files have long lists of columns.
std::string full_text(const Workflow& workflow, const std::string& kind) {
  Workflow small = workflow;
  small.waivers.clear();
  small.prepare.definitions.clear();
  if (kind != "prepare") small.prepare.columns.clear();
  if (kind != "search") small.search.models.clear();
  for (Data& data : small.data) data.columns.clear();
  return print_full(small);
}

std::string line_of(const std::string& name, const char* sign, const syntax::Expression& value) {
  return name + sign + " " + syntax::print(value);
}

}  // namespace

void add_defaults(const OpenFile& file, const Analysis& analysis, Span span, std::vector<Action>& actions) {
  if (!analysis.sound) return;
  const Structure& s = file.structure();
  const uint32_t at = s.word_at(span.begin);
  uint32_t index = s.block_of(at != none ? s.where[at] : s.spot_at(span.begin));
  if (at != none && s.roles[at] == Role::block_kind) index = s.where[at].item;
  while (index != none && s.items[index].parent != none) index = s.items[index].parent;
  if (index == none || s.items[index].close == none || s.items[index].names.empty()) return;
  const Item& block = s.items[index];
  const vocabulary::Block* kind = vocabulary::words().block(s.name(block.names[0]));
  if (!kind) return;
  Sources sources;
  Diagnostics diagnostics;
  const std::string full = full_text(analysis.workflow, kind->name);
  const syntax::File tree = syntax::parse(sources, sources.add({"full", full}), diagnostics);
  const syntax::Block* whole = diagnostics.empty() ? counterpart(tree, s, block) : nullptr;
  if (!whole) return;
  std::set<std::string> given;
  bool defines = false;
  for (const Item& item : s.items) {
    if (item.parent != index) continue;
    for (const uint32_t name : item.names) given.insert(s.name(name));
    defines |= item.sort == Item::Sort::definition;
  }
  std::vector<std::string> lines;
  for (const syntax::Item& item : whole->items) {
    if (const auto* setting = std::get_if<syntax::Setting>(&item.node)) {
      for (const syntax::Name& name : setting->names)
        if (kind->setting(name.text) && !given.contains(name.text))
          lines.push_back(line_of(name.text, ":", *setting->value));
    } else if (const auto* definition = std::get_if<syntax::Definition>(&item.node); definition && !defines) {
      // Models that are searched when the file names none.
      if (kind->definitions == "model" && !given.contains(definition->name.text))
        lines.push_back(line_of(definition->name.text, " =", *definition->value));
    }
  }
  if (lines.empty()) return;
  Action action;
  action.sort = Action::Sort::rewrite;
  action.title = "Write out the defaults of `" + kind->name + "`";
  action.edits = {added_to_block(file, index, lines)};
  actions.push_back(std::move(action));
}

}  // namespace mlw::language_server
