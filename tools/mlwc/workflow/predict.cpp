#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "runtime/stages/answer_stream.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/winner.h"

namespace mlw::tool {
namespace {

int predict(Session& session, const std::string& path) {
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(path);
  if (!opened->sound()) return session.report(opened->diagnostics, opened->sources);
  try {
    mlw::Session work(opened->workflow, *opened->store, session_options(*opened, 0));
    plan_run(work, plan_inputs(opened->workflow, opened->files), profile_rules(*opened, nullptr));
    const PredictorProgram program = winner(work, path);
    answer_stream(program, STDIN_FILENO, [&](std::string_view text) { session.result(text); }, work.generator());
  } catch (const Failure& failure) {
    return show_failure(session, failure, opened->sources);
  }
  return done;
}

Action declare(CLI::App& app) {
  auto path = std::make_shared<std::string>();
  app.add_option("FILE", *path, "a workflow file that was run")->required();
  return [path](Session& session) { return predict(session, *path); };
}

}  // namespace

extern const Command predict_command{"predict", "FILE < rows.csv",
                                     "mlwc predict wine.mlw < new_wines.csv > answers.csv   one answer a record",
                                     "Records are comma separated values with the columns' names on the first line, in "
                                     "any order; further columns are passed over.\n"
                                     "The answers are those of the built artefacts, bit for bit.",
                                     declare};

}  // namespace mlw::tool
