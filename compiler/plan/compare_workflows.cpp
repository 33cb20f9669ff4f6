#include "compiler/plan/compare_workflows.h"

#include <algorithm>
#include <map>
#include <set>

namespace mlw {
namespace {

using Reach = WorkflowDifference::Reach;

constexpr std::string_view parts[] = {"task",     "data",   "metrics", "expect",  "prepare", "evaluate",
                                      "baseline", "search", "deploy",  "waivers", "texts"};

/// Everything that a workflow says, as a key of its own.
Key sayings(const Workflow& workflow) {
  Key key;
  for (const std::string_view part : parts)
    key.parts.push_back({"settings: " + std::string(part), key_text(workflow, part)});
  return key;
}

std::map<std::string, std::string> files_of(const StageGraph& graph) {
  std::map<std::string, std::string> files;
  const int load = graph.find(StageKind::load);
  if (load < 0) return files;
  for (const KeyPart& part : graph.stages[static_cast<size_t>(load)].key.parts)
    if (part.name.starts_with("file: ")) files[part.name.substr(6)] = part.value;
  return files;
}

std::vector<std::string> changed_files(const StageGraph& before, const StageGraph& after) {
  const std::map<std::string, std::string> old_files = files_of(before), new_files = files_of(after);
  std::vector<std::string> changed;
  for (const auto& [path, hash] : new_files)
    if (const auto old = old_files.find(path); old == old_files.end() || old->second != hash) changed.push_back(path);
  for (const auto& [path, hash] : old_files)
    if (!new_files.contains(path)) changed.push_back(path);
  return changed;
}

/// Stages by their keys: a stage that moved, such as a trial under another number, is not done again.
std::vector<WorkflowDifference::Work> work_of(const StageGraph& before, const StageGraph& after) {
  std::set<std::string> known;
  for (const Stage& stage : before.stages) known.insert(stage.key.hash());
  std::vector<WorkflowDifference::Work> list;
  for (const Stage& stage : after.stages) {
    const bool own_name = stage.kind == StageKind::build || stage.kind == StageKind::verify;
    const std::string title = own_name ? stage.name : std::string(name(stage.kind));
    auto found = std::find_if(list.begin(), list.end(), [&](const auto& work) { return work.stage == title; });
    if (found == list.end()) found = list.insert(list.end(), {title});
    found->total += 1;
    found->again += known.contains(stage.key.hash()) ? 0 : 1;
  }
  return list;
}

bool begins(const std::string& text, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view one) { return text.starts_with(one); });
}

Reach reach_of(const std::string& part) {
  if (begins(part, {"texts", "waivers", "expect/volume", "expect/every", "expect/say", "expect/precision"}))
    return Reach::report;
  if (begins(part, {"deploy", "task/require"})) return Reach::delivery;
  if (begins(part, {"metrics", "baseline", "expect", "task/existing"})) return Reach::choice;
  if (begins(part, {"search", "prepare", "task/protect"})) return Reach::candidates;
  return Reach::judgement;
}

}  // namespace

WorkflowDifference compare_workflows(const PlannedWorkflow& before, const PlannedWorkflow& after) {
  WorkflowDifference difference;
  difference.settings = compare_keys(sayings(before.workflow), sayings(after.workflow));
  difference.files = changed_files(before.graph, after.graph);
  difference.work = work_of(before.graph, after.graph);
  for (const Change& change : difference.settings) {
    difference.reach = std::max(difference.reach, reach_of(change.part));
    difference.other_measure |= begins(change.part, {"metrics/objective", "metrics/threshold", "expect/prevalence"});
  }
  if (!difference.files.empty()) difference.reach = Reach::judgement;
  return difference;
}

}  // namespace mlw
