#pragma once

#include <string>

#include "tools/mlwc/common/command.h"

/// The commands that read rows, train or build stand in a module of their own: the program loads it, and with it the
/// libraries for threads, data and machine code, only when one of them is called.
namespace mlw::tool {

/// The module's entry: the command of that name, null when it has none.
using FindCommand = const Command*(const char* name);
inline constexpr const char* workflow_command_entry = "mlw_workflow_command";

/// What `mlwc emit` shows beyond the text of a file: it takes the data, and what a run has left in the store.
struct EmitRequest {
  enum class Form { plan, llvm, assembly };
  std::string path;
  Form form = Form::plan;
  std::string stage;   ///< empty: all of them, or the final fit
  std::string target;  ///< of machine code, a deploy block or a device; empty: as the stage says
};
using Emit = int(Session& session, const EmitRequest& request);
inline constexpr const char* workflow_emit_entry = "mlw_workflow_emit";

}  // namespace mlw::tool
