#pragma once

#include <functional>
#include <vector>

#include "compiler/plan/stage_graph.h"
#include "runtime/execute/events.h"

namespace mlw {

struct ExecuteOptions {
  int threads = 0;  ///< 0: as many as the machine has
  Events* events = nullptr;
  std::function<bool()> cancelled;  ///< asked before a stage begins
};

/// Does every stage that is `needed`, each after its inputs, independent ones at once; of those that are ready the
/// first in the graph begins first. `work` does one stage and returns what came out in a few words; it may start
/// parallel work of its own. The first failure (in the order of the graph) lets what is running end, begins nothing
/// more, and is thrown. Cancelled: likewise, with R422.
void execute(const StageGraph& graph, const std::vector<StageState>& states,
             const std::function<std::string(int stage)>& work, const ExecuteOptions& options);

}  // namespace mlw
