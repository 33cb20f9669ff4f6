#include "compiler/semantics/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlw::vocabulary {
namespace {

template <typename Map>
auto find_in(const Map& map, std::string_view name) -> decltype(&map.begin()->second) {
  auto found = map.find(name);
  return found == map.end() ? nullptr : &found->second;
}

template <typename List>
auto find_named(const List& list, std::string_view name) -> decltype(list.data()) {
  for (const auto& item : list)
    if (item.name == name) return &item;
  return nullptr;
}

}  // namespace

bool Bounds::contains(double value) const {
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

bool Bounds::unbounded() const { return std::isinf(low) && std::isinf(high); }

std::string Bounds::text() const {
  const std::string from = low_open ? fmt::format("above {}", low) : fmt::format("from {}", low);
  const std::string to = high_open ? fmt::format("below {}", high) : fmt::format("to {}", high);
  if (std::isinf(high)) return low_open ? from : from + " up";
  if (std::isinf(low)) return high_open ? to : fmt::format("up to {}", high);
  return low_open || high_open ? from + (high_open ? " and " : " ") + to : from + " " + to;
}

bool Slot::takes(std::string_view type) const { return std::find(types.begin(), types.end(), type) != types.end(); }

const Slot* Block::setting(std::string_view name) const { return find_named(settings, name); }

const Slot* Word::parameter(std::string_view name) const { return find_named(parameters, name); }

bool Word::fits(std::string_view task) const {
  return tasks.empty() || std::find(tasks.begin(), tasks.end(), task) != tasks.end();
}

const Block* Vocabulary::block(std::string_view name) const { return find_named(blocks, name); }

const Word* Vocabulary::word(std::string_view family, std::string_view name) const {
  const auto* words = find_in(families, family);
  return words ? find_in(*words, name) : nullptr;
}

const Function* Vocabulary::function(std::string_view name) const { return find_in(functions, name); }

const Unit* Vocabulary::unit(std::string_view name) const { return find_in(units, name); }

std::vector<std::string> Vocabulary::names(std::string_view family) const {
  std::vector<std::string> out;
  if (const auto* words = find_in(families, family))
    for (const auto& [name, word] : *words) out.push_back(name);
  return out;
}

std::vector<std::string> Vocabulary::units_of(std::string_view dimension) const {
  std::vector<std::pair<double, std::string>> found;
  for (const auto& [name, unit] : units)
    if (unit.dimension == dimension) found.emplace_back(unit.to_base(1), name);
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto& [size, name] : found) out.push_back(std::move(name));
  return out;
}

}  // namespace mlw::vocabulary
