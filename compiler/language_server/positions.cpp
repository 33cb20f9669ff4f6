#include "compiler/language_server/positions.h"

#include <algorithm>

#include "compiler/diagnostics/characters.h"

namespace mlw::language_server {
namespace {

uint32_t units(char32_t character, size_t bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return static_cast<uint32_t>(bytes);
    case Encoding::utf16:
      return character > 0xFFFF ? 2 : 1;
    case Encoding::utf32:
      break;
  }
  return 1;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

uint32_t units(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::utf8 || is_ascii(text)) return static_cast<uint32_t>(text.size());
  uint32_t count = 0;
  while (!text.empty()) {
    const size_t before = text.size();
    const char32_t character = take_character(text);
    count += units(character, before - text.size(), encoding);
  }
  return count;
}

Lines::Lines(std::string_view text) : starts_{0} {
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
      starts_.push_back(static_cast<uint32_t>(i + 1));
}

Span Lines::line(std::string_view text, uint32_t line) const {
  const uint32_t begin = starts_[line];
  uint32_t end = line + 1 < count() ? starts_[line + 1] : static_cast<uint32_t>(text.size());
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  return {begin, end};
}

uint32_t Lines::line_of(uint32_t offset) const {
  return static_cast<uint32_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin() - 1);
}

uint32_t Lines::offset(std::string_view text, Position position, Encoding encoding) const {
  if (position.line >= count()) return static_cast<uint32_t>(text.size());
  const Span span = line(text, position.line);
  std::string_view rest = text.substr(span.begin, span.end - span.begin);
  if (encoding != Encoding::utf8 && is_ascii(rest))
    return span.begin + std::min<uint32_t>(position.character, span.end - span.begin);
  for (uint32_t seen = 0; !rest.empty();) {
    std::string_view after = rest;
    const char32_t character = take_character(after);
    seen += units(character, rest.size() - after.size(), encoding);
    if (seen > position.character) break;
    rest = after;
  }
  return span.end - static_cast<uint32_t>(rest.size());
}

Position Lines::position(std::string_view text, uint32_t offset, Encoding encoding) const {
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  const uint32_t line = line_of(offset);
  const uint32_t end = std::min(offset, this->line(text, line).end);
  return {line, units(text.substr(starts_[line], end - starts_[line]), encoding)};
}

}  // namespace mlw::language_server
