#pragma once

#include <string>
#include <string_view>

namespace mlw::grammar {

/// In what compiler/syntax and grammar/Mlw.g4 read a text differently: its words, whether it is accepted, or its tree.
/// Empty when they agree. What the grammar accepts and the language does not is no difference.
std::string disagreement(const std::string& text);

}  // namespace mlw::grammar
