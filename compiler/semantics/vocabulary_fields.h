#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// How vocabulary.toml is read: field by field, with the line of every mistake.
namespace mlw::vocabulary {

[[noreturn]] inline void fault(const toml::node& node, const std::string& what) {
  throw std::logic_error("vocabulary.toml, line " + std::to_string(node.source().begin.line) + ": " + what);
}

/// Takes fields out of a table and complains about those that nobody takes, so that a misspelt field is never ignored.
class Fields {
 public:
  Fields(const toml::table& table, std::string_view name) : table_(table), name_(name) {}

  std::string text(std::string_view key, std::string fallback = {}) {
    const toml::node* node = take(key);
    if (!node) return fallback;
    if (!node->is_string()) fault(*node, std::string(key) + " must be a text");
    return std::string(**node->as_string());
  }
  bool flag(std::string_view key, bool fallback) {
    const toml::node* node = take(key);
    if (!node) return fallback;
    if (!node->is_boolean()) fault(*node, std::string(key) + " must be true or false");
    return **node->as_boolean();
  }
  double number(std::string_view key, double fallback) {
    const toml::node* node = take(key);
    if (!node) return fallback;
    if (auto value = node->value<double>()) return *value;
    fault(*node, std::string(key) + " must be a number");
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> out;
    const toml::node* node = take(key);
    if (!node) return out;
    if (!node->is_array()) fault(*node, std::string(key) + " must be a list");
    for (const toml::node& item : *node->as_array()) {
      if (!item.is_string()) fault(item, std::string(key) + " must hold texts");
      out.emplace_back(**item.as_string());
    }
    return out;
  }
  const toml::array* tables(std::string_view key) {
    const toml::node* node = take(key);
    if (node && !node->is_array()) fault(*node, std::string(key) + " must be a list");
    return node ? node->as_array() : nullptr;
  }
  void finish() const {
    for (const auto& [key, value] : table_)
      if (std::find(taken_.begin(), taken_.end(), key.str()) == taken_.end())
        fault(value, std::string(name_) + " has an unknown field " + std::string(key.str()));
  }
  const toml::table& table() const { return table_; }

 private:
  const toml::node* take(std::string_view key) {
    taken_.push_back(key);
    return table_.get(key);
  }
  const toml::table& table_;
  std::string_view name_;
  std::vector<std::string_view> taken_;
};

inline const toml::table& table_of(const toml::node& node) {
  if (!node.is_table()) fault(node, "a table is due");
  return *node.as_table();
}

}  // namespace mlw::vocabulary
