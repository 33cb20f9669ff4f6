#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "compiler/language_server/server.h"
#include "tools/mlwc/workflow/background.h"
#include "tools/mlwc/workflow/child_process.h"
#include "tools/mlwc/workflow/data_finder.h"

namespace mlw::tool {

/// Files, stores and processes for the language server. What comes later is handed on by `deliver`.
class LspHost final : public language_server::Host {
 public:
  LspHost();
  ~LspHost() override;

  std::optional<std::string> read_module(const std::string& workflow, const std::string& path) override;
  std::vector<std::string> list(const std::string& workflow, const std::string& folder) override;
  void run(std::function<void()> work) override;
  void wait() override;
  void find_data(language_server::DataWanted wanted) override;
  void start(language_server::CommandWanted wanted) override;
  void stop(int64_t number) override;
  std::string report_of(const std::string& workflow) override;

  /// What to wait on: readable when `deliver` has something to hand on.
  std::vector<int> descriptors() const;
  void deliver(language_server::Server& server);

 private:
  struct Child {
    language_server::CommandWanted wanted;
    std::unique_ptr<ChildProcess> process;  ///< null when it could not be started
    std::string last_words;
    Diagnostics data_faults;
  };
  void say(Child& child, const std::string& line, language_server::Server& server);

  void wake() const;

  int wake_;  ///< written to by the other threads
  std::mutex mutex_;
  std::vector<std::pair<std::string, DataFinder::Facts>> found_;
  std::map<int64_t, Child> children_;
  std::atomic<bool> work_done_ = false;
  std::unique_ptr<DataFinder> finder_;
  std::unique_ptr<Background> background_;
};

}  // namespace mlw::tool
