#pragma once

#include <span>
#include <vector>

#include "compiler/codegen/predictor_plan.h"

/// What the columns of a planned formula are: fields, definitions, text parts and constants, each with the type in
/// which code holds it.
namespace mlw::codegen {

/// How fields, text parts and results of a type are held.
ElementType leaf_element(ValueType type);

/// How a definition is held: a number becomes a float32 when it is defined, unless it is no more than another name of
/// a column.
ElementType defined_element(const Formula& formula);

/// The columns that the formula reads, as its lowering takes them. `constants`: those of the formula.
std::vector<ColumnKernel::Input> inputs_of(const Formula& formula, std::span<const PlannedDefinition> definitions,
                                           std::span<const PlannedConstant> constants);

/// For each of `count` constants of a formula that gives an `element`: a float32 where every use of the constant
/// rounds it to one first, so that it can be rounded before any code runs; else a float64.
std::vector<ElementType> constant_elements(const FormulaPointer& formula, ElementType element, size_t count,
                                           std::span<const PlannedDefinition> definitions);

}  // namespace mlw::codegen
