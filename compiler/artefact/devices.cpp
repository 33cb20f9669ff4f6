#include "compiler/artefact/devices.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "compiler/diagnostics/kinds/artefact.h"
#include "compiler/plan/embedded.h"

namespace mlw {
namespace {

constexpr std::string_view folder = "stdlib/devices/", ending = ".toml";

/// Takes settings out of a profile; what is left over at the end is a setting that nobody knows.
class ProfileReader {
 public:
  ProfileReader(toml::table& table, const std::string& path) : table_(table), path_(path) {}

  template <typename Value>
  Value take(const std::string& section, const std::string& key) {
    toml::table* place = section.empty() ? &table_ : table_[section].as_table();
    const std::string full = section.empty() ? key : section + "." + key;
    if (!place || !place->contains(key)) stop("`" + full + "` is missing");
    const auto value = (*place)[key].value_exact<Value>();
    if (!value) stop("`" + full + "` is of another type than it should be");
    place->erase(key);
    if (!section.empty() && place->empty()) table_.erase(section);
    return *value;
  }

  int64_t take_positive(const std::string& section, const std::string& key) {
    const auto value = take<int64_t>(section, key);
    if (value <= 0) stop("`" + section + "." + key + "` must be above 0");
    return value;
  }

  void finish() {
    if (!table_.empty()) stop("nobody knows `" + std::string(table_.begin()->first.str()) + "`");
  }

  [[noreturn]] void stop(const std::string& what) const {
    fail(kinds::device_profile_malformed, {{"path", path_}, {"what", what}});
  }

 private:
  toml::table& table_;
  const std::string& path_;
};

toml::table parse_toml(std::string_view text, const std::string& path) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    std::ostringstream what;
    what << error.description() << " in line " << error.source().begin.line;
    fail(kinds::device_profile_malformed, {{"path", path}, {"what", what.str()}});
  }
}

}  // namespace

std::vector<std::string> device_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(folder) && file.path.ends_with(ending))
      names.emplace_back(file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size()));
  std::sort(names.begin(), names.end());
  return names;
}

DeviceProfile find_device(const std::string& name, SourceRange range) {
  const std::vector<std::string> names = device_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    const std::string path = std::string(folder) + name + std::string(ending);
    return parse_device(embedded(path), name, path);
  }
  std::string known;
  for (const std::string& each : names) known += (known.empty() ? "`" : ", `") + each + "`";
  Diagnostics diagnostics;
  Diagnostic& diagnostic = diagnostics.report(kinds::unknown_device, range, {{"name", name}, {"known", known}});
  if (const std::string_view near = nearest_name(name, names); !near.empty())
    diagnostic.note("did you mean `" + std::string(near) + "`?");
  throw Failure{diagnostic};
}

DeviceProfile parse_device(std::string_view text, const std::string& name, const std::string& path) {
  toml::table table = parse_toml(text, path);
  ProfileReader reader(table, path);
  DeviceProfile profile;
  Target& target = profile.target;
  profile.title = reader.take<std::string>("", "name");
  if (reader.take<std::string>("", "system") != "linux")
    reader.stop("the only `system` that is built for is \"linux\"");
  target.name = name;
  target.triple = reader.take<std::string>("", "triple");
  if (!target.triple.starts_with("aarch64-") && !target.triple.starts_with("x86_64-"))
    reader.stop("the `triple` must begin with aarch64 or x86_64");
  target.cpu = reader.take<std::string>("", "cpu");
  target.features = reader.take<std::string>("", "features");
  profile.ram_bytes = reader.take_positive("memory", "ram");
  target.level1_bytes = reader.take_positive("memory", "level1_data");
  target.level2_bytes = reader.take_positive("memory", "level2");
  target.vector_bits = static_cast<int>(reader.take_positive("vector", "bits"));
  if (target.vector_bits != 128 && target.vector_bits != 256 && target.vector_bits != 512)
    reader.stop("`vector.bits` must be 128, 256 or 512");
  target.vector_registers = static_cast<int>(reader.take_positive("vector", "registers"));
  target.fused_multiply_add = reader.take<bool>("vector", "fused_multiply_add");
  profile.emulator = reader.take<std::string>("verify", "emulator");
  profile.emulated_cpu = reader.take<std::string>("verify", "emulated_cpu");
  reader.finish();
  return profile;
}

}  // namespace mlw
