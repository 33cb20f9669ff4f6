#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "compiler/language_server/server.h"
#include "tests/unit/language_server/marked.h"

/// A world without files: what the server asks of it is kept.
struct FakeHost : mlw::language_server::Host {
  std::optional<std::string> read_module(const std::string& workflow, const std::string& path) override {
    const auto found = modules.find(path);
    return found == modules.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<std::string> list(const std::string& workflow, const std::string& folder) override { return files; }
  void run(std::function<void()> work) override {
    ++jobs;
    work();
  }
  void wait() override {}
  void find_data(mlw::language_server::DataWanted one) override { wanted.push_back(std::move(one)); }
  void start(mlw::language_server::CommandWanted one) override { started.push_back(std::move(one)); }
  void stop(int64_t number) override { stopped.push_back(number); }
  std::string report_of(const std::string& workflow) override { return report; }

  std::map<std::string, std::string> modules;
  std::vector<std::string> files;
  std::vector<mlw::language_server::DataWanted> wanted;
  std::vector<mlw::language_server::CommandWanted> started;
  std::vector<int64_t> stopped;
  int jobs = 0;
  std::string report;
};

/// An editor that talks with the server.
struct Conversation {
  using Json = mlw::language_server::Json;

  explicit Conversation(Json capabilities = Json::object(), Json options = Json::object()) : server(host, "1.0") {
    initialized =
        request("initialize", {{"capabilities", std::move(capabilities)}, {"initializationOptions", options}});
    notify("initialized", Json::object());
  }

  static Json able() {
    return Json::parse(R"({"general": {"positionEncodings": ["utf-16"]},
      "window": {"showDocument": {"support": true}, "workDoneProgress": true},
      "workspace": {"inlayHint": {"refreshSupport": true}},
      "textDocument": {
        "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {"relatedInformation": true},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}})");
  }

  /// Everything that is to be done is done, and what was sent is read.
  void settle() {
    while (server.answer()) {
    }
    while (server.work()) server.analysed();
    read();
  }
  void read() {
    for (const std::string& message : server.take()) sent.push_back(Json::parse(message));
  }

  void notify(const std::string& method, Json params) {
    server.receive(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}.dump());
    settle();
  }
  /// The whole answer.
  Json ask(const std::string& method, Json params) {
    const int64_t id = ++next;
    server.receive(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}}.dump());
    while (server.answer()) {
    }
    read();
    for (const Json& message : sent)
      if (message.contains("id") && message["id"] == id && !message.contains("method")) return message;
    return {};
  }
  Json request(const std::string& method, Json params) {
    const Json answer = ask(method, std::move(params));
    INFO(answer.dump());
    CHECK(answer.contains("result"));
    return answer.value("result", Json());
  }

  void open(const std::string& uri, const std::string& text) {
    notify("textDocument/didOpen",
           {{"textDocument", {{"uri", uri}, {"languageId", "mlw"}, {"version", 1}, {"text", text}}}});
  }
  void change(const std::string& uri, Json changes, int version = 2) {
    notify("textDocument/didChange",
           {{"textDocument", {{"uri", uri}, {"version", version}}}, {"contentChanges", std::move(changes)}});
  }
  static Json at(const std::string& uri, int line, int character) {
    return {{"textDocument", {{"uri", uri}}}, {"position", {{"line", line}, {"character", character}}}};
  }
  static Json range(int line, int from, int to) {
    return {{"start", {{"line", line}, {"character", from}}}, {"end", {{"line", line}, {"character", to}}}};
  }

  /// The diagnostics that were published last; null when there were none.
  Json published(const std::string& uri) const {
    for (auto message = sent.rbegin(); message != sent.rend(); ++message)
      if (message->value("method", "") == "textDocument/publishDiagnostics" && message->at("params").at("uri") == uri)
        return message->at("params");
    return {};
  }
  std::vector<Json> messages(const std::string& method) const {
    std::vector<Json> found;
    for (const Json& message : sent)
      if (message.value("method", "") == method) found.push_back(message.at("params"));
    return found;
  }

  FakeHost host;
  mlw::language_server::Server server;
  std::vector<Json> sent;
  Json initialized;
  int64_t next = 0;
};
