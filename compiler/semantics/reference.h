#pragma once

#include <string>

namespace mlw {

/// docs/reference.md: every block, setting, word, function and unit of the vocabulary, and every code, in Markdown.
std::string reference_markdown();

}  // namespace mlw
