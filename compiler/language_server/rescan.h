#pragma once

#include <string_view>
#include <vector>

#include "compiler/language_server/positions.h"
#include "compiler/syntax/scan.h"

namespace mlw::language_server {

/// All words of a text, comments too.
std::vector<syntax::Word> scan(std::string_view text);

/// The same for a text that came out of one whose words are known by replacing `changed` (of the old text) by so many
/// bytes: only what is around the change is read.
std::vector<syntax::Word> rescan(const std::vector<syntax::Word>& before, std::string_view text, Span changed,
                                 uint32_t inserted);

}  // namespace mlw::language_server
