#pragma once

#include "compiler/plan/workflow.h"
#include "compiler/syntax/ast.h"

namespace mlw::language_server {

/// Where to show what was found in the data or by a rule: at the name that it is about when the file says that name,
/// else where the data come from, or where the target is named.
SourceRange place_of(const Diagnostic& diagnostic, const syntax::File& tree, const Workflow& workflow);

}  // namespace mlw::language_server
