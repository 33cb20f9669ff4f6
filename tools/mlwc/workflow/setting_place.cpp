#include "tools/mlwc/workflow/setting_place.h"

#include <string>
#include <vector>

namespace mlw::tool {
namespace {

std::vector<std::string> steps_of(std::string_view part) {
  std::vector<std::string> steps;
  for (size_t begin = 0; begin <= part.size();) {
    const size_t end = std::min(part.find('/', begin), part.size());
    steps.emplace_back(part.substr(begin, end - begin));
    begin = end + 1;
  }
  return steps;
}

/// Words of keys that the file calls otherwise.
std::string word_of_file(const std::string& step) { return step == "targets" ? "predict" : step; }

bool contains(const std::vector<std::string>& steps, const std::string& name) {
  for (const std::string& step : steps)
    if (word_of_file(step) == name) return true;
  return false;
}

/// The item of a block that the rest of the way names.
SourceRange place_within(const syntax::Block& block, const std::vector<std::string>& steps) {
  for (const syntax::Item& item : block.items) {
    if (const auto* setting = std::get_if<syntax::Setting>(&item.node)) {
      for (const syntax::Name& name : setting->names)
        if (contains(steps, name.text)) return item.range;
    } else if (const auto* definition = std::get_if<syntax::Definition>(&item.node)) {
      if (contains(steps, definition->name.text)) return item.range;
    } else if (const auto* inner = std::get_if<syntax::Block>(&item.node)) {
      if (const SourceRange place = place_within(*inner, steps); place.valid()) return place;
    }
  }
  return {};
}

}  // namespace

SourceRange setting_place(const syntax::File& file, std::string_view part) {
  const std::vector<std::string> steps = steps_of(part);
  const std::vector<std::string> rest(steps.begin() + 1, steps.end());
  SourceRange of_block;
  for (const syntax::Item& item : file.items) {
    const auto* block = std::get_if<syntax::Block>(&item.node);
    if (block == nullptr || block->kind.text != steps[0]) continue;
    // Several data or deploy blocks: the one whose name is on the way.
    bool named = block->names.empty();
    for (const syntax::Name& name : block->names) named = named || rest.empty() || name.text == rest[0];
    if (!named) continue;
    if (const SourceRange place = place_within(*block, rest); place.valid()) return place;
    if (!of_block.valid()) of_block = block->kind.range;
  }
  return of_block;
}

}  // namespace mlw::tool
