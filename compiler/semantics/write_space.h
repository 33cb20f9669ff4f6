#pragma once

#include <map>
#include <string>

#include "compiler/plan/space.h"
#include "compiler/semantics/vocabulary.h"

namespace mlw::semantics {

/// Named spaces that were met, as mlw text, by name.
using NamedSpaces = std::map<std::string, std::string>;

/// A space as mlw text, as it may stand at that place; every argument is written out. Named spaces are written as their
/// names and added to `named`.
std::string space_text(const Space& space, const vocabulary::Slot& slot, NamedSpaces& named);
/// A word of a family with its arguments.
std::string word_text(const Space& space, std::string_view family, NamedSpaces& named);

}  // namespace mlw::semantics
