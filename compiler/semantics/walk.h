#pragma once

#include <functional>

#include "compiler/syntax/ast.h"

namespace mlw::semantics {

/// The expressions directly inside one, in the order of the text.
void for_each_part(const syntax::Expression& expression, const std::function<void(const syntax::Expression&)>& visit);

/// The names of all calls inside an expression.
void for_each_call(const syntax::Expression& expression,
                   const std::function<void(const syntax::QualifiedName&)>& visit);

}  // namespace mlw::semantics
