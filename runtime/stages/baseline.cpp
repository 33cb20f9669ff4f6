#include "runtime/evaluate/predict.h"
#include "runtime/learn/baselines.h"
#include "runtime/learn/rule.h"
#include "runtime/prepare/training_statistics.h"
#include "runtime/stages/session.h"

namespace mlw {
namespace {

std::vector<float> taken(const std::vector<float>& values, const Selection& rows) {
  std::vector<float> result;
  if (values.empty()) return result;
  for (const uint32_t row : rows) result.push_back(values[row]);
  return result;
}

struct Named {
  std::string name;
  PredictorProgram program;
};

/// All baselines, learned from these rows.
std::vector<Named> baselines_from(Session& session, const Selection& training) {
  const Workflow& workflow = session.workflow();
  const TaskData& task = session.task();
  std::vector<Named> result;
  if (workflow.baseline.naive)
    for (BaselineModel& naive : naive_baselines(task.kind, static_cast<int>(task.classes.size()),
                                                taken(task.target, training), taken(task.weight, training)))
      result.push_back({naive.name, session.program({}, std::move(naive.model), Link::identity)});
  const auto add_rule = [&](const FormulaPointer& condition, const std::string& name) {
    if (!condition) return;
    const std::vector<Definition> definitions = fit_definitions(workflow.prepare.definitions, session.loaded().table,
                                                                training, task.weight, session.generator());
    PredictorProgram program = rule_program(condition, definitions, session.loaded().table);
    program.name = workflow.name;
    program.classes = task.classes;
    result.push_back({name, std::move(program)});
  };
  add_rule(workflow.baseline.rule, "baseline: rule");
  add_rule(workflow.task.existing, "today's solution");
  // A baseline answers every row, also outside the population: it is asked about rows of the population only.
  for (Named& one : result) one.program.population = nullptr;
  return result;
}

}  // namespace

Entry do_baseline(Session& session, const Stage&, std::string& text) {
  const SplitResult& split = session.split();
  BaselineResult result;
  for (Named& one : baselines_from(session, split.development))
    result.list.push_back({one.name, std::move(one.program), {}});
  for (const Fold& fold : split.folds) {
    const std::vector<Named> fitted = baselines_from(session, fold.training);
    for (size_t i = 0; i < fitted.size(); ++i)
      result.list[i].scores.push_back(
          predict_table(fitted[i].program, session.loaded().table, fold.validation, session.generator()).scores);
  }
  for (const BaselineResult::One& one : result.list) text += (text.empty() ? "" : ", ") + one.name;
  return to_entry(result);
}

}  // namespace mlw
