#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/plan/workflow.h"

namespace mlw {

/// Predictions of some rows beside the truth: what metrics, intervals, tests and pictures are made of. All vectors have one entry a row, in canonical row order.
struct Judged {
  TaskKind task = TaskKind::unknown;
  std::vector<std::string> classes;
  std::vector<uint64_t> identity;
  std::vector<double> truth;        ///< class index, or the value
  std::vector<double> prediction;   ///< class index decided, or the value
  std::vector<float> scores;        ///< [rows × outputs] of the predictor program
  int outputs = 1;
  std::vector<double> weight;       ///< empty: all 1
  std::vector<int32_t> group;       ///< empty: no groups
  std::vector<int32_t> fold;        ///< of out-of-fold predictions; empty for a test part
  std::vector<int64_t> time;        ///< empty: no time

  int64_t rows() const { return static_cast<int64_t>(truth.size()); }
};

}  // namespace mlw
