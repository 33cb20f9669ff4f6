#pragma once

#include <string>
#include <vector>

#include "compiler/kernel/formula.h"

namespace mlw::semantics {

/// A checked part of an expression. A literal without a unit has none and takes that of what it meets.
struct Value {
  FormulaPointer formula;
  double literal = 0;                   ///< of a literal with a unit, as written …
  std::string literal_unit;             ///< … and its unit; empty otherwise
  bool missing = false;                 ///< the literal `missing`, which becomes what it meets
  std::vector<std::string> order = {};  ///< of a column with an order, its values from low to high

  ValueType type() const { return formula->type; }
  const std::string& unit() const { return formula->unit; }
  SourceRange range() const { return formula->range; }
  bool known() const { return formula->type != ValueType::unknown; }
  bool is_missing() const { return missing; }
  bool is_text_literal() const {
    return formula->operation == Operation::constant && (type() == ValueType::text || type() == ValueType::category);
  }
};

/// A formula with its unit and place.
FormulaPointer make_node(Operation operation, ValueType type, std::vector<FormulaPointer> arguments, std::string unit,
                         SourceRange range);
/// The same formula at another place, with another unit or type.
FormulaPointer placed(const FormulaPointer& formula, SourceRange range);
FormulaPointer with_type(const FormulaPointer& formula, ValueType type);
/// Integers and flags as numbers: constants directly, anything else through `to_number`.
FormulaPointer as_number(const FormulaPointer& formula);

/// A value that no further check complains about.
Value unknown_value(SourceRange range);

inline bool numeric(ValueType type) { return type == ValueType::number || type == ValueType::integer; }
inline bool textual(ValueType type) { return type == ValueType::text || type == ValueType::category; }

/// "a number", "an integer" …
std::string a(ValueType type);

}  // namespace mlw::semantics
