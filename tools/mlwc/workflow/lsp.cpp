#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>

#include "compiler/language_server/message_reader.h"
#include "compiler/language_server/server.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/lsp_host.h"

namespace mlw::tool {
namespace {

using language_server::MessageReader;
using language_server::Server;

/// Moves bytes between the editor and the server, and never lets a message wait for work that nobody asked for.
class Transport {
 public:
  Transport() : server_(host_, MLWC_VERSION), output_(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) {
    // The protocol owns the standard output: whatever else is printed goes to the standard error.
    dup2(STDERR_FILENO, STDOUT_FILENO);
  }
  ~Transport() { close(output_); }
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  int run() {
    while (!server_.finished() && !gone_) {
      receive(0);
      const bool done = server_.answer() || server_.work();
      send();
      if (!done && !server_.finished() && !gone_) receive(-1);
    }
    return server_.exit_status();
  }

 private:
  /// Takes what has arrived; waits for it with a timeout of -1.
  void receive(int timeout) {
    std::vector<pollfd> waiting{{STDIN_FILENO, POLLIN, 0}};
    for (const int descriptor : host_.descriptors()) waiting.push_back({descriptor, POLLIN, 0});
    if (poll(waiting.data(), waiting.size(), timeout) <= 0) return;
    for (size_t i = 1; i < waiting.size(); ++i)
      if (waiting[i].revents != 0) {
        host_.deliver(server_);
        break;
      }
    if (waiting[0].revents == 0) return;
    std::array<char, 1 << 16> buffer;
    const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) gone_ = true;
    if (count <= 0) return;
    reader_.feed({buffer.data(), static_cast<size_t>(count)});
    while (const auto message = reader_.next()) {
      if (message->fault.empty())
        server_.receive(message->content);
      else
        server_.received_junk(message->fault);
    }
  }

  void send() {
    for (const std::string& message : server_.take()) {
      const std::string bytes = language_server::framed(message);
      for (size_t done = 0; done < bytes.size() && !gone_;) {
        const ssize_t count = write(output_, bytes.data() + done, bytes.size() - done);
        if (count > 0) done += static_cast<size_t>(count);
        if (count < 0 && errno != EINTR) gone_ = true;
      }
    }
  }

  LspHost host_;
  Server server_;
  MessageReader reader_;
  int output_;
  bool gone_ = false;  ///< the editor
};

Action declare(CLI::App& app) {
  auto as_always = std::make_shared<bool>();
  app.add_flag("--stdio", *as_always, "over the standard input and output, as always; editors say so");
  return [as_always](Session&) {
    std::signal(SIGPIPE, SIG_IGN);
    return Transport().run();
  };
}

}  // namespace

extern const Command lsp_command{
    "lsp", "[--stdio]", "mlwc lsp   started by an editor, which talks with it over the standard input and output",
    "It speaks the Language Server Protocol 3.17. Data are looked up in `.mlw/store` beside a workflow; what is not "
    "there "
    "is read by `mlwc check` beside the server when a file is opened or saved, unless the editor's options say "
    "`\"readData\": \"never\"`.\nSee docs/editors.md for how editors are set up.",
    declare};

}  // namespace mlw::tool
