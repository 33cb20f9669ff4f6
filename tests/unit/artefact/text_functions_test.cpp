#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/artefact/device/text.h"
#include "compiler/artefact/text_table.h"
#include "runtime/data/random.h"

namespace {

using Change = uint64_t (*)(const char*, uint64_t, char*, uint64_t);

std::string changed(Change change, std::string_view text) {
  std::string out(text.size() * 3 / 2 + 1, '\0');
  const uint64_t length = change(text.data(), text.size(), out.data(), out.size());
  REQUIRE(length != UINT64_MAX);
  out.resize(length);
  return out;
}
std::string lower(std::string_view text) { return changed(mlw_text_lower, text); }
std::string upper(std::string_view text) { return changed(mlw_text_upper, text); }

std::string trimmed(std::string_view text) {
  const char* bytes = text.data();
  uint64_t length = text.size();
  mlw_text_trim(&bytes, &length);
  return {bytes, length};
}

int64_t length(std::string_view text) { return mlw_text_length(text.data(), text.size()); }
int64_t words(std::string_view text) { return mlw_text_word_count(text.data(), text.size()); }
bool valid(std::string_view text) { return mlw_text_valid(text.data(), text.size()); }
bool contains(std::string_view a, std::string_view b) {
  return mlw_text_contains(a.data(), a.size(), b.data(), b.size());
}
bool starts(std::string_view a, std::string_view b) {
  return mlw_text_starts_with(a.data(), a.size(), b.data(), b.size());
}
bool ends(std::string_view a, std::string_view b) { return mlw_text_ends_with(a.data(), a.size(), b.data(), b.size()); }

}  // namespace

TEST_CASE("case of letters beyond ASCII") {
  CHECK(lower("GRÜN Straße ΑΒΓ Привет") == "grün straße αβγ привет");
  CHECK(upper("grün straße αβγ привет") == "GRÜN STRAßE ΑΒΓ ПРИВЕТ");  // ß has no simple upper case
  CHECK(lower("İ") == "i");
  CHECK(upper("ı") == "I");
  CHECK(lower("Ⱥ") == "ⱥ");  // two bytes become three
  CHECK(upper("ᾳ") == "ᾼ");
  CHECK(lower("ǅ") == "ǆ");
  CHECK(lower("𐐀") == "𐐨");
  CHECK(lower("日本 @[`{ 09") == "日本 @[`{ 09");
  CHECK(lower("").empty());
}

TEST_CASE("a text that does not fit is not written beyond its end") {
  char out[4] = {'.', '.', '.', '.'};
  CHECK(mlw_text_lower("ABCD", 4, out, 3) == UINT64_MAX);
  CHECK(out[3] == '.');
  CHECK(mlw_text_lower("Ⱥ", 2, out, 2) == UINT64_MAX);
  CHECK(mlw_text_lower("ABCD", 4, out, 4) == 4);
}

TEST_CASE("one text behind the other") {
  char out[4] = {'.', '.', '.', '.'};
  REQUIRE(mlw_text_concat("ab", 2, "c", 1, out, 3) == 3);
  CHECK(std::string(out, 4) == "abc.");
  CHECK(mlw_text_concat("ab", 2, "cd", 2, out, 3) == UINT64_MAX);
  CHECK(mlw_text_concat("abcd", 4, "", 0, out, 3) == UINT64_MAX);
  CHECK(mlw_text_concat("", 0, "", 0, out, 0) == 0);
}

TEST_CASE("lengths and words count characters") {
  CHECK(length("") == 0);
  CHECK(length("abc") == 3);
  CHECK(length("äöü€𝄞") == 5);
  CHECK(length("a\xff\xfe") == 3);
  CHECK(words("") == 0);
  CHECK(words("   ") == 0);
  CHECK(words("one") == 1);
  CHECK(words(" one two\tthree\nfour\u3000five\u00a0six ") == 6);
}

TEST_CASE("white space goes at both ends only") {
  CHECK(trimmed(" \t a b \n") == "a b");
  CHECK(trimmed("\u2003x\u3000") == "x");
  CHECK(trimmed("   ").empty());
  CHECK(trimmed("").empty());
  CHECK(trimmed("abc") == "abc");
}

TEST_CASE("well-formed UTF-8") {
  for (const char* text :
       {"", "plain ASCII of more than eight bytes", "äöü", "€", "𝄞", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"})
    CHECK(valid(text));
  for (const char* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "12345678\xff", "a\xc3"}) {
    CAPTURE(text);
    CHECK_FALSE(valid(text));
  }
}

TEST_CASE("parts of a text") {
  CHECK(contains("abcabd", "abd"));
  CHECK(contains("abc", ""));
  CHECK_FALSE(contains("", "a"));
  CHECK_FALSE(contains("ab", "abc"));
  CHECK(starts("abc", "ab"));
  CHECK_FALSE(starts("ab", "abc"));
  CHECK(ends("abc", "bc"));
  CHECK_FALSE(ends("abc", "ab"));
  CHECK(mlw_text_equal("ab", 2, "ab", 2));
  CHECK_FALSE(mlw_text_equal("ab", 2, "ac", 2));
  CHECK_FALSE(mlw_text_equal("ab", 2, "abc", 3));
}

TEST_CASE("every function takes every sequence of bytes") {
  const mlw::Philox random{7};
  for (uint64_t i = 0; i < 20000; ++i) {
    std::string text;
    const auto size = random(i, 1).word[0] % 24;
    for (uint32_t k = 0; k < size; ++k) {
      const uint32_t draw = random(i, 2 + k).word[0];
      static constexpr unsigned char interesting[] = {0x80, 0xbf, 0xc2, 0xc3, 0xe2, 0xed, 0xf0, 0xf4,
                                                      0xff, 0x20, 'A',  0xc4, 0xb0, 0xc8, 0xba};
      text += static_cast<char>(draw & 1 ? interesting[(draw >> 8) % sizeof interesting] : draw >> 24);
    }
    const std::string small = lower(text);
    REQUIRE(small.size() <= text.size() * 3 / 2 + 1);
    REQUIRE(lower(small) == small);
    if (valid(text)) REQUIRE((valid(small) && valid(upper(text)) && length(small) == length(text)));
    REQUIRE(contains(text, trimmed(text)));
    REQUIRE(words(trimmed(text)) == words(text));
    REQUIRE(trimmed(trimmed(text)) == trimmed(text));
  }
}

TEST_CASE("positions in a table") {
  const std::vector<std::string> texts = {"zz", "", "ä", "ab", "a", "b", "日", "b"};  // the second b is not looked at
  const std::string table = mlw::text_table(texts);
  for (size_t i = 0; i < 7; ++i)
    CHECK(mlw_text_position(texts[i].data(), texts[i].size(), table.data()) == static_cast<int64_t>(i));
  for (const char* absent : {"A", "aa", "abc", "z", "zzz", "日本"})
    CHECK(mlw_text_position(absent, std::string_view(absent).size(), table.data()) == -1);
  CHECK(mlw_text_position("a", 1, mlw::text_table({}).data()) == -1);
}
