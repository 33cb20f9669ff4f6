#pragma once

#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"

namespace mlw {

/// Row formulas over a table, one column each, all in one pass over the rows. `definitions` are row formulas by name
/// that the formulas may read; each may read those before it. A number has storage float32; integer, date and duration
/// int64; a flag flag; categories and text as such. A formula that is only a column gives that column without a copy.
/// Functions of a category are evaluated once an entry of its dictionary; functions of text by the C functions that
/// devices use too (artefact/device/text.h); everything else is compiled. A column that is not in the table and an
/// integer that overflows (with the row) are Failures.
std::vector<Column> evaluate_formulas(const std::vector<FormulaPointer>& formulas,
                                      const std::vector<Definition>& definitions, const Table& table,
                                      CodeGenerator& generator);

/// Rows on which the condition is true (neither false nor missing).
Selection select_rows(const FormulaPointer& condition, const std::vector<Definition>& definitions, const Table& table,
                      CodeGenerator& generator);

}  // namespace mlw
