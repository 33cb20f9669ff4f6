#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/plan/profile.h"
#include "runtime/data/reader.h"
#include "runtime/report/text.h"
#include "runtime/stages/chosen.h"
#include "runtime/stages/examples.h"
#include "runtime/stages/session.h"

namespace mlw {
namespace {

std::string task_name(TaskKind kind) {
  return kind == TaskKind::binary       ? "binary"
         : kind == TaskKind::multiclass ? "multiclass"
         : kind == TaskKind::regression ? "regression"
                                        : "unknown";
}

std::string split_text(const Split& split) {
  switch (split.form) {
    case Split::Form::holdout:
      return fmt::format("{:.4g} % of the rows, drawn at random", split.share * 100);
    case Split::Form::latest:
      return fmt::format("the newest {:.4g} % of the rows", split.share * 100);
    case Split::Form::kfold:
      return split.repeats > 1 ? fmt::format("{} folds, {} times with new folds", split.folds, split.repeats)
                               : fmt::format("{} folds", split.folds);
    case Split::Form::rolling:
      return fmt::format("{} steps forward in time", split.folds);
    default:
      return "the rows that the file names";
  }
}

std::string protocol_text(const Workflow& workflow) {
  const Evaluation& evaluation = workflow.evaluate;
  std::string text =
      "Kept aside for the test: " + split_text(evaluation.test) + ". Candidates are compared on " +
      split_text(evaluation.validate) +
      " of the other rows; whatever is learnt, preparation included, is learnt on the training part of each.";
  if (!evaluation.group_by.empty()) {
    text += " Rows of equal";
    for (size_t i = 0; i < evaluation.group_by.size(); ++i)
      text += (i == 0 ? " `" : ", `") + evaluation.group_by[i] + "`";
    text += " stand on one side.";
  }
  if (evaluation.stratify && workflow.task.kind != TaskKind::regression)
    text += " Each part has the classes in equal shares.";
  return text;
}

void describe_task(const Session& session, report::Data& data) {
  const Workflow& workflow = session.workflow();
  data.workflow = workflow.name, data.title = workflow.title, data.documentation = workflow.documentation;
  data.task_kind = task_name(workflow.task.kind);
  data.target = workflow.task.targets.at(0);
  data.because = workflow.task.because;
  for (const Requirement& requirement : workflow.task.require) data.requirements.push_back(requirement.text);
  const Metric& objective = workflow.metrics.objective;
  data.objective_text = (objective.maximize ? "maximize " : "minimize ") + shown_name(objective);
  if (shown_name(objective) != objective.text && !objective.text.empty()) data.objective_text += " = " + objective.text;
  for (const PlanInputs::File& file : session.inputs().files)
    data.source += (data.source.empty() ? "" : ", ") + file.path;
  data.protocol = protocol_text(workflow);
  data.seed = workflow.evaluate.seed;
  data.reproducible = !workflow.search.time.has_value();
}

void describe_columns(const Profile& profile, const Schema& schema, report::Data& data) {
  for (const ColumnProfile& column : profile.columns) {
    const ColumnSchema* known = schema.find(column.name);
    report::ColumnSummary summary{
        .name = column.name, .kind = std::string(name(column.kind)), .role = column.role, .unit = column.unit};
    if (known != nullptr && known->inferred) summary.inferred_because = known->reason;
    summary.missing = column.missing, summary.distinct = column.distinct;
    summary.minimum = column.minimum, summary.maximum = column.maximum, summary.mean = column.mean;
    summary.median = column.median, summary.deviation = column.deviation;
    for (const ColumnProfile::Bin& bin : column.histogram)
      summary.histogram.push_back({bin.low, bin.high, bin.label, bin.rows});
    data.columns.push_back(std::move(summary));
  }
}

report::Part part_of(Session& session, std::string part_name, const Selection& rows) {
  report::Part part{.name = std::move(part_name), .rows = static_cast<int64_t>(rows.size())};
  const TaskData& task = session.task();
  if (!task.classes.empty()) part.classes.assign(task.classes.size(), 0);
  const Column* time = nullptr;
  if (const std::string& name = modelled_data(session.workflow().data).time; !name.empty())
    time = session.loaded().table.find(name);
  int64_t first = -1, last = -1;
  for (const uint32_t row : rows) {
    if (!task.classes.empty()) part.classes[static_cast<size_t>(task.class_of[row])] += 1;
    if (time == nullptr || !time->valid(row)) continue;
    if (first < 0 || task.time[row] < task.time[static_cast<size_t>(first)]) first = row;
    if (last < 0 || task.time[row] > task.time[static_cast<size_t>(last)]) last = row;
  }
  if (first >= 0) part.from = cell_text(*time, first), part.to = cell_text(*time, last);
  return part;
}

/// A note as a sentence of running text.
std::string sentence(std::string note) {
  if (note.empty()) return note;
  note[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(note[0])));
  return note.ends_with('.') ? note : note + ".";
}

void describe_parts(Session& session, report::Data& data) {
  const SplitResult& split = session.split();
  data.rows = session.loaded().table.rows;
  data.classes = session.task().classes;
  if (session.task().kind == TaskKind::binary && data.classes.size() == 2) data.positive = data.classes[1];
  data.parts.push_back(part_of(session, "outside the test part", split.development));
  for (size_t i = 0; i < split.folds.size(); ++i) {
    const std::string of = fmt::format(", fold {} of {}", i + 1, split.folds.size());
    data.parts.push_back(part_of(session, "training" + of, split.folds[i].training));
    data.parts.push_back(part_of(session, "validation" + of, split.folds[i].validation));
  }
  if (!split.test.empty()) data.parts.push_back(part_of(session, "test", split.test));
  if (!split.left_out.empty()) data.parts.push_back(part_of(session, "left out", split.left_out));
  for (const std::vector<std::string>* notes : {&session.loaded().notes, &split.notes})
    for (const std::string& note : *notes) data.protocol += " " + sentence(note);
}

std::string data_hash(const PlanInputs& inputs) {
  std::string all;
  for (const PlanInputs::File& file : inputs.files) all += file.hash + "\n";
  return sha256(all);
}

void add_search(report::Data& data, ChooseResult chosen) {
  data.leaderboard = std::move(chosen.report.leaderboard);
  for (size_t i = 0; i < data.leaderboard.size() && i < chosen.seconds.size(); ++i)
    data.leaderboard[i].seconds = chosen.seconds[i];
  data.curves = std::move(chosen.report.curves);
  data.comparison = chosen.report.comparison;
  data.validation_scores = std::move(chosen.report.validation_scores);
  data.diagnoses = std::move(chosen.report.diagnoses);
  data.milestones = std::move(chosen.report.milestones);
  data.threshold = chosen.threshold;
}

void add_test(report::Data& data, TestResult test) {
  data.test_scores = std::move(test.report.test_scores);
  // On the test part the winner was chosen by nobody: this comparison is the one to believe.
  if (test.report.comparison) data.comparison = test.report.comparison;
  data.outcomes = std::move(test.report.outcomes);
  data.diagnoses.insert(data.diagnoses.begin(), test.report.diagnoses.begin(), test.report.diagnoses.end());
  data.unmet.insert(data.unmet.end(), test.unmet.begin(), test.unmet.end());
}

}  // namespace

