#pragma once

#include <string_view>

#include "compiler/diagnostics/diagnostic.h"

namespace mlw::syntax {

/// Reports characters that the language does not know (one or several in a row), with what was probably meant.
void report_stray(std::string_view characters, SourceRange range, Diagnostics& diagnostics);

}  // namespace mlw::syntax
