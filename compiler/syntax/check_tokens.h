#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/tokens.h"

/// What is wrong with the tokens of a text by themselves, before anything is parsed.
namespace mlw::syntax {

/// Finds out what is wrong with single tokens and with brackets, reports it, and mends the list so that the parser can
/// go on; pairs the brackets; tells the `in` of a `let` and the `log` of a range from others.
/// False when the text is nested too deeply to be parsed at all.
bool check_tokens(Tokens& tokens, Diagnostics& diagnostics);

// Its steps, in their order.

/// Reports what is wrong in itself. Tokens that are merely unclosed go on as what they were meant to be.
void check_faulty_tokens(Tokens& tokens, Diagnostics& diagnostics);
/// Whether the tree will be flat enough for all who walk through it.
bool check_depth(const Tokens& tokens, Diagnostics& diagnostics);
/// Finds the partner of every bracket; what has none is reported.
void pair_brackets(Tokens& tokens, Diagnostics& diagnostics);
/// Tells apart what one word means in two places: the `in` that ends the binding of a `let`, and the `log` behind a
/// range.
void name_tokens(Tokens& tokens);

}  // namespace mlw::syntax
