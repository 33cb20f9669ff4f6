#include "runtime/stages/task_data.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "compiler/diagnostics/kinds/target.h"
#include "runtime/data/reader.h"
#include "runtime/evaluate/splits.h"

namespace mlw {
namespace {

constexpr size_t most_classes = 1000;

/// A value of the target as the user knows it.
std::string class_name(const Column& column, int64_t row) {
  switch (column.storage) {
    case Storage::category:
    case Storage::text:
      return std::string(column.text(row));
    case Storage::flag: {
      const bool holds = column.number(row) != 0;
      if (column.dictionary && column.dictionary->size() == 2) return (*column.dictionary)[holds];
      return holds ? "true" : "false";
    }
    case Storage::int64:
      return std::to_string(static_cast<int64_t>(column.number(row)));
    default: {
      char text[32];
      std::snprintf(text, sizeof text, "%.9g", column.number(row));
      return text;
    }
  }
}

bool is_numeric(Storage storage) {
  return storage == Storage::float32 || storage == Storage::float64 || storage == Storage::int64;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < names.size() && i < 8; ++i) text += (i == 0 ? "" : ", ") + ("`" + names[i] + "`");
  return text + (names.size() > 8 ? " …" : "");
}

std::vector<std::string> sorted_classes(const Column& column, const std::map<std::string, int64_t>& counts) {
  std::vector<std::string> names;
  for (const auto& [name, count] : counts) names.push_back(name);
  if (is_numeric(column.storage))
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return std::stod(a) < std::stod(b); });
  return names;
}

/// A flag's value may be named by its word in the data or as true and false.
std::string as_written(const Column& column, const std::string& positive) {
  if (column.storage != Storage::flag || !column.dictionary || column.dictionary->size() != 2) return positive;
  if (positive == "true") return (*column.dictionary)[1];
  if (positive == "false") return (*column.dictionary)[0];
  return positive;
}

void put_positive_last(std::vector<std::string>& classes, const Workflow& workflow, const Column& column,
                       const std::map<std::string, int64_t>& counts) {
  std::string positive = as_written(column, workflow.task.positive);
  if (positive.empty()) positive = counts.at(classes[0]) < counts.at(classes[1]) ? classes[0] : classes[1];
  if (positive != classes[0] && positive != classes[1])
    fail(kinds::no_positive, {{"positive", positive}, {"column", column.name}, {"values", listed(classes)}});
  if (positive == classes[0]) std::swap(classes[0], classes[1]);
}

void take_classes(TaskData& task, const Workflow& workflow, const Column& column, const Selection& rows) {
  std::map<std::string, int64_t> counts;
  for (const uint32_t row : rows)
    if (column.valid(row)) counts[class_name(column, row)] += 1;
  const bool binary = task.kind == TaskKind::binary;
  if ((binary && counts.size() > 2) || counts.size() > most_classes)
    fail(kinds::too_many_classes, {{"column", column.name},
                                   {"count", std::to_string(counts.size())},
                                   {"task", binary ? "binary" : "multiclass"}});
  task.classes = sorted_classes(column, counts);
  if (binary && counts.size() == 2) put_positive_last(task.classes, workflow, column, counts);
  std::map<std::string, int32_t> index;
  for (size_t i = 0; i < task.classes.size(); ++i) index[task.classes[i]] = static_cast<int32_t>(i);
  task.class_of.assign(task.target.size(), -1);
  for (const uint32_t row : rows)
    if (column.valid(row)) {
      task.class_of[row] = index.at(class_name(column, row));
      task.target[row] = static_cast<float>(task.class_of[row]);
    }
}

void take_values(TaskData& task, const Column& column, const Selection& rows) {
  int64_t infinite = 0;
  for (const uint32_t row : rows) {
    if (!column.valid(row)) continue;
    task.target[row] = static_cast<float>(column.number(row));
    infinite += !std::isfinite(task.target[row]);
  }
  if (infinite > 0) fail(kinds::infinite_target, {{"column", column.name}, {"rows", std::to_string(infinite)}});
}

std::vector<float> weights_of(const Column& column, const Selection& rows, int64_t count) {
  std::vector<float> weights(static_cast<size_t>(count), 0);
  int64_t missing = 0, negative = 0;
  for (const uint32_t row : rows) {
    const double value = column.valid(row) ? column.number(row) : NAN;
    missing += !std::isfinite(value);
    negative += value < 0;
    weights[row] = static_cast<float>(value);
  }
  if (missing > 0)
    fail(kinds::bad_weight, {{"column", column.name}, {"fault", "no number"}, {"rows", std::to_string(missing)}});
  if (negative > 0)
    fail(kinds::bad_weight, {{"column", column.name}, {"fault", "negative"}, {"rows", std::to_string(negative)}});
  return weights;
}

}  // namespace

TaskData task_data(const Workflow& workflow, const Table& table, const Selection& rows) {
  TaskData task;
  task.kind = workflow.task.kind;
  const Column& target = *table.find(workflow.task.targets.at(0));
  task.unit = target.unit;
  task.target.assign(static_cast<size_t>(table.rows), 0);
  task.labelled.assign(static_cast<size_t>(table.rows), 0);
  for (const uint32_t row : rows) task.labelled[row] = target.valid(row);
  if (std::count(task.labelled.begin(), task.labelled.end(), 1) == 0)
    fail(kinds::no_labelled_rows, {{"rows", std::to_string(table.rows)},
                                   {"outside", std::to_string(table.rows - static_cast<int64_t>(rows.size()))},
                                   {"unlabelled", std::to_string(rows.size())},
                                   {"column", target.name}});
  if (task.kind == TaskKind::regression)
    take_values(task, target, rows);
  else
    take_classes(task, workflow, target, rows);
  const Data& data = modelled_data(workflow.data);
  if (const Column* weight = data.weight.empty() ? nullptr : table.find(data.weight))
    task.weight = weights_of(*weight, rows, table.rows);
  const SplitFacts facts = split_facts(table, workflow.evaluate.group_by, data.time, {}, {});
  task.group = facts.group;
  task.time = facts.time;
  return task;
}

Judged judge(const TaskData& task, const Table& table, const Selection& rows, std::vector<float> scores, int outputs) {
  Judged judged{.task = task.kind, .classes = task.classes, .scores = std::move(scores), .outputs = outputs};
  std::map<uint64_t, int32_t> groups;
  for (size_t i = 0; i < rows.size(); ++i) {
    const uint32_t row = rows[i];
    judged.identity.push_back(table.identity[row]);
    judged.truth.push_back(static_cast<double>(task.target[row]));
    judged.prediction.push_back(task.kind == TaskKind::regression ? static_cast<double>(judged.scores[i]) : 0);
    if (!task.weight.empty()) judged.weight.push_back(static_cast<double>(task.weight[row]));
    if (!task.group.empty())
      judged.group.push_back(groups.emplace(task.group[row], static_cast<int32_t>(groups.size())).first->second);
    if (!task.time.empty()) judged.time.push_back(task.time[row]);
  }
  return judged;
}

}  // namespace mlw
