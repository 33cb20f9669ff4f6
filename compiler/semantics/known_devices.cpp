#include "compiler/semantics/known_devices.h"

#include <string_view>

#include "compiler/plan/embedded.h"

namespace mlw::semantics {

std::vector<std::string> known_devices() {
  constexpr std::string_view folder = "stdlib/devices/", ending = ".toml";
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(folder) && file.path.ends_with(ending))
      names.emplace_back(file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size()));
  return names;
}

}  // namespace mlw::semantics
