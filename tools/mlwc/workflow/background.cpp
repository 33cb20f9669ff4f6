#include "tools/mlwc/workflow/background.h"

#include <utility>

namespace mlw::tool {

Background::Background(std::function<void()> done) : done_(std::move(done)), thread_([this] { loop(); }) {}

Background::~Background() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Background::run(std::function<void()> work) {
  {
    const std::scoped_lock lock(mutex_);
    work_ = std::move(work);
    busy_ = true;
  }
  changed_.notify_all();
}

void Background::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_; });
}

void Background::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || work_; });
    if (ending_) return;
    const std::function<void()> work = std::exchange(work_, nullptr);
    lock.unlock();
    work();
    done_();
    lock.lock();
    busy_ = work_ != nullptr;  // more may have come behind `done_`
    changed_.notify_all();
  }
}

}  // namespace mlw::tool
