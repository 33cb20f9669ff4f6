#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace mlw::tool {

/// This program run once more with other arguments; what it writes to both its outputs arrives in lines.
class ChildProcess {
 public:
  /// A Failure when it cannot be started.
  explicit ChildProcess(const std::vector<std::string>& arguments);
  /// Stops it.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// To wait on: readable when `lines` has something to say.
  int descriptor() const { return output_; }
  /// What has arrived, without waiting.
  std::vector<std::string> lines();
  /// Whether it has ended, and how: an exit status, or 130 when it was stopped.
  bool ended() const { return ended_; }
  int status() const { return status_; }
  /// Asks it to stop, as Ctrl-C does.
  void interrupt();

 private:
  void finish();

  pid_t process_ = -1;
  int output_ = -1;
  bool ended_ = false;
  int status_ = 0;
  std::string pending_;
};

}  // namespace mlw::tool
