#include <stdexcept>

#include "compiler/syntax/syntax.h"

namespace mlw::syntax {

std::string formatted(const File& file, const Sources& sources) {
  const Source& source = sources[file.file];
  std::string text = print(file);
  if (text == source.text) return text;
  Sources printed;
  Diagnostics diagnostics;
  const File again = parse(printed, printed.add({source.path, text}), diagnostics);
  if (!diagnostics.empty() || !same(again, file))
    throw std::logic_error("formatting would change the meaning of " + source.path + "; nothing was written");
  return text;
}

}  // namespace mlw::syntax
