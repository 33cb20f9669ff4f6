#include "runtime/stages/run.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "compiler/diagnostics/kinds/search.h"
#include "runtime/execute/executor.h"
#include "runtime/search/draw.h"
#include "runtime/search/journal.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/ledger.h"
#include "runtime/stages/outputs.h"
#include "runtime/stages/trial_events.h"
#include "runtime/stages/versions.h"

namespace mlw {
namespace {

using Clock = std::chrono::steady_clock;

/// One run: plans and executes in turns, because what comes later depends on what came out.
class Run {
 public:
  Run(Session& session, PlanInputs inputs, RunOptions options)
      : session_(session),
        inputs_(std::move(inputs)),
        options_(std::move(options)),
        journal_(open_journal(session, inputs_)) {}

  RunOutcome all(const CheckProfile& check) {
    if (options_.more > 0) journal_.extend(options_.more);
    search_for(trials_wanted());
    if (stops_before(StageKind::profile)) return stop();
    reach({session_.graph().find(StageKind::profile)});
    const std::optional<std::vector<report::Check>> checks = checks_of_profile(check);
    if (!checks) {
      outcome_.refused = true;
      return outcome_;
    }
    session_.set_checks(*checks);
    if (session_.workflow().search.time) search_within_time();
    if (stops_before(StageKind::final_fit)) return stop();
    reach({session_.graph().find(StageKind::final_fit)});
    if (options_.artefacts) return artefacts();
    open_or_seal(*checks, options_.until.empty() || !stops_before_test());
    if (!options_.until.empty()) return stop();
    reach({session_.graph().find(StageKind::report)});
    finish();
    return outcome_;
  }

  void plan_only(const CheckProfile& check) {
    search_for(trials_wanted());
    const auto there = [&](StageKind kind) {
      const StageGraph& graph = session_.graph();
      return session_.exists(graph.stages[static_cast<size_t>(graph.find(kind))]);
    };
    if (!there(StageKind::profile) || !there(StageKind::final_fit)) return;
    const std::optional<std::vector<report::Check>> checks = checks_of_profile(check);
    if (checks) open_or_seal(*checks, false);
  }

 private:
  static SearchJournal open_journal(Session& session, const PlanInputs& inputs) {
    const Workflow& workflow = session.workflow();
    const std::string search =
        key_text(workflow, "search") + key_text(workflow, "prepare") + key_text(workflow, "evaluate/seed");
    session.plan(inputs);
    const StageGraph& graph = session.graph();
    return SearchJournal(session.store(), workflow.name, sha256(search),
                         graph.stages[static_cast<size_t>(graph.find(StageKind::split))].key.hash());
  }

  int trials_wanted() const {
    const Search& search = session_.workflow().search;
    const int wanted = search.trials + journal_.extra();
    // A search that ran out of time is as long as it was, until more is asked for.
    return search.time && journal_.ended_with() >= 0 && options_.more == 0 ? std::min(wanted, journal_.ended_with())
                                                                           : wanted;
  }

  void search_for(int trials) {
    inputs_.trials = propose_trials(session_.workflow(), trials);
    session_.plan(inputs_);
  }

  void search_within_time() {
    const Search& search = session_.workflow().search;
    const int wanted = trials_wanted();
    const Clock::time_point end = Clock::now() + std::chrono::microseconds(*search.time);
    for (int trials = std::min(search.round, wanted);; trials = std::min(trials + search.round, wanted)) {
      search_for(trials);
      reach(session_.graph().all(StageKind::fit));
      if (trials == wanted || static_cast<int>(inputs_.trials.size()) < trials) return;
      if (Clock::now() >= end) {
        journal_.end(trials);
        return;
      }
    }
  }

  std::optional<std::vector<report::Check>> checks_of_profile(const CheckProfile& check) {
    return check(parse_profile(session_.result(session_.graph().find(StageKind::profile)).document));
  }

  /// Decides whether the test part may be looked at; `look`: it is looked at now.
  void open_or_seal(const std::vector<report::Check>& checks, bool look) {
    const int final_fit = session_.graph().find(StageKind::final_fit);
    const std::string version = sha256(to_text(final_result(session_.result(final_fit)).program));
    Ledger ledger(session_.store(), session_.workflow().name);
    const bool allowed = ledger.looks() == 0 || ledger.opened_by(version) || options_.open_test;
    if (!allowed)
      inputs_.sealed =
          "another version of this workflow looked at it before; `mlwc run --open-test` looks again, and counts it";
    if (allowed && look) ledger.open(version);
    inputs_.looks = ledger.looks();
    for (const report::Check& one : checks) inputs_.checks += one.code + one.message + one.waived_because + "\n";
    session_.plan(inputs_);
  }

