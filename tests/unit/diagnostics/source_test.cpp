#include "compiler/diagnostics/source.h"

#include <catch2/catch.hpp>

#include "compiler/diagnostics/characters.h"

using namespace mlw;

TEST_CASE("places are counted in lines and characters") {
  Sources sources;
  CHECK(sources.add({"other.mlw", ""}) == 0);
  const uint32_t file = sources.add({"a.mlw", "eins\r\nzwölf 年 x\n\nende"});
  CHECK(file == 1);
  const auto at = [&](uint32_t offset) {
    const LineColumn place = sources.position(file, offset);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
  };
  const std::string& text = sources[file].text;
  CHECK(at(0) == "1:1");
  CHECK(at(static_cast<uint32_t>(text.find("x"))) == "2:9");
  CHECK(at(static_cast<uint32_t>(text.find("ende"))) == "4:1");
  CHECK(at(static_cast<uint32_t>(text.size())) == "4:5");
  CHECK(at(100000) == "4:5");
  CHECK(sources.line(file, 1) == "eins");
  CHECK(sources.line(file, 2) == "zwölf 年 x");
  CHECK(sources.line(file, 3).empty());
  CHECK(sources.line(file, 4) == "ende");
  CHECK(sources.line(file, 5).empty());
  CHECK(sources.line(file, 0).empty());
  CHECK(sources.line(0, 1).empty());
}

TEST_CASE("a byte order mark takes no column") {
  Sources sources;
  const uint32_t file = sources.add({"a.mlw",
                                     "\xEF\xBB\xBF"
                                     "ab"});
  CHECK(sources.position(file, 4).column == 2);
}

TEST_CASE("UTF-8 is decoded and what is not is replaced byte for byte") {
  CHECK(decode("aß年🍷") == U"aß年🍷");
  CHECK(decode("\xff"
               "a") == U"\uFFFDa");
  CHECK(decode("\xe5\xb9") == U"\uFFFD\uFFFD");
  CHECK(decode("\xc0\x80") == U"\uFFFD\uFFFD");                      // overlong
  CHECK(decode("\xed\xa0\x80") == U"\uFFFD\uFFFD\uFFFD");            // a surrogate
  CHECK(decode("\xf4\x90\x80\x80") == U"\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
  std::string text;
  for (char32_t c : U"aß年🍷") append_utf8(text, c);
  CHECK(text == std::string("aß年🍷") + '\0');
}

TEST_CASE("characters know their columns on a terminal") {
  CHECK(width("abc") == 3);
  CHECK(width("年齢") == 4);
  CHECK(width("한국") == 4);
  CHECK(width("e\u0301") == 1);  // e and a combining accent
  CHECK(width("🍷") == 2);
  CHECK(width("ｱ") == 1);  // half width
  CHECK(width("größe") == 5);
}

TEST_CASE("what could steer a terminal is made visible") {
  CHECK(visible("a\x1b[31mb\n\t\x7f") == "a\\x1b[31mb\\n\\t\\x7f");
  CHECK(visible("\u202Eabc") == "\uFFFDabc");
  CHECK(visible("\xff") == "\uFFFD");
  CHECK(visible("größe 年") == "größe 年");
}
