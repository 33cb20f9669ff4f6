#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/workflow.h"

namespace mlw::language_server {

/// What the server wants to know of a workflow's data.
struct DataWanted {
  std::string path;   ///< of the workflow's file
  Workflow workflow;  ///< as it stands; complete only when it is sound
  bool sound = false;
  std::string known;      ///< the identity of the facts that are known already
  bool may_read = false;  ///< whether the data may be read now when nothing is known of them as they are
};

/// A command of mlwc on a file, to be run beside the server.
struct CommandWanted {
  std::string command;  ///< "run", "check", "build"
  std::string path;
  std::string argument;  ///< behind the file; empty without one
  int64_t number = 0;    ///< tells its messages from those of others
};

/// What lies outside: files, the store, processes, another thread. Nothing but `wait` waits: answers to `find_data`,
/// `start` and `run` come later, through `Server::data_found`, `command_said` and `command_ended`, `analysed`.
class Host {
 public:
  virtual ~Host() = default;

  /// The text of a module, given relative to a workflow's file. Any thread may ask.
  virtual std::optional<std::string> read_module(const std::string& workflow, const std::string& path) = 0;
  /// What lies in a folder, given relative to a workflow's file; folders end in `/`.
  virtual std::vector<std::string> list(const std::string& workflow, const std::string& folder) = 0;
  /// Does a piece of work beside the server, one at a time; `wait` returns when it is done.
  virtual void run(std::function<void()> work) = 0;
  virtual void wait() = 0;
  virtual void find_data(DataWanted wanted) = 0;
  virtual void start(CommandWanted wanted) = 0;
  virtual void stop(int64_t number) = 0;
  /// The report that a run of the workflow wrote; empty when there is none.
  virtual std::string report_of(const std::string& workflow) = 0;
};

}  // namespace mlw::language_server
