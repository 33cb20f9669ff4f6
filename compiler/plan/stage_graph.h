#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/plan/key.h"
#include "compiler/plan/workflow.h"

/// The stage graph: what has to be done for a workflow, in which order, and the key of every result. It is plain data
/// made from plain data; doing the work is the run time's affair.
namespace mlw {

enum class StageKind : uint8_t {
  schema,     ///< what the columns are
  load,       ///< rows as columns in canonical order
  split,      ///< which rows are kept for the test, and the folds of the others
  profile,    ///< statistics of the development rows, for the checks and the report
  prepare,    ///< what a preparation learns from the training part of one fold
  baseline,   ///< naive answers, rules: out of fold
  fit,        ///< one trial on one fold: model, out-of-fold predictions
  choose,     ///< scores, thresholds, the leaderboard, the winner
  final_fit,  ///< the winner on all rows outside the test part
  test,       ///< the look at the test part
  build,      ///< an artefact
  verify,     ///< the artefact answers like the predictor program, row by row
  report,
};
/// The word that `run --until` and `why` know it by: "schema", …, "search" for fits, "final" for the last fit.
std::string_view name(StageKind kind);
/// What doing it means, in a few words.
std::string_view meaning(StageKind kind);

struct Stage {
  StageKind kind;
  std::string name;         ///< "split", "trial 12, fold 3", "build gateway"
  Key key;                  ///< "input: …" parts hold the hashes of the inputs' keys
  std::vector<int> inputs;  ///< indices of stages that stand before it
  int fold = -1;            ///< of prepare, fit
  int trial = -1;           ///< of fit
  int variant = -1;         ///< of prepare, fit: which of the sampled preparations
  int deployment = -1;      ///< of build, verify: index into `Workflow::deploy`
};

/// One drawn point of the search.
struct Trial {
  std::string model;        ///< name of the model space: "line"
  std::string settings;     ///< canonical text of a fixed space
  std::string preparation;  ///< canonical text of the drawn preparation; empty when there is nothing to draw
};

/// What the keys depend on beside the workflow.
struct PlanInputs {
  struct File {
    std::string path, hash;
  };
  std::vector<File> files;  ///< every input file, in the order of the data blocks
  std::vector<Trial> trials;
  int folds = 5;             ///< of the validation, repeats included
  std::string code;          ///< digest of the sources that make results
  std::string report_code;   ///< digest of the sources that make the report
  std::string llvm, duckdb;  ///< versions
  std::string sealed;        ///< why the test part stays closed; empty: it is opened
  int looks = 0;             ///< how often it was opened, over all versions
  std::string checks;        ///< what the rules said: the report shows it
};

struct StageGraph {
  std::vector<Stage> stages;  ///< in an order in which each stands behind its inputs

  /// Index of the stage of that name, or of the first of that kind; -1 without one.
  int find(std::string_view name) const;
  int find(StageKind kind) const;
  std::vector<int> all(StageKind kind) const;
};

/// The key of what the columns of one data block are: it lies before the workflow can be analysed. `blocks`: all of
/// them, since joins and queries read others; `inputs.files`: those that the block depends on.
Key schema_key(const std::vector<Data>& blocks, const std::string& block, const PlanInputs& inputs);

StageGraph plan_stages(const Workflow& workflow, const PlanInputs& inputs);

/// Which stages have to be done for `targets`, given which results exist: a stage is needed when something needed lacks
/// a result and reads it. One entry a stage: `cached` (its result exists), `needed`, or neither (nothing asks for it).
enum class StageState : uint8_t { cached, needed, unused };
std::vector<StageState> states(const StageGraph& graph, const std::vector<int>& targets,
                               const std::function<bool(const Stage&)>& exists);

/// For every stage the length of the longest way to it: its column in a drawing.
std::vector<int> depths(const StageGraph& graph);

}  // namespace mlw
