#pragma once

#include <string>

#include "compiler/diagnostics/source.h"
#include "compiler/syntax/ast.h"

namespace mlw::syntax {

/// Text to tree. Goes on after a mistake: several are reported at once and the tree holds `Bad` where something is
/// wrong.
File parse(const Sources& sources, uint32_t file, Diagnostics& diagnostics);

/// The one layout of a file. `parse(print(f))` is `f`, and printing twice changes nothing. Comments are kept.
std::string print(const File& file);
std::string print(const Expression& expression);

/// The text of a file without mistakes in its one layout. Throws std::logic_error when that would change what the text
/// says, which would be a fault of mlwc.
std::string formatted(const File& file, const Sources& sources);

/// Whether two files say the same, comments and blank lines included: everything but the places in their texts.
bool same(const File& a, const File& b);

/// The tree as indented text, for `mlwc emit --ast` and tests.
std::string dump(const File& file);

}  // namespace mlw::syntax
