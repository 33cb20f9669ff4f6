#pragma once

#include <string>
#include <string_view>

namespace mlw::language_server {

/// Text of a file or of the data as inline code: whatever it holds, it stays one span.
std::string code(std::string_view text);

/// Markdown as plain text, for editors that show no other.
std::string plain_text(std::string_view markdown);

}  // namespace mlw::language_server
