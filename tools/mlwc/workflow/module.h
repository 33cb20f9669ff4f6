#pragma once

#include "tools/mlwc/common/command.h"

/// The commands that read rows, train or build stand in a module of their own: the program loads it, and with it the
/// libraries for threads, data and machine code, only when one of them is called.
namespace mlw::tool {

/// The module's one entry: the command of that name, null when it has none.
using FindCommand = const Command*(const char* name);
inline constexpr const char* workflow_command_entry = "mlw_workflow_command";

}  // namespace mlw::tool
