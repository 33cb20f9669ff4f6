#pragma once

#include <string>
#include <vector>

#include "compiler/plan/stage_graph.h"

/// The stage graph for people: as a tree of text, for Graphviz, as a picture. Stages of one kind (the folds of a
/// preparation, the trials of a search) stand as one.
namespace mlw {

struct StageGroup {
  StageKind kind;
  std::string title;   ///< "search", "build gateway"
  std::string detail;  ///< "30 trials × 5 folds"
  int total = 0, cached = 0, needed = 0;
  std::vector<int> inputs;  ///< groups, without those that another input implies
};
std::vector<StageGroup> group_stages(const StageGraph& graph, const std::vector<StageState>& states);

/// One line a group, under the three steps of a workflow: "search  30 trials × 5 folds  120 of 150 cached, 30 would
/// run".
std::string plan_text(const std::string& workflow, const StageGraph& graph, const std::vector<StageState>& states);
/// Every stage by itself with its state, the hash of its key and what the key is made of, a part a line. `wanted`:
/// indices of the stages that are shown; empty: all.
std::string plan_keys(const StageGraph& graph, const std::vector<StageState>& states, const std::vector<int>& wanted);
/// The graph in Graphviz's language.
std::string plan_dot(const std::string& workflow, const StageGraph& graph, const std::vector<StageState>& states);
/// The graph as an SVG picture, left to right.
std::string plan_svg(const std::string& workflow, const StageGraph& graph, const std::vector<StageState>& states);

/// "cached", "would run", "120 of 150 cached, 30 would run", "not needed".
std::string state_text(const StageGroup& group);
/// The same of one stage.
std::string_view state_text(StageState state);

/// Why a stage would run again: parts whose values differ between the remembered key and the present one.
struct Change {
  std::string part;  ///< "settings: metrics"
  std::string before,
      after;  ///< where the values are settings: only the members that differ; empty when the part was not there
  SourceRange range;  ///< where the file says it, when that is known
};
std::vector<Change> compare_keys(const Key& before, const Key& after);

}  // namespace mlw
