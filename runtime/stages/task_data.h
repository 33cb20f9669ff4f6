#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"
#include "runtime/evaluate/judged.h"

/// The target, weights, groups and times of a table, as every stage behind the loading uses them. Vectors have one entry a row of the table.
namespace mlw {

struct TaskData {
  TaskKind kind = TaskKind::unknown;
  std::vector<std::string> classes;   ///< binary: negative first; several classes: numbers ascending, else in the order of the alphabet
  std::vector<float> target;          ///< class index or value; 0 where there is none
  std::vector<int32_t> class_of;      ///< of a classification; -1 where there is none
  std::vector<uint8_t> labelled;      ///< whether the row has a target
  std::vector<float> weight;          ///< empty: all 1
  std::vector<uint64_t> group;        ///< hash of the groups' values; empty without groups
  std::vector<int64_t> time;          ///< microseconds; empty without a time
  std::string unit;                   ///< of a predicted number
};

/// `rows`: those of the population. A target with one value is a Failure (D030); so are a weight that is negative or missing (D031) and a class that
/// the file names as positive and that no row has (D032).
TaskData task_data(const Workflow& workflow, const Table& table, const Selection& rows);

/// Predictions of rows beside the truth; `scores` [rows × outputs] and `decisions` (class index) in the order of `rows`.
Judged judge(const TaskData& task, const Table& table, const Selection& rows, std::vector<float> scores, int outputs,
             const std::vector<int32_t>& decisions);

}  // namespace mlw
