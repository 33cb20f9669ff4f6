#include <stdexcept>

#include "compiler/syntax/syntax.h"

namespace mlw::syntax {

std::string formatted(const File& file, const std::string& path) {
  std::string text = print(file);
  Sources sources;
  Diagnostics diagnostics;
  const File again = parse(sources, sources.add({path, text}), diagnostics);
  if (!diagnostics.empty() || dump(again) != dump(file))
    throw std::logic_error("formatting would change the meaning of " + path + "; nothing was written");
  return text;
}

}  // namespace mlw::syntax
