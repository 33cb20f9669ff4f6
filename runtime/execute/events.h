#pragma once

#include <mutex>
#include <string>

/// What happens during a run, as plain data, for whoever shows it.
namespace mlw {

struct Event {
  enum class Kind {
    started,   ///< a stage begins
    finished,  ///< a stage is done and its result stored
    cached,    ///< a stage's result was there already
    trial,     ///< a trial was fitted on all folds
    note,      ///< something a reader should know: `text`
  };
  Kind kind = Kind::note;
  std::string stage;         ///< "split", "trial 12, fold 3"
  std::string text;          ///< what came out, in a few words: "178 rows, 14 columns"
  double seconds = 0;        ///< of a finished stage
  int done = 0, total = 0;   ///< stages that had to be done in this run
  double seconds_left = -1;  ///< estimated; negative when nothing is known yet
  int trial = -1;            ///< of a trial, from 0
  int trials = 0;
  std::string metric;  ///< of a trial: what it was scored by
  double score = 0;    ///< NaN when the trial failed: `text` says why
  bool best = false;   ///< it is the best so far
};

class Listener {
 public:
  virtual ~Listener() = default;
  /// Never called by two threads at once.
  virtual void on(const Event& event) = 0;
};

/// Hands events of all threads to one listener, one at a time. A null listener hears nothing.
class Events {
 public:
  explicit Events(Listener* listener) : listener_(listener) {}
  void send(const Event& event) {
    const std::lock_guard guard(mutex_);
    if (listener_ != nullptr) listener_->on(event);
  }

 private:
  std::mutex mutex_;
  Listener* listener_;
};

}  // namespace mlw
