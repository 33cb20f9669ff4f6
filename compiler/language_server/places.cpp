#include "compiler/language_server/places.h"

#include <string>
#include <vector>

namespace mlw::language_server {
namespace {

/// The names in back quotes of a message.
std::vector<std::string> names_in(const std::string& message) {
  std::vector<std::string> names;
  for (size_t begin = message.find('`'); begin != std::string::npos; begin = message.find('`', begin)) {
    const size_t end = message.find('`', begin + 1);
    if (end == std::string::npos) break;
    names.push_back(message.substr(begin + 1, end - begin - 1));
    begin = end + 1;
  }
  return names;
}

/// Where the items of blocks introduce or set a name.
SourceRange find_name(const std::vector<syntax::Item>& items, const std::string& name) {
  for (const syntax::Item& item : items) {
    if (const auto* block = std::get_if<syntax::Block>(&item.node)) {
      if (const SourceRange found = find_name(block->items, name); found.valid()) return found;
    } else if (const auto* setting = std::get_if<syntax::Setting>(&item.node)) {
      for (const syntax::Name& one : setting->names)
        if (one.text == name) return one.range;
    } else if (const auto* definition = std::get_if<syntax::Definition>(&item.node)) {
      if (definition->name.text == name) return definition->name.range;
    }
  }
  return {};
}

/// The value of a setting that has no column's name.
SourceRange find_setting(const syntax::File& tree, std::string_view block, std::string_view name) {
  for (const syntax::Item& item : tree.items) {
    const auto* found = std::get_if<syntax::Block>(&item.node);
    if (!found || found->kind.text != block) continue;
    for (const syntax::Item& inner : found->items)
      if (const auto* setting = std::get_if<syntax::Setting>(&inner.node);
          setting && setting->names.front().text == name && setting->value)
        return setting->value->range;
  }
  return {};
}

}  // namespace

SourceRange place_of(const Diagnostic& diagnostic, const syntax::File& tree, const Workflow& workflow) {
  for (const std::string& name : names_in(diagnostic.message)) {
    if (const SourceRange found = find_name(tree.items, name); found.valid()) return found;
    if (!workflow.task.targets.empty() && name == workflow.task.targets.front())
      if (const SourceRange found = find_setting(tree, "task", "predict"); found.valid()) return found;
  }
  for (const std::string& name : names_in(diagnostic.reason))
    for (const Data& data : workflow.data)
      if (data.name == name && data.source.range.valid()) return data.source.range;
  const bool of_method = diagnostic.kind && diagnostic.kind->code.starts_with('M');
  if (of_method) {
    if (const SourceRange found = find_setting(tree, "metrics", "objective"); found.valid()) return found;
    if (const SourceRange found = find_setting(tree, "task", "predict"); found.valid()) return found;
  }
  if (const SourceRange found = find_setting(tree, "data", "source"); found.valid()) return found;
  return tree.workflow ? tree.workflow->range : SourceRange{tree.file, 0, 0};
}

}  // namespace mlw::language_server
