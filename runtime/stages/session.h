#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/plan/stage_graph.h"
#include "runtime/data/matrix.h"
#include "runtime/evaluate/metrics.h"
#include "runtime/evaluate/splits.h"
#include "runtime/execute/events.h"
#include "runtime/stages/results.h"
#include "runtime/stages/task_data.h"
#include "runtime/store/code_cache.h"

/// What the stages of one run share: the workflow, the store, and results of earlier stages, each read or computed once
/// and kept for as long as somebody uses it.
namespace mlw {

/// A value that is made on first use, by one thread; the others wait. When making it fails, the next use tries again.
template <typename T>
class Lazy {
 public:
  template <typename Make>
  const T& get(Make&& make) {
    std::call_once(once_, [&] { value_ = std::make_unique<const T>(make()); });
    return *value_;
  }

 private:
  std::once_flag once_;
  std::unique_ptr<const T> value_;
};

/// The training rows of one fold as learners take them.
struct PreparedFold {
  FittedPreparation preparation;
  PreparedMatrix training;
  struct Inner {
    PreparedMatrix training, validation;
  };
  Lazy<Inner> inner;  ///< the training rows once more, a part of them for early stopping
};

struct SessionOptions {
  std::string folder;  ///< where the workflow's file lies; paths in it are relative to it
  int threads = 0;
  Events* events = nullptr;
  std::function<bool()> cancelled;
  std::string output;                 ///< folder of the report and the artefacts, as the user sees it
  std::string command, version;       ///< for the report
  std::vector<report::Check> checks;  ///< what the rules over text and profile said
  /// What the rules over results say of a run.
  std::function<std::vector<report::Check>(const report::Data&)> check_results;
};

class Session {
 public:
  Session(const Workflow& workflow, Store& store, SessionOptions options);

  const Workflow& workflow() const { return workflow_; }
  const SessionOptions& options() const { return options_; }
  void set_checks(std::vector<report::Check> checks) { options_.checks = std::move(checks); }
  Store& store() { return store_; }
  CodeGenerator& generator();

  /// The graph may grow between runs (further trials); results are found by their keys.
  void plan(PlanInputs inputs);
  const StageGraph& graph() const { return graph_; }
  const PlanInputs& inputs() const { return inputs_; }

  /// The stage's entry: from the store, or done now when it is not there (also when what was there turned out to be
  /// damaged).
  Entry result(int stage);
  /// Whether the store holds the stage's result.
  bool exists(const Stage& stage);
  /// Does one stage and stores its result, unless another process has; returns what came out in a few words.
  std::string perform(int stage);

  const LoadResult& loaded();
  const TaskData& task();
  const SplitResult& split();
  /// What splits are made from: an entry a row of the table.
  const SplitFacts& facts();
  /// Rows of the population that have a target.
  const Selection& labelled();
  /// The workflow's metrics, compiled.
  const MetricProgram& objective();
  const std::vector<MetricProgram>& watched();
  /// The fold that a `prepare` stage prepared; kept until `forget_prepared`.
  PreparedFold& prepared(int stage);
  void forget_prepared();
  /// Rows as matrices: inputs, targets, weights.
  PreparedMatrix matrix(const FittedPreparation& preparation, const Selection& rows);
  /// The training part of `rows` and the part that early stopping watches; `salt` tells folds apart.
  PreparedFold::Inner inner_matrices(const FittedPreparation& preparation, const Selection& rows, uint64_t salt);
  /// The program of a model behind a preparation; the threshold is 0.5.
  PredictorProgram program(const FittedPreparation& preparation, Model model, Link link);

 private:
  const Workflow& workflow_;
  Store& store_;
  SessionOptions options_;
  FolderCodeCache code_cache_;
  std::once_flag generator_once_;
  PlanInputs inputs_;
  StageGraph graph_;
  std::mutex mutex_;
  Lazy<LoadResult> loaded_;
  Lazy<Selection> labelled_;
  Lazy<TaskData> task_;
  Lazy<SplitResult> split_;
  Lazy<SplitFacts> facts_;
  Lazy<MetricProgram> objective_;
  Lazy<std::vector<MetricProgram>> watched_;
  std::map<std::string, std::unique_ptr<Lazy<std::unique_ptr<PreparedFold>>>> prepared_;  ///< by the stage's key
};

/// One file a kind of stage: does it and returns its entry; `text` takes what came out in a few words.
Entry do_load(Session& session, const Stage& stage, std::string& text);
Entry do_split(Session& session, const Stage& stage, std::string& text);
Entry do_profile(Session& session, const Stage& stage, std::string& text);
Entry do_prepare(Session& session, const Stage& stage, std::string& text);
Entry do_baseline(Session& session, const Stage& stage, std::string& text);
Entry do_fit(Session& session, const Stage& stage, std::string& text);
Entry do_choose(Session& session, const Stage& stage, std::string& text);
Entry do_final_fit(Session& session, const Stage& stage, std::string& text);
Entry do_test(Session& session, const Stage& stage, std::string& text);
Entry do_build(Session& session, const Stage& stage, std::string& text);
Entry do_verify(Session& session, const Stage& stage, std::string& text);
Entry do_report(Session& session, const Stage& stage, std::string& text);

}  // namespace mlw
