#pragma once

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "compiler/language_server/message_reader.h"

extern char** environ;

/// An editor's side of the language server: starts the program and talks with it over pipes.
class Editor {
 public:
  using Json = nlohmann::json;

  Editor(const std::string& program, const std::string& folder) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    std::string name = program, command = "lsp";
    char* arguments[] = {name.data(), command.data(), nullptr};
    const int fault = posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    in_ = in[1];
    out_ = out[0];
    if (fault != 0) throw std::runtime_error("cannot start " + program);
  }
  ~Editor() {
    close(in_);
    close(out_);
    if (process_ > 0) waitpid(process_, nullptr, 0);
  }
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  void send(Json message) {
    message["jsonrpc"] = "2.0";
    send_bytes(mlw::language_server::framed(message.dump()));
  }
  void send_bytes(const std::string& bytes) {
    for (size_t done = 0; done < bytes.size();) {
      const ssize_t count = write(in_, bytes.data() + done, bytes.size() - done);
      if (count < 0) throw std::runtime_error("the server is gone");
      done += static_cast<size_t>(count);
    }
  }

  /// The next message. Fails when none comes for a minute or the server is gone.
  Json read() {
    for (;;) {
      if (const auto message = reader_.next()) {
        if (!message->fault.empty()) throw std::runtime_error("the server sent " + message->fault);
        Json json = Json::parse(message->content);
        received.push_back(json);
        return json;
      }
      pollfd waiting{out_, POLLIN, 0};
      if (poll(&waiting, 1, 60'000) <= 0) throw std::runtime_error("the server is silent");
      char buffer[1 << 16];
      const ssize_t count = ::read(out_, buffer, sizeof buffer);
      if (count <= 0) throw std::runtime_error("the server is gone");
      reader_.feed({buffer, static_cast<size_t>(count)});
    }
  }

  /// The answer to a request with that id.
  Json answer(const Json& id) {
    for (;;) {
      Json message = read();
      if (message.contains("id") && message["id"] == id && !message.contains("method")) return message;
    }
  }
  /// A request and its answer.
  Json request(const std::string& method, Json params) {
    const int64_t id = ++next_;
    send({{"id", id}, {"method", method}, {"params", std::move(params)}});
    return answer(id);
  }
  void notify(const std::string& method, Json params) { send({{"method", method}, {"params", std::move(params)}}); }
  /// The next message of a method that is not yet past.
  Json await(const std::string& method) {
    for (;;) {
      Json message = read();
      if (message.value("method", "") == method) return message;
    }
  }
  /// The diagnostics of one version of a text.
  Json await_diagnostics(int64_t version) {
    for (;;) {
      Json message = await("textDocument/publishDiagnostics");
      if (message["params"].value("version", int64_t{-1}) == version) return message["params"];
    }
  }

  /// Waits until the server has ended and says how.
  int end() {
    int state = 0;
    waitpid(process_, &state, 0);
    process_ = -1;
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  }

  std::vector<Json> received;

 private:
  pid_t process_ = -1;
  int in_ = -1, out_ = -1;
  int64_t next_ = 1'000'000;
  mlw::language_server::MessageReader reader_;
};
