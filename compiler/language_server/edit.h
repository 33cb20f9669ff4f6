#pragma once

#include <string>
#include <vector>

#include "compiler/language_server/positions.h"

namespace mlw::language_server {

/// A replacement of a part of the text.
struct Edit {
  Span span;
  std::string text;
};

/// The edit that makes one text of another and leaves the lines at both ends alone that are equal; none when all are.
std::vector<Edit> difference(std::string_view before, std::string_view after);

/// The text with edits made, which do not overlap.
std::string with_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace mlw::language_server
