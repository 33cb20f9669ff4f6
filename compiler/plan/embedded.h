#pragma once

#include <span>
#include <string_view>

namespace mlw {

/// A text that was built into the binary: the vocabulary, a module of the standard library, a device profile.
struct EmbeddedFile {
  std::string_view path;  ///< as in the source tree: "stdlib/metrics.mlw"
  std::string_view text;
};

/// All of them, in the order of their paths.
std::span<const EmbeddedFile> embedded_files();

/// The text of one of them; empty when there is none of that path.
std::string_view embedded(std::string_view path);

}  // namespace mlw
