#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "compiler/language_server/analysis.h"
#include "compiler/language_server/host.h"
#include "runtime/store/store.h"

namespace mlw::tool {

/// What the stores beside workflows keep of their data. Hashing a large file takes its time, so that a thread of its
/// own looks; nothing is read but the files' bytes.
class DataFinder {
 public:
  using Facts = std::shared_ptr<const language_server::DataFacts>;
  /// `found` is called by the thread.
  explicit DataFinder(std::function<void(const std::string& path, Facts facts)> found);
  ~DataFinder();

  /// The newest wish for a file takes the place of an older one.
  void find(language_server::DataWanted wanted);
  /// What was wrong with the data when they were last read; told with the facts until they can be read.
  void set_faults(const std::string& path, Diagnostics faults);

 private:
  void run();
  language_server::DataFacts look(const language_server::DataWanted& wanted);

  std::function<void(const std::string&, Facts)> found_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<std::string, language_server::DataWanted> wanted_;
  std::map<std::string, Diagnostics> faults_;
  std::map<std::string, std::unique_ptr<Store>> stores_;  ///< by folder
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace mlw::tool
