#include <algorithm>

#include "compiler/language_server/server.h"

namespace mlw::language_server {
namespace {

std::string folder_of(const std::string& path) { return path.substr(0, path.find_last_of('/') + 1); }

int64_t version_of(const Json& document) {
  return document.contains("version") && document.at("version").is_number_integer()
             ? document.at("version").get<int64_t>()
             : 0;
}

bool imports(const OpenFile& file) {
  const std::vector<Item>& items = file.structure().items;
  return std::any_of(items.begin(), items.end(), [](const Item& item) { return item.sort == Item::Sort::importing; });
}

}  // namespace

void Server::declare_documents() {
  notifications_["textDocument/didOpen"] = [this](const Json& params) { open(params); };
  notifications_["textDocument/didChange"] = [this](const Json& params) { change(params); };
  notifications_["textDocument/didClose"] = [this](const Json& params) { close(params); };
  notifications_["textDocument/didSave"] = [this](const Json& params) { saved(params); };
  notifications_["workspace/didChangeWatchedFiles"] = [this](const Json& params) { watched(params); };
}

Server::Opened* Server::find_opened(const std::string& uri) {
  const auto found = opened_.find(uri);
  return found == opened_.end() ? nullptr : &found->second;
}

const Server::Opened& Server::opened_of(const Json& params) {
  const std::string uri = text_of(member(params, "textDocument"), "uri");
  if (const Opened* found = find_opened(uri)) return *found;
  throw RequestFault(invalid_params, uri + " is not open");
}

/// Modules as they are open in the editor, else as they lie on disk. May be asked by another thread.
FileReader Server::modules_of(const OpenFile& file) {
  auto texts = std::make_shared<std::map<std::string, std::string>>();
  if (imports(file))
    for (const auto& [uri, opened] : opened_) texts->emplace(opened.file->path(), opened.file->text());
  return [this, texts, path = file.path()](const std::string& module) -> std::optional<std::string> {
    const auto open = texts->find(folder_of(path) + module);
    return open != texts->end() ? open->second : host_.read_module(path, module);
  };
}

const Analysis& Server::analysis_of(const Opened& opened) {
  const bool under_way = job_ && job_->uri == opened.uri && job_->revision == opened.file->revision();
  if (!opened.file->analysed() && under_way) {
    host_.wait();
    adopt(*job_);
  }
  return opened.file->analysis(modules_of(*opened.file));
}

const Analysis* Server::latest_of(const Opened& opened) {
  const Analysis* latest = opened.file->latest();
  return latest ? latest : &analysis_of(opened);
}

void Server::open(const Json& params) {
  const Json& document = member(params, "textDocument");
  const std::string uri = text_of(document, "uri");
  const std::string path = path_of_uri(uri);
  Opened& opened = opened_[uri];
  opened.uri = uri;
  opened.file = std::make_unique<OpenFile>(path, text_of(document, "text"), version_of(document));
  opened.dirty = opened.may_read = true;
  module_changed(path);
}

void Server::change(const Json& params) {
  const Json& document = member(params, "textDocument");
  Opened* opened = find_opened(text_of(document, "uri"));
  if (!opened) throw RequestFault(invalid_params, "the document is not open");
  const Json& changes = member(params, "contentChanges");
  if (!changes.is_array()) throw RequestFault(invalid_params, "contentChanges must be a list");
  OpenFile& file = *opened->file;
  const std::string before = file.text();
  for (const Json& one : changes) {
    const std::string text = text_of(one, "text");
    const bool part = one.contains("range") && !one.at("range").is_null();
    const Span whole{0, static_cast<uint32_t>(file.text().size())};
    file.change(part ? Speaker{file, client_}.span(one.at("range")) : whole, text);
  }
  file.set_version(version_of(document));
  opened->dirty = true;
  if (file.text() != before) module_changed(file.path());
}

void Server::close(const Json& params) {
  const std::string uri = text_of(member(params, "textDocument"), "uri");
  if (!find_opened(uri)) return;
  opened_.erase(uri);
  notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}});
  module_changed(path_of_uri(uri));
}

void Server::saved(const Json& params) {
  Opened* opened = find_opened(text_of(member(params, "textDocument"), "uri"));
  if (!opened) return;
  opened->may_read = opened->dirty = true;
}

