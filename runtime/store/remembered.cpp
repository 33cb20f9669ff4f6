#include <nlohmann/json.hpp>

#include "runtime/store/checksum.h"
#include "runtime/store/store_state.h"

/// Which keys a workflow used last: one small file a stage. Losing one costs an answer of `mlwc why`, so it is not
/// synchronised; a checksum keeps a torn one from being believed.
namespace mlw {
namespace {

std::string path_of(const std::string& folder, const std::string& workflow, const std::string& name) {
  return folder + "/remembered/" + as_file_name(workflow) + "/" + as_file_name(name);
}

std::string to_json(const Key& key) {
  nlohmann::json parts = nlohmann::json::array();
  for (const KeyPart& part : key.parts) parts.push_back({part.name, part.value});
  const std::string text = parts.dump();
  return nlohmann::json{{"parts", parts}, {"sum", checksum(text.data(), text.size())}}.dump();
}

std::optional<Key> from_json(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("parts") || !json.contains("sum")) return std::nullopt;
  const std::string parts = json["parts"].dump();
  if (json["sum"] != checksum(parts.data(), parts.size())) return std::nullopt;
  Key key;
  for (const nlohmann::json& part : json["parts"]) key.parts.push_back({part.at(0), part.at(1)});
  return key;
}

}  // namespace

void Store::remember(const std::string& workflow, const std::string& name, const Key& key) {
  prepare();
  const std::string path = path_of(folder_, workflow, name), text = to_json(key);
  if (read_file(path) == text) return;
  make_folders(folder_ + "/remembered/" + as_file_name(workflow));
  write_file(path, text, {.durable = false});
}

std::optional<Key> Store::remembered(const std::string& workflow, const std::string& name) {
  const std::optional<std::string> text = read_file(path_of(folder_, workflow, name));
  return text ? from_json(*text) : std::nullopt;
}

std::set<std::string> Store::remembered_hashes() {
  std::set<std::string> hashes;
  const std::string root = folder_ + "/remembered";
  list_folder(root, [&](const std::string& workflow) {
    list_folder(root + "/" + workflow, [&](const std::string& name) {
      const std::optional<std::string> text = read_file(root + "/" + workflow + "/" + name);
      const std::optional<Key> key = text ? from_json(*text) : std::nullopt;
      if (key) hashes.insert(key->hash());
    });
  });
  return hashes;
}

}  // namespace mlw
