#pragma once

#include <string_view>

#include "compiler/syntax/ast.h"

namespace mlw::semantics {

/// The tree of a default that the vocabulary states as mlw text. Parsed on first use and kept. Thread safe. A text with
/// mistakes is a fault of mlwc: std::logic_error.
const syntax::Expression& default_expression(std::string_view text);

}  // namespace mlw::semantics
