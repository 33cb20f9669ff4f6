#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/plan/plan_view.h"

namespace mlw {
namespace {

using Json = nlohmann::json;

std::string shown(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// Where two settings differ, down to the members: "metrics/threshold".
void compare_settings(const std::string& path, const Json& before, const Json& after, SourceRange range,
                      std::vector<Change>& changes) {
  if (before == after) return;
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
