#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/stage_graph.h"
#include "runtime/report/report_data.h"
#include "tools/mlwc/workflow/open_workflow.h"

/// From a number of the report to the stages and the lines that it comes from, and from a line to what rests on it.
namespace mlw::tool {

/// One number that the report shows.
struct ShownNumber {
  std::string what;  ///< "balanced_accuracy on the test part, lower end of its interval"
  StageKind stage;   ///< that made it
};

/// Every place of the report that shows this number: `text` as it stands there ("0.9649", "85.6 %", "2 999"), or with
/// fewer digits.
std::vector<ShownNumber> find_numbers(const report::Data& data, std::string_view text);

/// A stage that a number rests on, and where the file says what it does.
struct Origin {
  std::string stage, meaning;
  std::vector<std::string> places;  ///< "wine.mlw:18: test: holdout(25%)"
};
/// The stage and all that stand before it, the last one first; stages of one kind stand as one.
std::vector<Origin> origins_of(const OpenedWorkflow& opened, const StageGraph& graph, StageKind stage);

/// What rests on one line of the file.
struct Reliance {
  std::string setting;             ///< the text of the setting at that line
  std::vector<std::string> reads;  ///< stages that read it themselves
  std::vector<std::string> rests;  ///< stages that rest on those
};
/// The setting is empty when nothing is said at that line that a stage reads.
Reliance reliance_on(const OpenedWorkflow& opened, const StageGraph& graph, size_t line);

}  // namespace mlw::tool
