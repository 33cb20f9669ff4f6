#pragma once

#include <string>

#include "compiler/diagnostics/source.h"
#include "compiler/syntax/ast.h"

namespace mlw::tool {

/// The text of a file, or of the standard input for `-`. A Failure (R401, R402) when it cannot be read.
std::string read_text(const std::string& path);

/// Reads and parses a file; faults go to `diagnostics`.
syntax::File parse_file(const std::string& path, Sources& sources, Diagnostics& diagnostics);

}  // namespace mlw::tool
