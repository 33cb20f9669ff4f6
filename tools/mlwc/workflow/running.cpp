#include "tools/mlwc/workflow/running.h"

#include <unistd.h>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/execute/cancellation.h"
#include "runtime/execute/progress.h"
#include "tools/mlwc/common/command.h"

namespace mlw::tool {
namespace {

ProgressStyle style_of(const Session& session) {
  if (session.json) return ProgressStyle::json;
  if (session.quiet) return ProgressStyle::quiet;
  return isatty(STDERR_FILENO) != 0 ? ProgressStyle::live : ProgressStyle::plain;
}

Results results_of(const report::Data& data) {
  Results results;
  if (data.comparison) {
    const report::Comparison& c = *data.comparison;
    results = {.winner = c.winner,
               .baseline = c.baseline,
               .metric = c.metric,
               .difference = c.difference,
               .low = c.low,
               .high = c.high,
               .beats = c.beats};
    results.compared = true;
  }
  // The look of this version is among them, unless the test part stayed closed.
  results.other_looks = data.test_sealed_because.empty() ? data.looks - 1 : data.looks;
  return results;
}

/// Damage that was met in the store, told once.
void show_reports(const Session& session, OpenedWorkflow& opened) {
  Diagnostics damage;
  for (const Diagnostic& diagnostic : opened.store->take_reports()) damage.add(diagnostic);
  if (!damage.empty()) session.report(damage, opened.sources);
}

int run(Session& session, const RunArguments& arguments, OpenedWorkflow& opened, RunOutcome& outcome) {
  const std::unique_ptr<Listener> progress = make_progress(style_of(session), session.json ? stdout : stderr);
  Events events(progress.get());
  SessionOptions options = session_options(opened, arguments.threads);
  options.events = &events;
  Diagnostics of_results;
  options.check_results = [&opened, &of_results](const report::Data& data) {
    const Results results = results_of(data);
    const Findings findings = check(Phase::results, {opened.workflow, nullptr, &results});
    of_results = findings.open;
    return shown_checks(findings.open, findings.waived);
  };
  mlw::Session work(opened.workflow, *opened.store, options);
  outcome = run_workflow(work, plan_inputs(opened.workflow, opened.files), arguments.options,
                         profile_rules(opened, &session));
  session.report(of_results, opened.sources);
  return outcome.refused ? failed : done;
}

}  // namespace

CheckProfile profile_rules(const OpenedWorkflow& opened, const Session* show) {
  return [&opened, show](const Profile& profile) -> std::optional<std::vector<report::Check>> {
    const Findings findings = check(Phase::profile, {opened.workflow, &profile});
    if (show != nullptr) show->report(findings.open, opened.sources);
    if (findings.open.has_errors()) return std::nullopt;
    std::vector<report::Check> checks = shown_checks(opened.diagnostics, opened.waived);
    for (report::Check& one : shown_checks(findings.open, findings.waived)) checks.push_back(std::move(one));
    return checks;
  };
}

SessionOptions session_options(const OpenedWorkflow& opened, int threads) {
  SessionOptions options;
  options.folder = opened.folder;
  options.output = opened.output;
  options.threads = threads;
  options.cancelled = interrupted;
  options.command = "mlwc run " + opened.path;
  options.version = MLWC_VERSION;
  return options;
}

int show_failure(const Session& session, const Failure& failure, const Sources& sources) {
  Diagnostics diagnostics;
  diagnostics.add(failure.diagnostic);
  session.report(diagnostics, sources);
  return failure.diagnostic.kind == &kinds::interrupted || interrupted() ? interrupted_by_user : failed;
}

int run_and_show(Session& session, const RunArguments& arguments,
                 const std::function<int(const OpenedWorkflow&, const RunOutcome&)>& show) {
  catch_interrupts();
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(arguments.path);
  session.report(opened->diagnostics, opened->sources);
  if (!opened->sound()) return failed;
  RunOutcome outcome;
  int status = done;
  try {
    status = run(session, arguments, *opened, outcome);
  } catch (const Failure& failure) {
    status = show_failure(session, failure, opened->sources);
  }
  show_reports(session, *opened);
  return status == done ? show(*opened, outcome) : status;
}

}  // namespace mlw::tool
