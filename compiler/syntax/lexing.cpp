#include "compiler/syntax/lexing.h"

#include <algorithm>

#include "compiler/diagnostics/characters.h"

namespace mlw::syntax {

CharacterStream::CharacterStream(std::string_view text) : text_(text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return;
  for (std::string_view rest = text; !rest.empty();) {
    bytes_.push_back(static_cast<uint32_t>(text.size() - rest.size()));
    characters_.push_back(take_character(rest));
  }
  bytes_.push_back(static_cast<uint32_t>(text.size()));
}

uint32_t CharacterStream::byte(size_t character) const {
  return bytes_.empty() ? static_cast<uint32_t>(character) : bytes_[std::min(character, bytes_.size() - 1)];
}

size_t CharacterStream::LA(ssize_t i) {
  const size_t at = at_ + static_cast<size_t>(i) - (i > 0 ? 1 : 0);
  if (i == 0 || at >= size()) return EOF;
  return bytes_.empty() ? static_cast<unsigned char>(text_[at]) : characters_[at];
}

void CharacterStream::seek(size_t index) { at_ = std::min(index, size()); }

std::string CharacterStream::getText(const antlr4::misc::Interval& interval) {
  const uint32_t begin = byte(static_cast<size_t>(interval.a));
  return std::string(text_.substr(begin, byte(static_cast<size_t>(interval.b) + 1) - begin));
}

}  // namespace mlw::syntax
