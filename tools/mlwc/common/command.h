#pragma once

#include <functional>
#include <string_view>

#include "tools/mlwc/common/session.h"

namespace CLI {
class App;
}

namespace mlw::tool {

/// The exit statuses of every command.
enum Status : int {
  done = 0,
  failed = 1,             ///< the workflow is at fault; diagnostics were printed
  wrong_usage = 2,        ///< of the command line
  requirement_unmet = 3,  ///< the result exists and says which
  retraining_due = 4,     ///< said by `monitor`
  own_fault = 70,         ///< of mlwc itself
  try_later = 75,
  interrupted_by_user = 130,
};

/// What runs once the arguments are read; returns a `Status`.
using Action = std::function<int(Session&)>;

/// One command: a file of its own and a row in a table.
struct Command {
  std::string_view name;
  std::string_view usage;     ///< what follows the name: "FILE…"
  std::string_view examples;  ///< one a line: the command, two spaces or more, what it does
  std::string_view details;   ///< what help says below the options; may be empty
  /// Declares arguments and options, and returns the action that uses them.
  Action (*declare)(CLI::App& app);
};

}  // namespace mlw::tool