Entry do_report(Session& session, const Stage&, std::string& text) {
  const StageGraph& graph = session.graph();
  report::Data data;
  describe_task(session, data);
  describe_columns(parse_profile(session.result(graph.find(StageKind::profile)).document), session.loaded().schema,
                   data);
  describe_parts(session, data);
  add_search(data, choose_result(session.result(graph.find(StageKind::choose))));
  if (const int test = graph.find(StageKind::test); test >= 0) add_test(data, test_result(session.result(test)));
  for (const int stage : graph.all(StageKind::verify)) {
    VerifyResult verified = verify_result(session.result(stage));
    verified.built.path = session.options().output + "/" + verified.built.deployment;
    data.built.push_back(verified.built);
    data.unmet.insert(data.unmet.end(), verified.unmet.begin(), verified.unmet.end());
  }
  data.test_sealed_because = session.inputs().sealed;
  data.looks = session.inputs().looks;
  data.command = session.options().command, data.version = session.options().version;
  data.data_hash = data_hash(session.inputs());
  data.checks = session.options().checks;
  if (session.options().check_results)
    for (report::Check& check : session.options().check_results(data)) data.checks.push_back(std::move(check));
  Entry entry;
  // What a clock said stands apart from what was found.
  report::Data found = data;
  for (report::Candidate& candidate : found.leaderboard) candidate.seconds = 0;
  entry.document = report::to_json(found);
  entry.timings = report::to_json(data);
  text = fmt::format("{} candidates", data.leaderboard.size());
  return entry;
}

}  // namespace mlw
