#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/kernel/formula.h"

/// Comparisons of columns with a declared order: `size < "large"` compares places in the order. A value that the order
/// does not have has no place; the comparison is missing.
namespace mlw::semantics {

/// The place of a category in its order, from 0; missing for any other value.
FormulaPointer place_in_order(const FormulaPointer& category, const std::vector<std::string>& order);

/// What `place_in_order` made.
struct OrderedPlace {
  FormulaPointer category;
  std::vector<std::string> order;
};
std::optional<OrderedPlace> ordered_place(const Formula& formula);

}  // namespace mlw::semantics
