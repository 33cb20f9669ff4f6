#include "runtime/stages/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

extern char** environ;

namespace mlw {
namespace {

[[noreturn]] void stop(int error) { throw std::system_error(error, std::generic_category()); }

/// A file in memory; the program's input, output and code are such files, so that nothing has to be read and written at
/// once.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes = {}) : descriptor_(memfd_create("mlw", MFD_CLOEXEC)) {
    if (descriptor_ < 0) stop(errno);
    for (std::string_view rest = bytes; !rest.empty();) {
      const ssize_t count = write(descriptor_, rest.data(), rest.size());
      if (count < 0 && errno != EINTR) stop(errno);
      rest.remove_prefix(static_cast<size_t>(std::max<ssize_t>(count, 0)));
    }
    if (lseek(descriptor_, 0, SEEK_SET) < 0) stop(errno);
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string content() const {
    struct stat facts{};
    if (fstat(descriptor_, &facts) != 0) stop(errno);
    std::string bytes(static_cast<size_t>(facts.st_size), '\0');
    size_t at = 0;
    while (at < bytes.size()) {
      const ssize_t count = pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      at += static_cast<size_t>(count);
    }
    bytes.resize(at);
    return bytes;
  }

 private:
  int descriptor_;
};

/// Waits for the end of a process, or ends it. A descriptor of the process becomes readable when it ends.
bool wait_for(pid_t process, std::chrono::seconds limit, int& status) {
  const int descriptor = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
  bool ended = true;
  if (descriptor >= 0) {
    pollfd waited{descriptor, POLLIN, 0};
    const auto end = std::chrono::steady_clock::now() + limit;
    for (;;) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
      const int ready = poll(&waited, 1, static_cast<int>(std::max<int64_t>(left, 0)));
      if (ready > 0 || (ready < 0 && errno != EINTR)) break;
      if (ready == 0) {
        ended = false;
        kill(process, SIGKILL);
        break;
      }
    }
    close(descriptor);
  }
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return ended;
}

}  // namespace

ProgramResult run_program(std::string_view executable, const std::vector<std::string>& launcher, std::string_view input,
                          std::chrono::seconds limit) {
  const MemoryFile code(executable), standard_input(input), output, errors;
  // In the child the code has a number of its own, which stays open over the start of the launcher.
  constexpr int code_descriptor = 3;
  const std::string path = "/proc/self/fd/" + std::to_string(code_descriptor);
  std::vector<std::string> words = launcher;
  words.push_back(path);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  if (const int error = posix_spawn_file_actions_init(&actions)) stop(error);
  posix_spawn_file_actions_adddup2(&actions, standard_input.descriptor(), 0);
  posix_spawn_file_actions_adddup2(&actions, output.descriptor(), 1);
  posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), 2);
  posix_spawn_file_actions_adddup2(&actions, code.descriptor(), code_descriptor);
  pid_t process = 0;
  const int error = posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error) stop(error);

  ProgramResult result;
  int status = 0;
  result.ended = wait_for(process, limit, status);
  result.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.output = output.content();
  result.errors = errors.content();
  return result;
}

std::optional<std::string> find_command(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view folders = path ? path : "/usr/bin:/bin";
  while (!folders.empty()) {
    const size_t end = std::min(folders.find(':'), folders.size());
    const std::string found = std::string(folders.substr(0, end)) + "/" + name;
    if (access(found.c_str(), X_OK) == 0) return found;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return std::nullopt;
}

}  // namespace mlw
