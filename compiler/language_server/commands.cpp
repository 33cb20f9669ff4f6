#include <fmt/format.h>

#include "compiler/language_server/server.h"

namespace mlw::language_server {
namespace {

constexpr std::string_view prefix = "mlwc.";

std::string file_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

const char* doing(const std::string& command) {
  return command == "check" ? "Checking" : command == "build" ? "Building" : "Running";
}

/// The exit statuses of mlwc.
std::string outcome(const std::string& command, const std::string& file, int status, const std::string& last_words) {
  const std::string behind = last_words.empty() ? "" : ": " + last_words;
  switch (status) {
    case 0:
      return fmt::format("`mlwc {} {}` is done{}", command, file, behind);
    case 3:
      return fmt::format("`mlwc {} {}`: a requirement is not met{}", command, file, behind);
    case 130:
      return fmt::format("`mlwc {} {}` was stopped", command, file);
    default:
      return fmt::format("`mlwc {} {}` failed{}", command, file, behind);
  }
}

}  // namespace

/// The numbers of the protocol: 1 error, 2 warning, 3 information.
void Server::show(int sort, const std::string& text) {
  notify("window/showMessage", {{"type", sort}, {"message", text}});
}

Json Server::execute(const Json& params) {
  const std::string name = text_of(params, "command");
  const Json& arguments = member(params, "arguments");
  if (!arguments.is_array() || arguments.empty() || !arguments[0].is_string())
    throw RequestFault(invalid_params, "the first argument must be the uri of a workflow");
  const std::string uri = arguments[0].get<std::string>();
  if (!uri.starts_with("file://")) throw RequestFault(invalid_params, uri + " is no file");
  const std::string argument = arguments.size() > 1 && arguments[1].is_string() ? arguments[1].get<std::string>() : "";
  if (argument.starts_with('-')) throw RequestFault(invalid_params, argument + " is no target");
  const std::string command = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  if (command == "openReport") {
    open_report(uri);
  } else if (command == "run" || command == "check" || command == "build") {
    start_command(uri, {command, path_of_uri(uri), argument, next_command_++}, false);
  } else {
    throw RequestFault(invalid_params, "there is no command " + name);
  }
  return {};
}

void Server::open_report(const std::string& uri) {
  const std::string path = host_.report_of(path_of_uri(uri));
  if (path.empty()) {
    show(2, "there is no report yet: run the workflow first");
  } else if (client_.show_document) {
    ask("window/showDocument", {{"uri", uri_of_path(path)}, {"external", true}});
  } else {
    show(3, "the report is " + path);
  }
}

void Server::start_command(const std::string& uri, CommandWanted wanted, bool quiet) {
  Command& command = commands_[wanted.number];
  command = {wanted, uri, client_.work_progress, quiet};
  if (command.progress) {
    ask("window/workDoneProgress/create", {{"token", fmt::format("mlwc-{}", wanted.number)}});
    progress(
        command,
        {{"kind", "begin"},
         {"title", fmt::format("{} {}", quiet ? "Reading the data of" : doing(wanted.command), file_of(wanted.path))},
         {"cancellable", true}});
  }
  host_.start(std::move(wanted));
}

void Server::progress(const Command& command, Json value) {
  if (command.progress)
    notify("$/progress", {{"token", fmt::format("mlwc-{}", command.wanted.number)}, {"value", std::move(value)}});
}

void Server::command_said(int64_t number, const std::string& line) {
  const auto found = commands_.find(number);
  if (found != commands_.end()) progress(found->second, {{"kind", "report"}, {"message", line}});
}

void Server::command_ended(int64_t number, int status, const std::string& last_words) {
  const auto found = commands_.find(number);
  if (found == commands_.end()) return;
  const Command command = found->second;
  commands_.erase(found);
  progress(command, {{"kind", "end"}});
  if (!command.quiet)
    show(status == 0                    ? 3
         : status == 3 || status == 130 ? 2
                                        : 1,
         outcome(command.wanted.command, file_of(command.wanted.path), status, last_words));
  // What it found out about the data is of use here.
  if (Opened* opened = find_opened(command.uri)) opened->dirty = true;
}

void Server::stop_progress(const Json& params) {
  const std::string token = text_of(params, "token");
  for (const auto& [number, command] : commands_)
    if (token == fmt::format("mlwc-{}", number)) host_.stop(number);
}

}  // namespace mlw::language_server
