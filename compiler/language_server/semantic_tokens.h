#pragma once

#include <string_view>
#include <vector>

#include "compiler/language_server/open_file.h"

namespace mlw::language_server {

/// What a piece of the text is, for colouring; the order is that of `semantic_sorts`.
enum class SemanticSort : uint8_t {
  keyword,
  block,
  setting,
  column,
  variable,
  parameter,
  function,
  word,    ///< a model, layer, step, source …
  choice,  ///< one of a slot's words
  kind,    ///< of a column
  metric,
  name,  ///< of the workflow, a data block, a target, a module
  text,
  number,
  sign,
  comment,
};
/// Their names in the protocol.
const std::vector<std::string_view>& semantic_sorts();
/// The names of the modifiers, the lowest bit first: declaration, defaultLibrary, documentation.
const std::vector<std::string_view>& semantic_modifiers();

struct SemanticToken {
  Span span;
  SemanticSort sort = SemanticSort::keyword;
  uint32_t modifiers = 0;
};

/// In the order of the text; none reaches over a line end.
std::vector<SemanticToken> semantic_tokens(const OpenFile& file);

}  // namespace mlw::language_server
