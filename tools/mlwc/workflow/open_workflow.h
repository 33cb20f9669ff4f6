#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/source.h"
#include "compiler/plan/stage_graph.h"
#include "compiler/plan/workflow.h"
#include "compiler/syntax/ast.h"
#include "runtime/report/report_data.h"
#include "runtime/store/store.h"

namespace mlw::tool {

/// A workflow file with what it says and what its data look like: what every command that goes beyond the text begins
/// with.
struct OpenedWorkflow {
  std::string path;    ///< as the user gave it
  std::string folder;  ///< where it lies
  std::string output;  ///< where the report and the artefacts go: `wine.out` beside `wine.mlw`
  Sources sources;
  syntax::File file;
  std::unique_ptr<Store> store;         ///< `.mlw/store` beside it
  std::vector<PlanInputs::File> files;  ///< all input files with their hashes
  std::vector<Schema> schemas;
  Workflow workflow;
  Diagnostics diagnostics;  ///< of the text, the data and the rules over the text; waived ones left out
  std::vector<Waived> waived;

  /// Whether there is no error: only then is the rest whole.
  bool sound() const { return !diagnostics.has_errors(); }
  /// Whether the rows can be looked at: what the file says of them is all built.
  bool readable() const {
    return !workflow.unbuilt_stages.contains("load") && !workflow.unbuilt_stages.contains("split");
  }
};

/// What becomes of parts of the language that are not built yet: an error, or, where nothing is done, a warning.
enum class Unbuilt { refused, told };

/// Reads the file, finds out what the columns are (from the store when the files have not changed) and analyses it all.
/// What is wrong stands in `diagnostics`; only what keeps the file itself from being read is thrown.
/// Rows that are not `readable` are not looked at. `folder`: where its data and its store lie, when that is not where
/// the file does.
std::unique_ptr<OpenedWorkflow> open_workflow(const std::string& path, Unbuilt unbuilt = Unbuilt::refused,
                                              const std::string& folder = "");

/// Where the report and the artefacts of a workflow file go.
std::string output_of(const std::string& path);

/// What the report shows of findings.
std::vector<report::Check> shown_checks(const Diagnostics& diagnostics, const std::vector<Waived>& waived);

}  // namespace mlw::tool
