#pragma once

#include <memory>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/antlr.h"
#include "compiler/syntax/tokens.h"

namespace mlw::syntax {

/// What the parser does about a mistake: says it once in plain words, leaves the item at fault and goes on with the
/// next line that begins an item.
std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(const Tokens& tokens, Diagnostics& diagnostics);

}  // namespace mlw::syntax