void Server::watched(const Json& params) {
  const Json& changes = member(params, "changes");
  if (!changes.is_array()) return;
  for (const Json& one : changes) {
    const std::string uri = text_of(one, "uri");
    const std::string path = path_of_uri(uri);
    if (path.ends_with(".mlw")) {
      if (!find_opened(uri)) module_changed(path);
      continue;
    }
    const size_t store = path.find(".mlw/store/");
    for (auto& [other, opened] : opened_)
      if (store != std::string::npos && folder_of(opened.file->path()) == path.substr(0, store)) opened.dirty = true;
  }
}

/// What imports this file has to be looked at again.
void Server::module_changed(const std::string& path) {
  for (auto& [uri, opened] : opened_) {
    const std::vector<Item>& items = opened.file->structure().items;
    const bool imports =
        std::any_of(items.begin(), items.end(), [](const Item& item) { return item.sort == Item::Sort::importing; });
    if (!imports || opened.file->path() == path) continue;
    opened.file->forget_analysis();
    opened.dirty = true;
  }
}

bool Server::work() {
  if (state_ != State::initialized || job_) return false;
  for (auto& [uri, opened] : opened_) {
    if (!std::exchange(opened.dirty, false)) continue;
    if (opened.file->analysed()) {
      publish(opened);
      find_data(opened);
    } else {
      start_job(opened);
    }
    return true;
  }
  return false;
}

void Server::start_job(Opened& opened) {
  const OpenFile& file = *opened.file;
  job_ = std::make_shared<Job>(Job{opened.uri, file.revision(), nullptr, ""});
  host_.run(
      [job = job_, path = file.path(), text = file.text(), facts = file.shared_facts(), modules = modules_of(file)] {
        try {
          job->result = analyse_text(path, text, facts, modules);
        } catch (const std::exception& fault) {
          job->fault = fault.what();
        }
      });
}

/// A text that could not be analysed, which is a fault of mlwc, has nothing wrong with it: answers go on.
void Server::adopt(const Job& job) {
  Opened* opened = find_opened(job.uri);
  if (!opened) return;
  if (!job.fault.empty()) log("a fault of mlwc itself: " + job.fault);
  opened->file->adopt(job.result ? job.result : std::make_shared<const Analysis>(), job.revision);
}

void Server::analysed() {
  if (!job_) return;
  const std::shared_ptr<Job> job = std::exchange(job_, nullptr);
  Opened* opened = find_opened(job->uri);
  if (!opened) return;
  if (!opened->file->analysed()) adopt(*job);
  if (job->revision != opened->file->revision()) {
    opened->dirty = true;
    return;
  }
  publish(*opened);
  find_data(*opened);
}

void Server::publish(Opened& opened) {
  const Analysis& analysis = analysis_of(opened);
  const Speaker speaker{*opened.file, client_};
  Json list = Json::array();
  for (const Diagnostic& diagnostic : analysis.diagnostics.all())
    list.push_back(to_json(diagnostic, speaker, opened.uri, analysis));
  notify("textDocument/publishDiagnostics",
         {{"uri", opened.uri}, {"version", opened.file->version()}, {"diagnostics", std::move(list)}});
  refresh_hints(opened, analysis);
}

/// Hints were answered from the analysis before this one.
void Server::refresh_hints(Opened& opened, const Analysis& analysis) {
  if (!client_.refresh_hints) return;
  std::string labels;
  for (const Hint& hint : hints(*opened.file, analysis, {0, static_cast<uint32_t>(opened.file->text().size())}))
    labels += hint.label + "\n";
  if (std::exchange(opened.hints, labels) != labels) ask("workspace/inlayHint/refresh", Json());
}

void Server::find_data(Opened& opened) {
  const Analysis& analysis = analysis_of(opened);
  if (analysis.workflow.data.empty() || !opened.uri.starts_with("file://")) return;
  host_.find_data({opened.file->path(), analysis.workflow, analysis.sound, opened.file->facts().identity});
}

void Server::data_found(const std::string& path, std::shared_ptr<const DataFacts> facts) {
  for (auto& [uri, opened] : opened_) {
    if (opened.file->path() != path) continue;
    if (opened.file->facts().identity != facts->identity) {
      opened.file->set_facts(facts);
      opened.dirty = true;
    } else if (std::exchange(opened.may_read, false) && (!facts->current || !facts->profile)) {
      read_data(opened);
    }
  }
}

/// Lets `mlwc check` look at the data, which it keeps what it finds of. It reads the file as it was saved.
void Server::read_data(Opened& opened) {
  if (!may_read_data_ || !analysis_of(opened).sound) return;
  for (const auto& [number, command] : commands_)
    if (command.uri == opened.uri) return;
  start_command(opened.uri, {"check", opened.file->path(), "", next_command_++}, true);
}

}  // namespace mlw::language_server
