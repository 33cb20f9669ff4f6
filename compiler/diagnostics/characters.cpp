#include "compiler/diagnostics/characters.h"

namespace mlw {
namespace {

/// The value of a multi-byte character whose bytes are complete and in order; U+FFFFFFFF when they are not.
char32_t multi_byte(std::string_view text, size_t length) {
  constexpr char32_t wrong = 0xFFFFFFFF;
  static constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (text.size() < length) return wrong;
  char32_t value = static_cast<unsigned char>(text[0]) & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return wrong;
    value = value << 6 | (byte & 0x3F);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value < least[length] || value > 0x10FFFF || surrogate ? wrong : value;
}

}  // namespace

char32_t take_character(std::string_view& text, bool* valid) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (valid != nullptr) *valid = true;
  if (first < 0x80) {
    text.remove_prefix(1);
    return first;
  }
  const size_t length = first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 ? 3 : 2;
  const char32_t value = first >= 0xC2 && first < 0xF8 ? multi_byte(text, length) : 0xFFFFFFFF;
  if (value == 0xFFFFFFFF) {
    if (valid != nullptr) *valid = false;
    text.remove_prefix(1);
    return replacement_character;
  }
  text.remove_prefix(length);
  return value;
}

std::u32string decode(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  while (!text.empty()) characters += take_character(text);
  return characters;
}

void append_utf8(std::string& text, char32_t c) {
  const auto byte = [&](char32_t value) { text += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
  }
}

std::string visible(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string shown;
  while (!text.empty()) {
    const char32_t c = take_character(text);
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);  // would reorder the line
    if (c == U'\n') {
      shown += "\\n";
    } else if (c == U'\t') {
      shown += "\\t";
    } else if (control) {
      shown.append("\\x") += {digits[c >> 4 & 15], digits[c & 15]};
    } else {
      append_utf8(shown, direction ? replacement_character : c);
    }
  }
  return shown;
}

}  // namespace mlw
