#include "compiler/language_server/markdown.h"

#include "compiler/diagnostics/characters.h"

namespace mlw::language_server {
namespace {

constexpr size_t longest = 80;

}  // namespace

std::string code(std::string_view text) {
  std::string shown = visible(text);
  if (shown.size() > longest) {
    size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80) --end;
    shown = shown.substr(0, end) + "…";
  }
  if (shown.find('`') == std::string::npos) return "`" + shown + "`";
  size_t run = 0, most = 0;
  for (const char c : shown) most = std::max(most, run = c == '`' ? run + 1 : 0);
  const std::string fence(most + 1, '`');
  return fence + " " + shown + " " + fence;
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  while (!markdown.empty()) {
    const size_t end = markdown.find('\n');
    std::string_view line = markdown.substr(0, end);
    markdown = end == std::string_view::npos ? std::string_view{} : markdown.substr(end + 1);
    if (line.starts_with("```")) continue;
    std::string kept;
    for (size_t i = 0; i < line.size(); ++i) {
      if (line.substr(i, 2) == "**")
        ++i;
      else
        kept += line[i];
    }
    if (kept.size() > 1 && kept.starts_with('*') && kept.ends_with('*')) kept = kept.substr(1, kept.size() - 2);
    out += kept + "\n";
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace mlw::language_server
