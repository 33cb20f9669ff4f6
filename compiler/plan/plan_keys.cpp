#include "compiler/plan/plan_view.h"

namespace mlw {
namespace {

/// A value over several lines stands below its name, deeper than it.
std::string part_text(const KeyPart& part) {
  std::string text = "  " + part.name + ": ";
  for (const char c : part.value) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text + "\n";
}

}  // namespace

std::string_view state_text(StageState state) {
  constexpr std::string_view texts[] = {"cached", "would run", "not needed"};
  return texts[static_cast<int>(state)];
}

std::string plan_keys(const StageGraph& graph, const std::vector<StageState>& states, const std::vector<int>& wanted) {
  std::string text;
  const auto show = [&](size_t index) {
    const Stage& stage = graph.stages[index];
    text += (text.empty() ? "" : "\n") + stage.name + " (" + std::string(state_text(states[index])) + ") " +
            stage.key.hash() + "\n";
    for (const KeyPart& part : stage.key.parts) text += part_text(part);
  };
  if (wanted.empty())
    for (size_t index = 0; index < graph.stages.size(); ++index) show(index);
  for (const int index : wanted) show(static_cast<size_t>(index));
  return text;
}

}  // namespace mlw
