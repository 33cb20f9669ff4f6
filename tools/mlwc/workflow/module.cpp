#include "tools/mlwc/workflow/module.h"

#include <string_view>
#include <vector>

namespace mlw::tool {

extern const Command build_command, cache_command, check_command, diff_command, lsp_command, new_command, plan_command,
    predict_command, report_command, run_command, why_command;

namespace {

/// Every command of this module; its name and summary stand in the program's own table (tools/mlwc/commands.cpp) too.
const std::vector<const Command*>& commands() {
  static const std::vector<const Command*> list{&build_command,  &cache_command, &check_command, &diff_command,
                                                &lsp_command,    &new_command,   &plan_command,  &predict_command,
                                                &report_command, &run_command,   &why_command};
  return list;
}

}  // namespace
}  // namespace mlw::tool

extern "C" __attribute__((visibility("default"))) const mlw::tool::Command* mlw_workflow_command(const char* name) {
  for (const mlw::tool::Command* command : mlw::tool::commands())
    if (command->name == std::string_view(name)) return command;
  return nullptr;
}
