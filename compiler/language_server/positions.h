#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlw::language_server {

/// How the characters of a position are counted, as agreed with the editor.
enum class Encoding : uint8_t { utf8, utf16, utf32 };

/// Line and character, both from 0.
struct Position {
  uint32_t line = 0, character = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

/// A half-open range of bytes of one text.
struct Span {
  uint32_t begin = 0, end = 0;
  bool contains(uint32_t offset) const { return begin <= offset && offset <= end; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// Where the lines of a text begin. Lines end with \n, \r\n or \r.
class Lines {
 public:
  explicit Lines(std::string_view text);

  uint32_t count() const { return static_cast<uint32_t>(starts_.size()); }
  /// A line without its end.
  Span line(std::string_view text, uint32_t line) const;
  uint32_t line_of(uint32_t offset) const;

  /// A position outside the text or inside a character is moved to the next place before it that exists.
  uint32_t offset(std::string_view text, Position position, Encoding encoding) const;
  Position position(std::string_view text, uint32_t offset, Encoding encoding) const;

 private:
  std::vector<uint32_t> starts_;
};

/// How many units of the encoding a text takes.
uint32_t units(std::string_view text, Encoding encoding);

}  // namespace mlw::language_server
