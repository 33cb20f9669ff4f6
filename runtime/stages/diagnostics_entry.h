#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "runtime/store/store.h"

namespace mlw {

/// Diagnostics that belong to a stored result, so that a later run tells them again. Places in the file are not kept:
/// the file may have changed.
std::string diagnostics_text(const Diagnostics& diagnostics);
Diagnostics parse_diagnostics(const std::string& text);

}  // namespace mlw
