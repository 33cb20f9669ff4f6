#include "tools/mlwc/workflow/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "compiler/diagnostics/kinds/command.h"

extern char** environ;

namespace mlw::tool {
namespace {

constexpr int interrupted_status = 130;

[[noreturn]] void not_started(int error) { fail(kinds::not_started, {{"reason", std::strerror(error)}}); }

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments) {
  std::array<int, 2> pipe{};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) not_started(errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
  std::vector<std::string> words{"mlwc"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int error = posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe[1]);
  if (error != 0) {
    close(pipe[0]);
    not_started(error);
  }
  output_ = pipe[0];
  fcntl(output_, F_SETFL, O_NONBLOCK);
}

ChildProcess::~ChildProcess() {
  if (!ended_) {
    kill(process_, SIGKILL);
    finish();
  }
  close(output_);
}

void ChildProcess::interrupt() {
  if (!ended_) kill(process_, SIGINT);
}

void ChildProcess::finish() {
  int state = 0;
  while (waitpid(process_, &state, 0) < 0 && errno == EINTR) {
  }
  ended_ = true;
  status_ = WIFEXITED(state) ? WEXITSTATUS(state) : interrupted_status;
}

std::vector<std::string> ChildProcess::lines() {
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t count = read(output_, buffer.data(), buffer.size());
    if (count > 0) {
      pending_.append(buffer.data(), static_cast<size_t>(count));
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else {
      if (count == 0) finish();
      break;
    }
  }
  std::vector<std::string> found;
  for (size_t end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
    found.push_back(pending_.substr(0, end));
    pending_.erase(0, end + 1);
  }
  if (ended_ && !pending_.empty()) found.push_back(std::exchange(pending_, ""));
  return found;
}

}  // namespace mlw::tool
