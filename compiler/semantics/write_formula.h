#pragma once

#include <string>

#include "compiler/kernel/formula.h"
#include "compiler/semantics/context.h"

namespace mlw::semantics {

/// A formula as an mlw expression; analysis of it in the same scope gives the same formula. `judged`: it is a metric,
/// and its quantities have their names.
syntax::ExpressionPointer formula_expression(const Formula& formula, bool judged);
std::string formula_text(const Formula& formula, bool judged);

/// The shortest way to write a value of a dimension ("time", "size", "share", "angle", or none) that reads back
/// exactly: 0.0002 s is `200us`.
std::string value_text(double base_value, std::string_view dimension);
/// A text in double quotes with the escapes of the language.
std::string text_literal(std::string_view text);

}  // namespace mlw::semantics
