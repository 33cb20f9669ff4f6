#pragma once

#include <span>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/plan/workflow.h"
#include "runtime/data/column.h"

namespace mlw {

/// Definitions in training scope (`centred = amount - mean(amount)`) as row formulas: each statistic is computed over
/// the training rows and becomes a constant.
std::vector<Definition> fit_definitions(const std::vector<Definition>& definitions, const Table& table,
                                        const Selection& training, std::span<const float> weights,
                                        CodeGenerator& generator);

}  // namespace mlw
