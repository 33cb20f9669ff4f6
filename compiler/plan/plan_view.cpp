#include "compiler/plan/plan_view.h"

#include <algorithm>
#include <map>
#include <set>

namespace mlw {
namespace {

std::string plural(size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::string group_detail(const StageGraph& graph, const std::vector<int>& members) {
  const Stage& first = graph.stages[members.front()];
  std::set<int> folds, trials, variants;
  for (const int member : members) {
    folds.insert(graph.stages[member].fold);
    trials.insert(graph.stages[member].trial);
    variants.insert(graph.stages[member].variant);
  }
  if (first.kind == StageKind::fit) return plural(trials.size(), "trial") + " × " + plural(folds.size(), "fold");
  if (first.kind == StageKind::prepare)
    return (variants.size() > 1 ? plural(variants.size(), "variant") + " × " : "") + plural(folds.size(), "fold");
  return std::string(meaning(first.kind));
}

/// Which groups can be reached from each, against the arrows.
std::vector<std::set<int>> ancestors(const std::vector<StageGroup>& groups) {
  std::vector<std::set<int>> result(groups.size());
  for (size_t i = 0; i < groups.size(); ++i)
    for (const int input : groups[i].inputs) {
      result[i].insert(input);
      result[i].insert(result[input].begin(), result[input].end());
    }
  return result;
}

void leave_out_implied_inputs(std::vector<StageGroup>& groups) {
  const std::vector<std::set<int>> all = ancestors(groups);
  for (StageGroup& group : groups) {
    const std::vector<int> inputs = group.inputs;
    std::erase_if(group.inputs, [&](int input) {
      return std::any_of(inputs.begin(), inputs.end(), [&](int other) { return all[other].contains(input); });
    });
  }
}

/// 1 define the task and the data, 2 develop, 3 deploy.
int step_of(StageKind kind) {
  switch (kind) {
    case StageKind::schema:
    case StageKind::load:
    case StageKind::split:
    case StageKind::profile:
      return 0;
    case StageKind::build:
    case StageKind::verify:
      return 2;
    case StageKind::report:
      return 3;
    default:
      return 1;
  }
}

/// Number of characters, not bytes.
size_t width(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(std::string text, size_t to) {
  const size_t wide = width(text);
  if (wide < to) text.append(to - wide, ' ');
  return text;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace

std::vector<StageGroup> group_stages(const StageGraph& graph, const std::vector<StageState>& states) {
  std::vector<StageGroup> groups;
  std::map<std::string, int> by_title;
  std::vector<std::vector<int>> members;
  for (size_t i = 0; i < graph.stages.size(); ++i) {
    const Stage& stage = graph.stages[i];
    const bool many = stage.kind == StageKind::fit || stage.kind == StageKind::prepare;
    const std::string title = many ? std::string(name(stage.kind)) : stage.name;
    const auto [found, is_new] = by_title.emplace(title, static_cast<int>(groups.size()));
    if (is_new) {
      groups.push_back({.kind = stage.kind, .title = title});
      members.emplace_back();
    }
    StageGroup& group = groups[found->second];
    members[found->second].push_back(static_cast<int>(i));
    group.total += 1;
    group.cached += states[i] == StageState::cached;
    group.needed += states[i] == StageState::needed;
    for (const int input : stage.inputs) {
      const Stage& before = graph.stages[input];
      const bool of_many = before.kind == StageKind::fit || before.kind == StageKind::prepare;
      const int from = by_title.at(of_many ? std::string(name(before.kind)) : before.name);
      if (std::find(group.inputs.begin(), group.inputs.end(), from) == group.inputs.end()) group.inputs.push_back(from);
    }
  }
  for (size_t i = 0; i < groups.size(); ++i) groups[i].detail = group_detail(graph, members[i]);
  leave_out_implied_inputs(groups);
  return groups;
}

std::string state_text(const StageGroup& group) {
  if (group.cached == group.total) return "cached";
  if (group.needed == group.total) return "would run";
  if (group.needed == 0 && group.cached == 0) return "not needed";
  std::string text;
  if (group.cached > 0) text = std::to_string(group.cached) + " of " + std::to_string(group.total) + " cached";
  if (group.needed > 0) text += (text.empty() ? "" : ", ") + std::to_string(group.needed) + " would run";
  return text;
}

std::string plan_text(const std::string& workflow, const StageGraph& graph, const std::vector<StageState>& states) {
  const std::vector<StageGroup> groups = group_stages(graph, states);
  size_t title_width = 0, detail_width = 0;
  int total = 0, cached = 0, needed = 0;
  for (const StageGroup& group : groups) {
    title_width = std::max(title_width, width(group.title));
    detail_width = std::max(detail_width, width(group.detail));
    total += group.total, cached += group.cached, needed += group.needed;
  }
  std::string text = workflow + ": " + plural(static_cast<size_t>(total), "stage") + ", " + std::to_string(cached) +
                     " cached, " + std::to_string(needed) + " would run\n";
  const char* const steps[] = {"data", "develop", "deploy", "report"};
  for (int step = 0; step < 4; ++step) {
    std::vector<const StageGroup*> lines;
    for (const StageGroup& group : groups)
      if (step_of(group.kind) == step) lines.push_back(&group);
    if (lines.empty()) continue;
    const bool last_step = step == 3;
    text += std::string(last_step ? "└─ " : "├─ ") + steps[step] + "\n";
    for (const StageGroup* group : lines)
      text += std::string(last_step ? "   " : "│  ") + (group == lines.back() ? "└─ " : "├─ ") +
              padded(group->title, title_width + 2) + padded(group->detail, detail_width + 2) + state_text(*group) +
              "\n";
  }
  return text;
}

std::string plan_dot(const std::string& workflow, const StageGraph& graph, const std::vector<StageState>& states) {
  const std::vector<StageGroup> groups = group_stages(graph, states);
  std::string text = "digraph " + quoted(workflow) +
                     " {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n";
  for (size_t i = 0; i < groups.size(); ++i) {
    const StageGroup& group = groups[i];
    const std::string colour = group.cached == group.total ? "#e3efe3" : group.needed > 0 ? "#fdf0d5" : "#f2f2f2";
    text += "  s" + std::to_string(i) +
            " [label=" + quoted(group.title + "\n" + group.detail + "\n" + state_text(group)) + ", fillcolor=\"" +
            colour + "\"];\n";
  }
  for (size_t i = 0; i < groups.size(); ++i)
    for (const int input : groups[i].inputs)
      text += "  s" + std::to_string(input) + " -> s" + std::to_string(i) + ";\n";
  return text + "}\n";
}

}  // namespace mlw
