#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"
#include "runtime/evaluate/judged.h"

/// The target, weights, groups and times of a table, as every stage behind the loading uses them. Vectors have one
/// entry a row of the table.
namespace mlw {

struct TaskData {
  TaskKind kind = TaskKind::unknown;
  std::vector<std::string>
      classes;  ///< binary: negative first; several classes: numbers ascending, else in the order of the alphabet
  std::vector<float> target;      ///< class index or value; 0 where there is none
  std::vector<int32_t> class_of;  ///< of a classification; -1 where there is none
  std::vector<uint8_t> labelled;  ///< whether the row has a target
  std::vector<float> weight;      ///< empty: all 1
  std::vector<uint64_t> group;    ///< hash of the groups' values; empty without groups
  std::vector<int64_t> time;      ///< microseconds; empty without a time
  std::string unit;               ///< of a predicted number
};

/// `rows`: those of the population. Failures: no row with a target (D044), a weight that is negative or missing (D041),
/// a positive class that no row has (D042), more classes than the task takes (D043), an infinite value (D045).
TaskData task_data(const Workflow& workflow, const Table& table, const Selection& rows);

/// Scores [rows × outputs] of rows beside the truth. Decisions are still to be made (`decide`); of a regression the
/// prediction is the score.
Judged judge(const TaskData& task, const Table& table, const Selection& rows, std::vector<float> scores, int outputs);

}  // namespace mlw