  bool stops_before_test() const {
    const std::vector<int> wanted = stages_named(session_.graph(), options_.until);
    return std::none_of(wanted.begin(), wanted.end(), [&](int stage) {
      const StageKind kind = session_.graph().stages[static_cast<size_t>(stage)].kind;
      return kind == StageKind::test || kind == StageKind::report;
    });
  }

  /// Whether `--until` names something that is done before that kind of stage; then it is done here.
  bool stops_before(StageKind kind) {
    if (options_.until.empty()) return false;
    const std::vector<int> wanted = stages_named(session_.graph(), options_.until);
    const int limit = session_.graph().find(kind);
    if (wanted.back() >= limit) return false;
    reach(wanted);
    return true;
  }

  void reach(const std::vector<int>& targets) {
    const StageGraph& graph = session_.graph();
    const std::vector<StageState> now =
        states(graph, targets, [&](const Stage& stage) { return session_.exists(stage); });
    TrialEvents trials(session_, journal_);
    ExecuteOptions options{.threads = session_.options().threads,
                           .events = session_.options().events,
                           .cancelled = session_.options().cancelled};
    outcome_.done += static_cast<int>(std::count(now.begin(), now.end(), StageState::needed));
    execute(
        graph, now,
        [&](int stage) {
          std::string text = session_.perform(stage);
          trials.done(stage);
          return text;
        },
        options);
  }

  RunOutcome artefacts() {
    const StageGraph& graph = session_.graph();
    std::vector<int> wanted;
    for (const std::string& name : options_.deployments)
      for (const int stage : stages_named(graph, "verify " + name)) wanted.push_back(stage);
    if (options_.deployments.empty()) wanted = graph.all(StageKind::verify);
    reach(wanted);
    std::vector<int> builds;
    for (const int stage : wanted) {
      const VerifyResult verified = verify_result(session_.result(stage));
      outcome_.report.unmet.insert(outcome_.report.unmet.end(), verified.unmet.begin(), verified.unmet.end());
      builds.push_back(graph.stages[static_cast<size_t>(stage)].inputs.at(0));
    }
    outcome_.written = write_artefacts(session_, builds);
    return stop();
  }

  RunOutcome stop() {
    if (!options_.until.empty()) reach(stages_named(session_.graph(), options_.until));
    outcome_.stages = static_cast<int>(session_.graph().stages.size());
    return outcome_;
  }

  void finish() {
    const StageGraph& graph = session_.graph();
    for (const Stage& stage : graph.stages) session_.store().remember(session_.workflow().name, stage.name, stage.key);
    outcome_.stages = static_cast<int>(graph.stages.size());
    const Entry entry = session_.result(graph.find(StageKind::report));
    outcome_.report = report::from_json(entry.timings);
    outcome_.written = write_outputs(session_, outcome_.report, outcome_.done > 0);
    outcome_.complete = true;
  }

  Session& session_;
  PlanInputs inputs_;
  const RunOptions options_;
  SearchJournal journal_;
  RunOutcome outcome_;
};

}  // namespace

void plan_run(Session& session, const PlanInputs& base, const CheckProfile& check) {
  Run(session, base, {}).plan_only(check);
}

PlanInputs plan_inputs(const Workflow& workflow, std::vector<PlanInputs::File> files) {
  PlanInputs inputs;
  inputs.files = std::move(files);
  const Split& validate = workflow.evaluate.validate;
  inputs.folds = validate.form == Split::Form::kfold     ? validate.folds * validate.repeats
                 : validate.form == Split::Form::rolling ? validate.folds
                                                         : 1;
  inputs.code = versions().code, inputs.report_code = versions().report_code;
  inputs.llvm = versions().llvm, inputs.duckdb = versions().duckdb;
  return inputs;
}

std::vector<int> stages_named(const StageGraph& graph, const std::string& wanted) {
  std::vector<int> found;
  for (size_t i = 0; i < graph.stages.size(); ++i)
    if (graph.stages[i].name == wanted || name(graph.stages[i].kind) == wanted) found.push_back(static_cast<int>(i));
  if (!found.empty()) return found;
  std::vector<std::string> names;
  std::set<std::string> seen;
  std::string listed;
  for (const Stage& stage : graph.stages) {
    names.push_back(stage.name);
    if (seen.insert(std::string(name(stage.kind))).second)
      listed += (listed.empty() ? "" : ", ") + std::string(name(stage.kind));
  }
  Diagnostics sink;
  Diagnostic& diagnostic = sink.report(kinds::no_such_stage, {}, {{"name", wanted}, {"names", listed}});
  if (const std::string_view nearest = nearest_name(wanted, names); !nearest.empty())
    diagnostic.note("did you mean `" + std::string(nearest) + "`?");
  throw Failure{diagnostic};
}

RunOutcome run_workflow(Session& session, const PlanInputs& base, const RunOptions& options,
                        const CheckProfile& check) {
  return Run(session, base, options).all(check);
}

}  // namespace mlw
