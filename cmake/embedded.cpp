#include "compiler/plan/embedded.h"

#define MLW_EMBEDDED(index, path) extern "C" const char mlw_embedded_##index[], mlw_embedded_##index##_end[];
#include "embedded_table.inc"
#undef MLW_EMBEDDED

namespace mlw {

std::span<const EmbeddedFile> embedded_files() {
#define MLW_EMBEDDED(index, path) \
  {path, {mlw_embedded_##index, static_cast<size_t>(mlw_embedded_##index##_end - mlw_embedded_##index)}},
  static const EmbeddedFile files[] = {
#include "embedded_table.inc"
  };
#undef MLW_EMBEDDED
  return files;
}

std::string_view embedded(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.text;
  return {};
}

}  // namespace mlw
