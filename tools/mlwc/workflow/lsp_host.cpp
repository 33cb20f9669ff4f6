#include "tools/mlwc/workflow/lsp_host.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tools/mlwc/common/command.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/workflow/open_workflow.h"

namespace mlw::tool {
namespace {

using language_server::CommandWanted;
using language_server::DataWanted;
using Json = nlohmann::json;

constexpr size_t most_files = 2000;

/// What a command's JSON line tells its user; empty for nothing.
std::string said(const Json& line) {
  if (line.value("event", "") != "finished" && line.value("event", "") != "started") return {};
  const std::string stage = line.value("stage", ""), text = line.value("text", "");
  const std::string count = line.contains("total") && line["total"].is_number() && line.value("total", 0) > 0
                                ? fmt::format(" ({} of {})", line.value("done", 0), line.value("total", 0))
                                : "";
  return stage + (text.empty() ? "" : ": " + text) + count;
}

/// An error of the data: the server's own analysis cannot know it.
std::optional<Diagnostic> data_fault(const Json& line) {
  const std::string code = line.value("code", "");
  const Kind* kind = code.starts_with('D') && line.value("severity", "") == "error" ? find_kind(code) : nullptr;
  if (kind == nullptr) return std::nullopt;
  Diagnostic fault;
  fault.kind = kind;
  fault.message = line.value("message", "");
  fault.reason = line.value("reason", "");
  fault.help = line.value("help", "");
  if (line.contains("notes") && line["notes"].is_array())
    for (const Json& note : line["notes"])
      if (note.is_string()) fault.notes.push_back(note.get<std::string>());
  return fault;
}

}  // namespace

LspHost::LspHost() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  finder_ = std::make_unique<DataFinder>([this](const std::string& path, DataFinder::Facts facts) {
    {
      const std::scoped_lock lock(mutex_);
      found_.emplace_back(path, std::move(facts));
    }
    wake();
  });
  background_ = std::make_unique<Background>([this] {
    work_done_ = true;
    wake();
  });
}

LspHost::~LspHost() {
  background_.reset();
  finder_.reset();
  close(wake_);
}

std::optional<std::string> LspHost::read_module(const std::string& workflow, const std::string& path) {
  try {
    return module_reader(workflow)(path);
  } catch (const Failure&) {
    return std::nullopt;
  }
}

std::vector<std::string> LspHost::list(const std::string& workflow, const std::string& folder) {
  std::vector<std::string> names;
  std::error_code fault;
  const std::filesystem::path start = std::filesystem::path(folder_of(workflow)) / folder;
  for (std::filesystem::directory_iterator entry(start, fault), end; !fault && entry != end; entry.increment(fault)) {
    if (names.size() == most_files) break;
    std::error_code ignored;
    names.push_back(entry->path().filename().string() + (entry->is_directory(ignored) ? "/" : ""));
  }
  return names;
}

void LspHost::wake() const {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(wake_, &one, sizeof one);
}

void LspHost::run(std::function<void()> work) { background_->run(std::move(work)); }

void LspHost::wait() { background_->wait(); }

void LspHost::find_data(DataWanted wanted) { finder_->find(std::move(wanted)); }

void LspHost::start(CommandWanted wanted) {
  std::vector<std::string> arguments{wanted.command, "--json", wanted.path};
  if (!wanted.argument.empty()) arguments.push_back(wanted.argument);
  Child& child = children_[wanted.number];
  child.wanted = std::move(wanted);
  try {
    child.process = std::make_unique<ChildProcess>(arguments);
  } catch (const Failure& failure) {
    child.last_words = failure.diagnostic.message;
    wake();
  }
}

void LspHost::stop(int64_t number) {
  const auto found = children_.find(number);
  if (found != children_.end() && found->second.process) found->second.process->interrupt();
}

std::string LspHost::report_of(const std::string& workflow) {
  const std::string path = output_of(workflow) + "/report.html";
  std::error_code fault;
  return std::filesystem::exists(path, fault) ? path : "";
}

std::vector<int> LspHost::descriptors() const {
  std::vector<int> list{wake_};
  for (const auto& [number, child] : children_)
    if (child.process) list.push_back(child.process->descriptor());
  return list;
}

void LspHost::say(Child& child, const std::string& line, language_server::Server& server) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return;
  if (std::optional<Diagnostic> fault = data_fault(json)) child.data_faults.add(*std::move(fault));
  if (json.value("severity", "") == "error" && child.last_words.empty()) child.last_words = json.value("message", "");
  if (json.contains("unmet") && json["unmet"].is_array() && !json["unmet"].empty() && json["unmet"][0].is_string())
    child.last_words = json["unmet"][0].get<std::string>();
  if (const std::string text = said(json); !text.empty()) server.command_said(child.wanted.number, text);
}

void LspHost::deliver(language_server::Server& server) {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t taken = read(wake_, &count, sizeof count);
  std::vector<std::pair<std::string, DataFinder::Facts>> found;
  {
    const std::scoped_lock lock(mutex_);
    found.swap(found_);
  }
  if (work_done_.exchange(false)) server.analysed();
  for (const auto& [path, facts] : found) server.data_found(path, facts);
  for (auto one = children_.begin(); one != children_.end();) {
    Child& child = one->second;
    if (child.process)
      for (const std::string& line : child.process->lines()) say(child, line, server);
    if (child.process && !child.process->ended()) {
      ++one;
      continue;
    }
    const int status = child.process ? child.process->status() : static_cast<int>(failed);
    if (child.wanted.command == "check") finder_->set_faults(child.wanted.path, child.data_faults);
    server.command_ended(child.wanted.number, status, child.last_words);
    one = children_.erase(one);
  }
}

}  // namespace mlw::tool
