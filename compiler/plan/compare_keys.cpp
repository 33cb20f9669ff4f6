#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "compiler/plan/plan_view.h"
#include "compiler/plan/settings_text.h"

namespace mlw {
namespace {

using Json = nlohmann::json;

std::string shown(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// A text that a key holds in the place of a space; none when it is another text.
std::optional<Space> as_space(const std::string& text) {
  if (!text.starts_with("(")) return std::nullopt;
  try {
    return parse_space(text);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

/// Where two spaces differ: "settings/stop/epochs".
void compare_spaces(const std::string& path, const Space& before, const Space& after, SourceRange range,
                    std::vector<Change>& changes) {
  if (to_text(before) == to_text(after)) return;
  const bool alike = before.form == after.form && before.text == after.text &&
                     before.items.size() == after.items.size() && before.arguments.size() == after.arguments.size() &&
                     (!before.items.empty() || !before.arguments.empty());
  if (!alike) {
    changes.push_back({path, settings_text(before), settings_text(after), range});
    return;
  }
  for (size_t i = 0; i < after.items.size(); ++i) {
    const std::string& word = after.items[i].text;
    compare_spaces(path + "/" + (word.empty() ? std::to_string(i + 1) : word), before.items[i], after.items[i], range,
                   changes);
  }
  for (size_t i = 0; i < after.arguments.size(); ++i)
    compare_spaces(path + "/" + after.arguments[i].name, before.arguments[i].value, after.arguments[i].value, range,
                   changes);
}

/// Where two settings differ, down to the members: "metrics/threshold".
void compare_settings(const std::string& path, const Json& before, const Json& after, SourceRange range,
                      std::vector<Change>& changes) {
  if (before == after) return;
  if (before.is_string() && after.is_string()) {
    const std::optional<Space> old = as_space(before.get<std::string>()), now = as_space(after.get<std::string>());
    if (old && now) return compare_spaces(path, *old, *now, range, changes);
  }
  const auto key_of = [](const Json& item, size_t index) {
    return item.is_object() && item.contains("name") && item["name"].is_string() ? item["name"].get<std::string>()
                                                                                 : std::to_string(index + 1);
  };
  if (before.is_object() && after.is_object()) {
    for (const auto& [name, value] : after.items())
      compare_settings(path + "/" + name, before.contains(name) ? before[name] : Json(), value, range, changes);
    for (const auto& [name, value] : before.items())
      if (!after.contains(name)) compare_settings(path + "/" + name, value, Json(), range, changes);
  } else if (before.is_array() && after.is_array() && before.size() == after.size()) {
    for (size_t i = 0; i < after.size(); ++i)
      compare_settings(path + "/" + key_of(after[i], i), before[i], after[i], range, changes);
  } else {
    changes.push_back({path, before.is_null() ? "" : shown(before), after.is_null() ? "" : shown(after), range});
  }
}

const KeyPart* find_part(const Key& key, const std::string& name) {
  const auto found =
      std::find_if(key.parts.begin(), key.parts.end(), [&](const KeyPart& part) { return part.name == name; });
  return found == key.parts.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Change> compare_keys(const Key& before, const Key& after) {
  std::vector<Change> changes;
  for (const KeyPart& part : after.parts) {
    const KeyPart* old = find_part(before, part.name);
    if (old != nullptr && old->value == part.value) continue;
    const Json old_json = old == nullptr ? Json() : Json::parse(old->value, nullptr, false);
    const Json new_json = Json::parse(part.value, nullptr, false);
    constexpr std::string_view prefix = "settings: ";
    if (old != nullptr && part.name == "settings") {
      const std::optional<Space> from = as_space(old->value), to = as_space(part.value);
      if (from && to) {
        compare_spaces("search", *from, *to, part.range, changes);
        continue;
      }
    }
    if (old != nullptr && part.name.starts_with(prefix) && !old_json.is_discarded() && !new_json.is_discarded())
      compare_settings(part.name.substr(prefix.size()), old_json, new_json, part.range, changes);
    else
      changes.push_back({part.name, old == nullptr ? "" : old->value, part.value, part.range});
  }
  for (const KeyPart& part : before.parts)
    if (find_part(after, part.name) == nullptr) changes.push_back({part.name, part.value, "", {}});
  return changes;
}

}  // namespace mlw
