#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/lexer.h"
#include "compiler/syntax/tokens.h"

/// A text as grammar/Mlw.g4 reads it, by the parser that ANTLR makes of the grammar.
namespace mlw::grammar {

/// The words and signs of a text in UTF-8, comments too, up to the end of the file.
std::vector<syntax::Lexeme> cut(std::string_view text);

/// What the grammar makes of these tokens, as text with every operation in brackets; nothing when it refuses them.
std::optional<std::string> shape(const syntax::Tokens& tokens);

}  // namespace mlw::grammar
