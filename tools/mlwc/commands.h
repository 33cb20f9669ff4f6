#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/mlwc/common/command.h"

namespace mlw::tool {

/// A row of the table that help, suggestions and the start of a command are made from.
struct Row {
  std::string_view name;
  std::string_view summary;  ///< half a line
  const Command* command;    ///< null when it stands in the module of the commands that read rows
};

std::span<const Row> all_rows();
const Row* find_row(std::string_view name);
/// The command of that row, its module loaded when need be. A Failure (R404, R405) when there is none.
const Command& load_command(const Row& row);
/// A function of that module, which is loaded when need be. A Failure (R405) without it.
void* find_in_module(const char* function);
/// The known command nearest to a misspelt one; empty when none is near.
std::string nearest_command(std::string_view name);

}  // namespace mlw::tool
