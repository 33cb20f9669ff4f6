#pragma once

#include <string>
#include <vector>

#include "compiler/language_server/open_file.h"

namespace mlw::language_server {

/// What the compiler found out and the text does not say, shown between its words.
struct Hint {
  uint32_t offset = 0;
  std::string label;
  std::string tooltip;
  bool is_type = true;
};

/// Kinds that were inferred, the size of sets of values, rows of the data, fits that a search needs.
std::vector<Hint> hints(const OpenFile& file, const Analysis& analysis, Span span);

/// A command that is offered above an item.
struct Lens {
  Span span;
  std::string title;
  std::string command;   ///< "mlwc.run" …
  std::string argument;  ///< behind the file: the target of `build`; empty without one
};
std::vector<Lens> lenses(const OpenFile& file);

}  // namespace mlw::language_server
