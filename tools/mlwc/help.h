#pragma once

#include <string>

#include "tools/mlwc/commands.h"

namespace mlw::tool {

/// `mlwc help`: examples, then every command.
std::string general_help(bool colour);
/// `mlwc help fmt`: what it does, examples, usage, options. `app` has the command's options declared.
std::string command_help(const Row& row, const Command& command, const CLI::App& app, bool colour);

}  // namespace mlw::tool
