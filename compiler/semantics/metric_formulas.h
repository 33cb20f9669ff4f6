#pragma once

#include <string_view>

#include "compiler/kernel/formula.h"

namespace mlw::semantics {

/// What a quantity of the judged rows is: a column, or for confusion counts the weight of the rows that are counted.
FormulaPointer quantity_formula(std::string_view name);
/// The name of the quantity that a formula is; empty when it is none.
std::string_view quantity_name(const Formula& formula);

/// The formula with every part at one place: what is written out from the standard library has no place of its own in
/// the file.
FormulaPointer relocated(const FormulaPointer& formula, SourceRange range);

/// Whether a metric looks at probabilities and not only at decisions.
bool reads_scores(const Formula& formula);
/// Whether a metric is a sum over rows or a mean of such, so that it may be pooled over folds.
bool is_additive(const Formula& formula);

}  // namespace mlw::semantics
