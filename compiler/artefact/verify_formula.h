#pragma once

#include <functional>
#include <optional>
#include <string>

#include "compiler/kernel/formula.h"

namespace mlw {

/// The type of a column that a formula may read; none when there is no such column.
using ColumnTypes = std::function<std::optional<ValueType>(const std::string& name)>;

/// Whether `formula` is a well-typed formula in row scope that reads only columns of `types`. Returns what is wrong
/// first; empty when nothing is.
std::string row_formula_fault(const Formula& formula, const ColumnTypes& types);

}  // namespace mlw
