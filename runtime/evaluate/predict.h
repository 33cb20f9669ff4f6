#pragma once

#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/column.h"

namespace mlw {

/// Answers to rows, one entry a row in the order of the selection.
struct Predictions {
  int outputs = 1;
  std::vector<float> scores;       ///< [rows × outputs]; NaN where there is no answer
  std::vector<int32_t> decisions;  ///< class index; 0 for a regression; -1 where there is no answer
  std::vector<PredictionStatus> statuses;
};

/// The compiled program over rows of a table: what is evaluated, and what `mlwc predict` gives. Rows are shared out to
/// threads in blocks; their number changes nothing. A field without a fitting column is a Failure (R470).
Predictions predict_table(const PredictorProgram& program, const Table& table, const Selection& selection,
                          CodeGenerator& generator);

/// One answer as a line of the executables' output, with its line end: see `answer_columns`.
std::string answer_line(const PredictorProgram& program, PredictionStatus status, int32_t decision,
                        const float* scores);

}  // namespace mlw
