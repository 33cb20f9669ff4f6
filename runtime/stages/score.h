#pragma once

#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/column.h"

namespace mlw {

/// What a predictor program answers for rows of a table, in the order of the rows.
struct Answers {
  int outputs = 1;
  std::vector<float> scores;       ///< [rows × outputs]
  std::vector<int32_t> decisions;  ///< class index
  std::vector<PredictionStatus> statuses;
};

/// Compiles the program (or finds it compiled) and runs it on every row: the same code that artefacts hold. A column of the program that the table lacks
/// is a Failure.
Answers answer(const PredictorProgram& program, const Table& table, const Selection& rows, CodeGenerator& generator);

}  // namespace mlw
