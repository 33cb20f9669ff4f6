#pragma once

#include <string>

#include "compiler/diagnostics/source.h"
#include "compiler/syntax/ast.h"

namespace mlw::tool {

/// The text of a file, or of the standard input for `-`. A Failure (R401, R402) when it cannot be read.
std::string read_text(const std::string& path);

/// Reads and parses a file; faults go to `diagnostics`.
syntax::File parse_file(const std::string& path, Sources& sources, Diagnostics& diagnostics);

/// The folder that paths in a workflow file are relative to, `.` for the standard input.
std::string folder_of(const std::string& path);

/// Reads the modules that a workflow file imports; their paths are relative to it.
FileReader module_reader(const std::string& path);

}  // namespace mlw::tool
