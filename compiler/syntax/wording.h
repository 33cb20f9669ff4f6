#pragma once

#include <string>

#include "compiler/syntax/tokens.h"

/// What was expected and what was found, in a reader's words.
namespace mlw::syntax {

/// A token as a message names it.
std::string found_words(const Tokens& tokens, uint32_t index);

/// The sorts of tokens that may stand somewhere, as "a value", "`,` or `)`".
std::string expected_words(TokenSet sorts);

/// What was probably meant by the token that does not fit; empty when there is no telling.
std::string advice(const Tokens& tokens, uint32_t index, bool value_expected);

}  // namespace mlw::syntax
