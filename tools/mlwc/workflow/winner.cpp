#include "tools/mlwc/workflow/winner.h"

#include "compiler/diagnostics/kinds/search.h"

namespace mlw::tool {

PredictorProgram winner(mlw::Session& work, const std::string& path) {
  const int stage = work.graph().find(StageKind::final_fit);
  if (!work.exists(work.graph().stages[static_cast<size_t>(stage)])) fail(kinds::no_winner, {{"file", path}});
  return final_result(work.result(stage)).program;
}

}  // namespace mlw::tool
