#pragma once

#include <optional>
#include <string>

#include "compiler/language_server/open_file.h"

namespace mlw::language_server {

struct Hover {
  Span span;
  std::string markdown;
};

/// What is to be told about the word at an offset; none when there is nothing.
std::optional<Hover> hover(const OpenFile& file, uint32_t offset, const Analysis* analysis);

/// The call around an offset, with its parameters.
struct Signature {
  struct Parameter {
    uint32_t begin = 0, end = 0;  ///< in the label
    std::string documentation;
  };
  std::string label;
  std::string documentation;
  std::vector<Parameter> parameters;
  uint32_t active = 0;  ///< the parameter whose argument stands there; beyond the last when there is none
};
std::optional<Signature> signature(const OpenFile& file, uint32_t offset);

}  // namespace mlw::language_server
