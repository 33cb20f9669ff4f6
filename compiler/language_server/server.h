#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/language_server/host.h"
#include "compiler/language_server/protocol.h"

namespace mlw::language_server {

/// The language server: messages in, messages out. It opens nothing and waits for nothing; whoever owns it moves bytes.
///
///   receive(content)  for every message that has arrived, so that a cancellation overtakes what it cancels
///   answer()          one waiting message
///   work()            when no message waits: has what has changed analysed beside
///   analysed()        when that is done: says what is wrong
///   take()            what is to be sent
class Server {
 public:
  Server(Host& host, std::string version);
  ~Server();

  void receive(const std::string& content);
  /// Bytes arrived that are no message.
  void received_junk(const std::string& what);
  /// False when nothing waits.
  bool answer();
  /// False when there is nothing to do.
  bool work();
  void analysed();
  std::vector<std::string> take();

  /// What is known of the data of a workflow that was asked about.
  void data_found(const std::string& path, std::shared_ptr<const DataFacts> facts);
  /// A line that a command wrote, and its end.
  void command_said(int64_t number, const std::string& line);
  void command_ended(int64_t number, int status, const std::string& last_words);

  bool finished() const { return finished_; }
  /// Of the process: 0 when `shutdown` came before `exit`.
  int exit_status() const { return shut_down_ ? 0 : 1; }

 private:
  enum class State : uint8_t { fresh, initialized, shut };
  struct Opened {
    std::string uri;
    std::unique_ptr<OpenFile> file;
    bool dirty = true;     ///< not analysed, or not published
    bool may_read = true;  ///< the data, once, when nothing is known of them as they are
    std::string hints;     ///< the labels that the newest analysis gives
  };
  /// An analysis that is made beside.
  struct Job {
    std::string uri;
    uint64_t revision = 0;
    std::shared_ptr<const Analysis> result;
    std::string fault;
  };
  struct Command {
    CommandWanted wanted;
    std::string uri;
    bool progress = false;
    bool quiet = false;  ///< the user did not ask for it
  };
  using Request = std::function<Json(const Json&)>;
  using Notification = std::function<void(const Json&)>;

  // server.cpp
  void dispatch(const Json& message);
  void answer_request(const Json& id, const std::string& method, const Json& params);
  void send(Json message);
  void reply(const Json& id, Json result);
  void refuse(const Json& id, ErrorCode code, const std::string& what);
  void notify(const char* method, Json params);
  void ask(const char* method, Json params);
  void log(const std::string& what);
  void cancel(const Json& params);
  Json initialize(const Json& params);
  void initialized();

  // documents.cpp
  void declare_documents();
  void open(const Json& params);
  void change(const Json& params);
  void close(const Json& params);
  void saved(const Json& params);
  void watched(const Json& params);
  void publish(Opened& opened);
  void refresh_hints(Opened& opened, const Analysis& analysis);
  void find_data(Opened& opened);
  void module_changed(const std::string& path);
  Opened* find_opened(const std::string& uri);
  const Opened& opened_of(const Json& params);
  FileReader modules_of(const OpenFile& file);
  void start_job(Opened& opened);
  void adopt(const Job& job);
  const Analysis& analysis_of(const Opened& opened);
  const Analysis* latest_of(const Opened& opened);

  // requests.cpp
  void declare_requests();
  Json complete(const Json& params);
  Json resolve(Json item);
  Json actions(const Json& params);
  Json rename(const Json& params);
  Json prepare_rename(const Json& params);
  Json definition(const Json& params);
  Json references(const Json& params);
  Json highlights(const Json& params);
  Json selections(const Json& params);
  Json tokens(const Json& params, bool whole);
  Json links(const Json& params);
  Json workspace_symbols(const Json& params);

  // commands.cpp
  Json execute(const Json& params);
  void open_report(const std::string& uri);
  void start_command(const std::string& uri, CommandWanted wanted, bool quiet);
  void read_data(Opened& opened);
  void show(int sort, const std::string& text);
  void progress(const Command& command, Json value);
  void stop_progress(const Json& params);

  Host& host_;
  std::string version_;
  State state_ = State::fresh;
  bool shut_down_ = false, finished_ = false;
  ClientAbilities client_;
  bool may_read_data_ = true;
  std::map<std::string, Request> requests_;
  std::map<std::string, Notification> notifications_;
  std::deque<Json> waiting_;
  std::vector<std::string> out_;
  std::map<std::string, Opened> opened_;
  std::shared_ptr<Job> job_;  ///< under way, or done and not yet taken
  std::map<int64_t, Command> commands_;
  int64_t next_id_ = 1, next_command_ = 1;
};

}  // namespace mlw::language_server
