#include "compiler/language_server/positions.h"

#include <catch2/catch.hpp>

using namespace mlw::language_server;

namespace {

/// Every character of the text is found again at its position, in every encoding.
void check_round_trip(std::string_view text) {
  const Lines lines(text);
  for (Encoding encoding : {Encoding::utf8, Encoding::utf16, Encoding::utf32})
    for (uint32_t offset = 0; offset <= text.size(); ++offset) {
      if (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) continue;
      const Position position = lines.position(text, offset, encoding);
      const uint32_t back = lines.offset(text, position, encoding);
      if (back == offset) continue;
      INFO(offset);
      CHECK((text[offset] == '\n' && offset > 0 && text[offset - 1] == '\r'));  // inside a line's end
    }
}

}  // namespace

TEST_CASE("positions and offsets belong to each other in every encoding") {
  check_round_trip("");
  check_round_trip("abc\ndef");
  check_round_trip("größe in m²\n\"🍷🍷\" + 1\n");
  check_round_trip("a\r\nb\rc\n\n");
}

TEST_CASE("characters beyond the basic plane count two in UTF-16, four in UTF-8, one in UTF-32") {
  const std::string_view text = "🍷x";
  const Lines lines(text);
  CHECK(lines.position(text, 4, Encoding::utf16) == Position{0, 2});
  CHECK(lines.position(text, 4, Encoding::utf8) == Position{0, 4});
  CHECK(lines.position(text, 4, Encoding::utf32) == Position{0, 1});
}

TEST_CASE("a position inside a character or outside the text moves to the next place before it") {
  const std::string_view text = "🍷x\nab\n";
  const Lines lines(text);
  CHECK(lines.offset(text, {0, 1}, Encoding::utf16) == 0);
  CHECK(lines.offset(text, {0, 3}, Encoding::utf8) == 0);
  CHECK(lines.offset(text, {0, 99}, Encoding::utf16) == 5);
  CHECK(lines.offset(text, {1, 99}, Encoding::utf16) == 8);
  CHECK(lines.offset(text, {99, 0}, Encoding::utf16) == text.size());
  CHECK(lines.offset(text, {4294967295u, 4294967295u}, Encoding::utf16) == text.size());
}

TEST_CASE("lines end with any of the three line ends") {
  const std::string_view text = "a\r\nbb\rc\n";
  const Lines lines(text);
  CHECK(lines.count() == 4);
  CHECK(lines.line(text, 0) == Span{0, 1});
  CHECK(lines.line(text, 1) == Span{3, 5});
  CHECK(lines.line(text, 2) == Span{6, 7});
  CHECK(lines.line(text, 3) == Span{8, 8});
}
