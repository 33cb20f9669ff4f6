#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace mlw::tool {

/// A thread that does one piece of work at a time.
class Background {
 public:
  /// `done` is called by the thread behind each piece.
  explicit Background(std::function<void()> done);
  /// Waits for what is under way.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  void run(std::function<void()> work);
  /// Returns when nothing is to be done.
  void wait();

 private:
  void loop();

  std::function<void()> done_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> work_;
  bool busy_ = false, ending_ = false;
  std::thread thread_;
};

}  // namespace mlw::tool
