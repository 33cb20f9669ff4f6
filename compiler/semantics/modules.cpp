#include "compiler/semantics/modules.h"

#include <functional>
#include <stdexcept>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/plan/embedded.h"
#include "compiler/semantics/walk.h"
#include "compiler/syntax/syntax.h"

namespace mlw::semantics {
namespace {

/// Functions and imports of a module's tree; anything else is reported.
FileContents module_contents(const syntax::File& tree, Context& context) {
  FileContents contents;
  for (const syntax::Item& item : tree.items) {
    if (const auto* function = std::get_if<syntax::Function>(&item.node)) {
      contents.functions.push_back(function);
    } else if (const auto* import = std::get_if<syntax::Import>(&item.node)) {
      contents.imports.push_back(import);
    } else {
      context.report(kinds::bad_module, item.range, {{"help", "move it to the workflow"}});
    }
  }
  return contents;
}

}  // namespace

Module::Found Module::find(const syntax::QualifiedName& name) const {
  const Module* module = this;
  for (size_t i = 0; i + 1 < name.parts.size(); ++i) {
    auto inner = module->imports.find(name.parts[i].text);
    if (inner == module->imports.end()) return {};
    module = inner->second;
  }
  auto found = module->functions.find(name.parts.back().text);
  return found == module->functions.end() ? Found{} : Found{found->second, module};
}

std::vector<std::string> Module::names() const {
  std::vector<std::string> out;
  for (const auto& [name, function] : functions) out.push_back(name);
  for (const auto& [alias, module] : imports)
    for (const auto& [name, function] : module->functions) out.push_back(alias + "." + name);
  return out;
}

const Module& Modules::main(const FileContents& contents) {
  Module& module = modules_.emplace_back();
  fill(module, contents, {});
  check_recursion(module);
  return module;
}

const Module& Modules::standard(std::string_view path) {
  if (auto found = by_path_.find(path); found != by_path_.end()) return *found->second;
  Sources sources;
  Diagnostics diagnostics;
  const std::string text(embedded(path));
  if (text.empty()) throw std::logic_error("the standard library has no " + std::string(path));
  const uint32_t file = sources.add({std::string(path), text});
  trees_.push_back(syntax::parse(sources, file, diagnostics));
  Context context(diagnostics);
  const FileContents contents = module_contents(trees_.back(), context);
  if (!diagnostics.empty()) throw std::logic_error(render(diagnostics, sources, {}));
  Module& module = modules_.emplace_back();
  module.path = path;
  for (const syntax::Function* function : contents.functions) module.functions.emplace(function->name.text, function);
  by_path_.emplace(path, &module);
  return module;
}

const Module* Modules::import(const syntax::Import& import, SourceRange place) {
  if (!sources_ || !reader_ || !*reader_) return nullptr;
  if (auto found = by_path_.find(import.path); found != by_path_.end()) {
    if (loading_.contains(import.path))
      context_.report(kinds::recursion, place,
                      {{"name", import.path}, {"cycle", "the module imports itself, directly or through others"}});
    return found->second;
  }
  const std::optional<std::string> text = (*reader_)(import.path);
  if (!text) {
    context_.report(kinds::no_module, place, {{"path", import.path}});
    return nullptr;
  }
  const uint32_t file = sources_->add({import.path, *text});
  trees_.push_back(syntax::parse(*sources_, file, context_.diagnostics()));
  Module& module = modules_.emplace_back();
  module.path = import.path;
  by_path_.emplace(import.path, &module);
  loading_.insert(import.path);
  const FileContents contents = module_contents(trees_.back(), context_);
  fill(module, contents, place);
  check_recursion(module);
  loading_.erase(import.path);
  return &module;
}

void Modules::fill(Module& module, const FileContents& contents, SourceRange place) {
  for (const syntax::Function* function : contents.functions) {
    if (context_.words.function(function->name.text))
      context_.report(kinds::name_taken, function->name.range,
                      {{"name", function->name.text}, {"what", "a function of the language"}});
    auto [first, added] = module.functions.emplace(function->name.text, function);
    if (!added)
      context_
          .report(kinds::given_twice, function->name.range, {{"what", "the function"}, {"name", function->name.text}})
          .also_at(first->second->name.range, "first given here");
  }
  for (const syntax::Import* one : contents.imports) {
    const SourceRange at = one->alias ? one->alias->range : place;
    std::string alias = one->alias ? one->alias->text : one->path.substr(one->path.find_last_of('/') + 1);
    if (!one->alias) alias = alias.substr(0, alias.find('.'));
    if (const Module* inner = import(*one, at))
      if (!module.imports.emplace(alias, inner).second)
        context_.report(kinds::given_twice, at, {{"what", "the module"}, {"name", alias}});
  }
}

/// Functions call each other only in one direction, so that writing them out ends.
void Modules::check_recursion(const Module& module) {
  std::map<const syntax::Function*, int> state;  // 1: on the way, 2: done
  std::vector<std::string> way;
  std::function<void(const syntax::Function&)> visit = [&](const syntax::Function& function) {
    state[&function] = 1;
    way.push_back(function.name.text);
    for_each_call(*function.body, [&](const syntax::QualifiedName& callee) {
      if (callee.parts.size() != 1) return;
      auto found = module.functions.find(callee.parts[0].text);
      if (found == module.functions.end()) return;
      const int seen = state[found->second];
      if (seen == 1) {
        std::string cycle;
        for (const std::string& name : way) cycle += "`" + name + "` uses ";
        context_.report(kinds::recursion, callee.range,
                        {{"name", callee.parts[0].text}, {"cycle", cycle + "`" + callee.parts[0].text + "`"}});
      } else if (seen == 0) {
        visit(*found->second);
      }
    });
    way.pop_back();
    state[&function] = 2;
  };
  for (const auto& [name, function] : module.functions)
    if (state[function] == 0) visit(*function);
}

}  // namespace mlw::semantics
