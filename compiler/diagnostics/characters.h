#pragma once

#include <string>
#include <string_view>

/// UTF-8 and the columns that characters take on a terminal.
namespace mlw {

/// What stands for bytes that are not UTF-8.
inline constexpr char32_t replacement_character = 0xFFFD;

/// Takes one character off the front of `text`. Bytes that are no UTF-8 give U+FFFD, one byte at a time. `text` is not
/// empty. `valid`, when given, tells whether the bytes were UTF-8.
char32_t take_character(std::string_view& text, bool* valid = nullptr);

std::u32string decode(std::string_view text);
void append_utf8(std::string& text, char32_t character);

/// Columns on a terminal: 0 for combining marks and controls, 2 for East Asian wide characters, else 1.
int width(char32_t character);
int width(std::string_view text);

/// The text with everything that could steer a terminal made visible: control characters become `\x1b` and the like,
/// bytes that are not UTF-8 become U+FFFD.
std::string visible(std::string_view text);

}  // namespace mlw
