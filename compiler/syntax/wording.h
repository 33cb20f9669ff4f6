#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/tokens.h"

/// What was expected and what was found, in a reader's words.
namespace mlw::syntax {

/// A token as a message names it.
std::string found_words(const Tokens& tokens, uint32_t index);

/// The sorts of tokens that may stand somewhere, as "a value", "`,` or `)`".
std::string expected_words(const std::vector<uint32_t>& types);

/// What was probably meant by the token that does not fit; empty when there is no telling.
std::string advice(const Tokens& tokens, uint32_t index, bool value_expected);

/// and, or, not, in, if, then, else, let, step, true, false, missing
bool is_reserved(uint32_t type);

}  // namespace mlw::syntax
