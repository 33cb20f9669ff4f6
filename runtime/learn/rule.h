#pragma once

#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "runtime/data/column.h"

namespace mlw {

/// A condition as a predictor: where it holds the answer is the positive class. `definitions`: fitted row formulas that the condition may read; those that it
/// does not read are left out. The columns of the table that it needs become the fields.
PredictorProgram rule_program(const FormulaPointer& condition, const std::vector<Definition>& definitions, const Table& table);

}  // namespace mlw
