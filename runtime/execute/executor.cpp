#include "runtime/execute/executor.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "compiler/diagnostics/kinds/search.h"

namespace mlw {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// How long what is left will take: stages of a kind are taken to last as long as those of the kind that are done.
class Estimate {
 public:
  void expect(StageKind kind) { kinds_[kind].left += 1; }
  void done(StageKind kind, double seconds) {
    Of& of = kinds_[kind];
    of.left -= 1, of.finished += 1, of.seconds += seconds;
  }
  /// Negative while too little is known: fits decide how long a run takes.
  double seconds_left(int threads) const {
    double sum = 0;
    for (const auto& [kind, of] : kinds_) {
      if (of.left == 0) continue;
      if (of.finished == 0 && kind == StageKind::fit) return -1;
      if (of.finished > 0) sum += of.left * of.seconds / of.finished;
    }
    return sum / threads;
  }

 private:
  struct Of {
    int left = 0, finished = 0;
    double seconds = 0;
  };
  std::map<StageKind, Of> kinds_;
};

class Execution {
 public:
  Execution(const StageGraph& graph, const std::vector<StageState>& states, const std::function<std::string(int)>& work,
            const ExecuteOptions& options, int threads)
      : graph_(graph),
        work_(work),
        options_(options),
        threads_(threads),
        waiting_(graph.stages.size(), 0),
        readers_(graph.stages.size()) {
    for (size_t i = 0; i < graph.stages.size(); ++i) {
      const Stage& stage = graph.stages[i];
      if (states[i] == StageState::cached) send({.kind = Event::Kind::cached, .stage = stage.name});
      if (states[i] != StageState::needed) continue;
      total_ += 1;
      estimate_.expect(stage.kind);
      for (const int input : stage.inputs) {
        if (states[input] != StageState::needed) continue;
        waiting_[i] += 1;
        readers_[input].push_back(static_cast<int>(i));
      }
      if (waiting_[i] == 0) ready_.insert(static_cast<int>(i));
    }
  }

  void run() {
    const size_t first = ready_.size();
    for (size_t i = 0; i < first; ++i) group_.run([this] { next(); });
    group_.wait();
    if (failure_) std::rethrow_exception(failure_);
    if (done_ < total_) fail(kinds::interrupted);
  }

 private:
  void send(Event event) {
    event.done = done_, event.total = total_;
    if (options_.events != nullptr) options_.events->send(event);
  }

  std::optional<int> take() {
    const std::lock_guard guard(mutex_);
    if (failure_ || ready_.empty() || (options_.cancelled && options_.cancelled())) return std::nullopt;
    const int stage = *ready_.begin();
    ready_.erase(ready_.begin());
    send({.kind = Event::Kind::started, .stage = graph_.stages[stage].name});
    return stage;
  }

  void next() {
    const std::optional<int> stage = take();
    if (!stage) return;
    const Clock::time_point begin = Clock::now();
    try {
      std::string text;
      // While a stage waits for parallel work of its own, its thread must not pick up another stage.
      tbb::this_task_arena::isolate([&] { text = work_(*stage); });
      finish(*stage, text, seconds_since(begin));
    } catch (...) {
      const std::lock_guard guard(mutex_);
      if (failed_stage_ < 0 || *stage < failed_stage_) failure_ = std::current_exception(), failed_stage_ = *stage;
    }
  }

  void finish(int stage, const std::string& text, double seconds) {
    const std::lock_guard guard(mutex_);
    done_ += 1;
    estimate_.done(graph_.stages[stage].kind, seconds);
    send({.kind = Event::Kind::finished,
          .stage = graph_.stages[stage].name,
          .text = text,
          .seconds = seconds,
          .seconds_left = estimate_.seconds_left(threads_)});
    for (const int reader : readers_[stage])
      if (--waiting_[reader] == 0) {
        ready_.insert(reader);
        group_.run([this] { next(); });
      }
  }

  const StageGraph& graph_;
  const std::function<std::string(int)>& work_;
  const ExecuteOptions& options_;
  const int threads_;
  std::mutex mutex_;
  tbb::task_group group_;
  std::vector<int> waiting_;
  std::vector<std::vector<int>> readers_;
  std::set<int> ready_;
  Estimate estimate_;
  int done_ = 0, total_ = 0;
  std::exception_ptr failure_;
  int failed_stage_ = -1;
};

}  // namespace

void execute(const StageGraph& graph, const std::vector<StageState>& states,
             const std::function<std::string(int)>& work, const ExecuteOptions& options) {
  const int threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
  tbb::task_arena arena(threads);
  arena.execute([&] { Execution(graph, states, work, options, threads).run(); });
}

}  // namespace mlw
