#include "runtime/stages/session.h"

#include <algorithm>

#include "runtime/data/reader.h"

namespace mlw {
namespace {

using Work = Entry (*)(Session&, const Stage&, std::string&);

Work work_of(StageKind kind) {
  switch (kind) {
    case StageKind::load:
      return do_load;
    case StageKind::split:
      return do_split;
    case StageKind::profile:
      return do_profile;
    case StageKind::prepare:
      return do_prepare;
    case StageKind::baseline:
      return do_baseline;
    case StageKind::fit:
      return do_fit;
    case StageKind::choose:
      return do_choose;
    case StageKind::final_fit:
      return do_final_fit;
    case StageKind::test:
      return do_test;
    case StageKind::build:
      return do_build;
    case StageKind::verify:
      return do_verify;
    case StageKind::report:
      return do_report;
    case StageKind::schema:
      break;  // done before there is a graph
  }
  return nullptr;
}

/// Of the rows held aside for early stopping.
constexpr double inner_share = 0.15;

int64_t known_after(const Workflow& workflow) {
  for (const Data& data : workflow.data)
    for (const ColumnDeclaration& column : data.columns)
      if (column.name == workflow.task.targets.at(0) && column.known_after) return *column.known_after;
  return 0;
}

}  // namespace

Session::Session(const Workflow& workflow, Store& store, SessionOptions options)
    : workflow_(workflow), store_(store), options_(std::move(options)), code_cache_(store.folder()) {}

CodeGenerator& Session::generator() {
  CodeGenerator& generator = load_code_generator();
  std::call_once(generator_once_, [&] { generator.use_cache(&code_cache_); });
  return generator;
}

void Session::plan(PlanInputs inputs) {
  inputs_ = std::move(inputs);
  graph_ = plan_stages(workflow_, inputs_);
}

bool Session::exists(const Stage& stage) { return store_.contains(stage.key); }

Entry Session::result(int stage) {
  const Stage& wanted = graph_.stages.at(static_cast<size_t>(stage));
  if (std::optional<Entry> entry = store_.load(wanted.key)) return *std::move(entry);
  std::string text;
  Entry entry = work_of(wanted.kind)(*this, wanted, text);
  store_.save(wanted.key, entry);
  return entry;
}

std::string Session::perform(int stage) {
  const Stage& wanted = graph_.stages.at(static_cast<size_t>(stage));
  store_.remember(workflow_.name, wanted.name, wanted.key);
  if (store_.load(wanted.key)) return "done by another run";
  std::string text;
  store_.save(wanted.key, work_of(wanted.kind)(*this, wanted, text));
  return text;
}

const LoadResult& Session::loaded() {
  return loaded_.get([&] { return load_result(result(graph_.find(StageKind::load))); });
}

const TaskData& Session::task() {
  return task_.get([&] { return task_data(workflow_, loaded().table, loaded().population); });
}

const Selection& Session::labelled() {
  return labelled_.get([&] {
    Selection rows;
    for (const uint32_t row : loaded().population)
      if (task().labelled[row] != 0) rows.push_back(row);
    return rows;
  });
}

const SplitFacts& Session::facts() {
  return facts_.get([&] {
    const Table& table = loaded().table;
    std::vector<std::string> inputs;
    for (const Column& column : table.columns)
      if (excluded_role(workflow_, column).empty()) inputs.push_back(column.name);
    SplitFacts facts =
        split_facts(table, workflow_.evaluate.group_by, modelled_data(workflow_.data).time, inputs, task().class_of);
    facts.class_names = task().classes;
    facts.known_after = known_after(workflow_);
    return facts;
  });
}

const SplitResult& Session::split() {
  return split_.get([&] { return split_result(result(graph_.find(StageKind::split))); });
}

const MetricProgram& Session::objective() {
  return objective_.get([&] { return MetricProgram(workflow_.metrics.objective, generator()); });
}

const std::vector<MetricProgram>& Session::watched() {
  return watched_.get([&] {
    std::vector<MetricProgram> programs;
    for (const Metric& metric : workflow_.metrics.watch) programs.emplace_back(metric, generator());
    return programs;
  });
}

PreparedMatrix Session::matrix(const FittedPreparation& preparation, const Selection& rows) {
  return make_matrix(preparation, loaded().table, rows, task().target, task().weight, generator());
}

PreparedFold::Inner Session::inner_matrices(const FittedPreparation& preparation, const Selection& rows,
                                            uint64_t salt) {
  const InnerSplit inner = split_inner(workflow_.evaluate, facts(), rows, inner_share, salt);
  return {matrix(preparation, inner.training), matrix(preparation, inner.validation)};
}

PreparedFold& Session::prepared(int stage) {
  const Stage& wanted = graph_.stages.at(static_cast<size_t>(stage));
  Lazy<std::unique_ptr<PreparedFold>>* lazy = nullptr;
  {
    const std::lock_guard guard(mutex_);
    auto& known = prepared_[wanted.key.hash()];
    if (!known) known = std::make_unique<Lazy<std::unique_ptr<PreparedFold>>>();
    lazy = known.get();
  }
  return *lazy->get([&] {
    auto fold = std::make_unique<PreparedFold>();
    fold->preparation = preparation_result(result(stage));
    fold->training = matrix(fold->preparation, split().folds.at(static_cast<size_t>(wanted.fold)).training);
    return fold;
  });
}

void Session::forget_prepared() {
  const std::lock_guard guard(mutex_);
  prepared_.clear();
}

PredictorProgram Session::program(const FittedPreparation& preparation, Model model, Link link) {
  PredictorProgram program;
  program.name = workflow_.name;
  program.task = workflow_.task.kind;
  program.fields = preparation.fields;
  program.population = modelled_data(workflow_.data).where;
  program.definitions = preparation.definitions;
  program.features = preparation.features;
  program.model = std::move(model);
  program.link = link;
  program.classes = task().classes;
  program.unit = task().unit;
  return program;
}

}  // namespace mlw
