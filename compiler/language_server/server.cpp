#include "compiler/language_server/server.h"

namespace mlw::language_server {
namespace {

bool is_id(const Json& id) { return id.is_string() || id.is_number_integer() || id.is_null(); }

}  // namespace

Server::Server(Host& host, std::string version) : host_(host), version_(std::move(version)) {
  declare_documents();
  declare_requests();
  requests_["shutdown"] = [this](const Json&) {
    state_ = State::shut;
    shut_down_ = true;
    return Json();
  };
  notifications_["initialized"] = [this](const Json&) { initialized(); };
  notifications_["window/workDoneProgress/cancel"] = [this](const Json& params) { stop_progress(params); };
}

Server::~Server() = default;

std::vector<std::string> Server::take() { return std::exchange(out_, {}); }

void Server::send(Json message) {
  message["jsonrpc"] = "2.0";
  out_.push_back(dumped(message));
}

void Server::reply(const Json& id, Json result) { send({{"id", id}, {"result", std::move(result)}}); }

void Server::refuse(const Json& id, ErrorCode code, const std::string& what) {
  send({{"id", id}, {"error", {{"code", static_cast<int>(code)}, {"message", what}}}});
}

void Server::notify(const char* method, Json params) { send({{"method", method}, {"params", std::move(params)}}); }

void Server::ask(const char* method, Json params) {
  send({{"id", "mlwc-" + std::to_string(next_id_++)}, {"method", method}, {"params", std::move(params)}});
}

void Server::log(const std::string& what) { notify("window/logMessage", {{"type", 2}, {"message", "mlwc: " + what}}); }

void Server::received_junk(const std::string& what) {
  if (state_ != State::fresh) log(what);
}

void Server::receive(const std::string& content) {
  Json message = Json::parse(content, nullptr, false);
  if (message.is_discarded()) {
    refuse(Json(), parse_error, "this is no JSON");
  } else if (!message.is_object()) {
    refuse(Json(), invalid_request, "a message must be an object");
  } else if (message.contains("method") && message["method"] == "$/cancelRequest") {
    cancel(message.value("params", Json::object()));
  } else {
    waiting_.push_back(std::move(message));
  }
}

/// A request that still waits is answered at once; one that is under way is answered as if nothing had happened.
void Server::cancel(const Json& params) {
  if (!params.is_object() || !params.contains("id")) return;
  for (auto message = waiting_.begin(); message != waiting_.end(); ++message) {
    if (!message->contains("id") || !message->contains("method") || message->at("id") != params.at("id")) continue;
    const Json id = message->at("id");
    waiting_.erase(message);
    refuse(id, request_cancelled, "cancelled");
    return;
  }
}

bool Server::answer() {
  if (waiting_.empty() || finished_) return false;
  const Json message = std::move(waiting_.front());
  waiting_.pop_front();
  dispatch(message);
  return true;
}

void Server::dispatch(const Json& message) {
  const bool request = message.contains("id");
  const Json id = request ? message.at("id") : Json();
  if (!message.contains("method")) {
    // The answer to something that the server asked; nothing hangs on it.
    if (!message.contains("result") && !message.contains("error")) refuse(id, invalid_request, "no method");
    return;
  }
  if (!message.at("method").is_string() || !is_id(id)) {
    refuse(is_id(id) ? id : Json(), invalid_request, "method and id must be strings");
    return;
  }
  const std::string method = message.at("method").get<std::string>();
  const Json params = message.value("params", Json::object());
  if (method == "exit") {
    finished_ = true;
  } else if (request) {
    answer_request(id, method, params);
  } else if (const auto found = notifications_.find(method); found != notifications_.end() && state_ != State::fresh) {
    try {
      found->second(params);
    } catch (const RequestFault& fault) {
      log(method + ": " + fault.what());
    } catch (const Json::exception& fault) {
      log(method + ": " + fault.what());
    }
  }
}

void Server::answer_request(const Json& id, const std::string& method, const Json& params) {
  try {
    if (state_ == State::shut) throw RequestFault(invalid_request, "the server is shut down");
    if (method == "initialize") {
      reply(id, initialize(params));
      return;
    }
    if (state_ == State::fresh) throw RequestFault(not_initialized, "`initialize` must come first");
    const auto found = requests_.find(method);
    if (found == requests_.end()) throw RequestFault(method_not_found, "there is no method " + method);
    reply(id, found->second(params));
  } catch (const RequestFault& fault) {
    refuse(id, fault.code, fault.what());
  } catch (const Json::exception& fault) {
    refuse(id, invalid_params, fault.what());
  } catch (const std::logic_error& fault) {
    refuse(id, internal_error, fault.what());
  }
}

Json Server::initialize(const Json& params) {
  if (state_ != State::fresh) throw RequestFault(invalid_request, "`initialize` came before");
  client_ = client_abilities(params);
  state_ = State::initialized;
  if (params.is_object() && params.contains("initializationOptions")) {
    const Json& options = params.at("initializationOptions");
    if (options.is_object() && options.contains("readData")) may_read_data_ = options.at("readData") != "never";
  }
  return server_abilities(client_, version_);
}

void Server::initialized() {
  if (!client_.watch_files) return;
  // What a run or check in a terminal keeps is of use here too; modules may be changed by other editors.
  Json watchers = Json::array();
  for (const char* pattern : {"**/*.mlw", "**/.mlw/store/remembered/**"})
    watchers.push_back({{"globPattern", pattern}});
  ask("client/registerCapability", {{"registrations", Json::array({{{"id", "files"},
                                                                    {"method", "workspace/didChangeWatchedFiles"},
                                                                    {"registerOptions", {{"watchers", watchers}}}}})}});
}

}  // namespace mlw::language_server
