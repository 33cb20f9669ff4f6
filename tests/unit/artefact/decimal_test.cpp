#include "compiler/artefact/device/decimal.h"

#include <bit>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "compiler/artefact/device/shortest.h"
#include "runtime/data/random.h"

namespace {

constexpr mlw::Philox random_words{20261122};

uint64_t word(uint64_t i, uint64_t stream) {
  const auto block = random_words(i, stream);
  return uint64_t{block.word[0]} << 32 | block.word[1];
}

/// The C library's answer is the reference; it rounds correctly.
void require_as_strtod(const std::string& text) {
  const double expected = std::strtod(text.c_str(), nullptr);
  double value = 0;
  const bool read = mlw_parse_float64(text.data(), text.size(), &value);
  if (read == std::isinf(expected) || (read && std::bit_cast<uint64_t>(value) != std::bit_cast<uint64_t>(expected))) {
    CAPTURE(text, expected, value);
    FAIL("another number than strtod's");
  }
}

std::string printed(double value) {
  char text[MLW_NUMBER_TEXT];
  return {text, mlw_print_float64(value, text)};
}

std::string printed(float value) {
  char text[MLW_NUMBER_TEXT];
  return {text, mlw_print_float32(value, text)};
}

/// Number of significant digits of a decimal text.
size_t significant(const std::string& text) {
  std::string digits;
  for (char c : text) {
    if (c == 'e') break;
    if (c >= '0' && c <= '9') digits += c;
  }
  const size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return 0;
  return digits.find_last_not_of('0') - first + 1;
}

template <typename Float>
void require_shortest(Float value) {
  const std::string text = printed(value);
  char reference[64];
  const auto end = std::to_chars(reference, reference + sizeof reference, value, std::chars_format::scientific).ptr;
  const std::string expected(reference, end);
  double back = 0;
  const bool read = mlw_parse_float64(text.data(), text.size(), &back);
  const auto narrow = static_cast<Float>(std::is_same_v<Float, float> ? std::strtof(text.c_str(), nullptr) : back);
  if (!read || narrow != value || std::signbit(narrow) != std::signbit(value) ||
      significant(text) != significant(expected) ||
      std::strtod(text.c_str(), nullptr) != std::strtod(expected.c_str(), nullptr)) {
    CAPTURE(text, expected);
    FAIL("not the shortest text that reads back");
  }
}

}  // namespace

TEST_CASE("decimal text of every form becomes the nearest float64") {
  for (const char* text : {"0",
                           "-0",
                           "1",
                           "-12.5",
                           ".5",
                           "5.",
                           "1e3",
                           "1E+3",
                           "1.e-3",
                           "0.1",
                           "123456789012345678901234567890",
                           "9007199254740993",
                           "9007199254740992.5",
                           "9007199254740993.0000000000000000000000000000000000000000001",
                           "1.7976931348623157e308",
                           "1.7976931348623158e308",
                           "1.7976931348623159e308",
                           "2e308",
                           "1e400",
                           "4.9e-324",
                           "2.4703282292062327e-324",
                           "2.4703282292062328e-324",
                           "2.2250738585072011e-308",
                           "2.2250738585072014e-308",
                           "1e-400",
                           "0e999999999999",
                           "1e-999999999999",
                           "1e999999999999",
                           "6.631236846766476e-316",
                           "89255e-22",
                           "1090544144181609348671888949248",
                           "0.000000000000000000000000000000000000000000001e45"})
    require_as_strtod(text);
}

TEST_CASE("what is no number is refused") {
  for (const char* text : {"", " ", ".", "-", "+", "e5", "1e", "1e+", "--1", "1 2", "1,5", "0x10", "inf", "nan", "1e5x",
                           "1.2.3", "١", "1_000"}) {
    double value = 7;
    CAPTURE(text);
    CHECK_FALSE(mlw_parse_float64(text, std::string(text).size(), &value));
  }
  double value = 0;
  CHECK(mlw_parse_float64("  2.5\t", 6, &value));
  CHECK(value == 2.5);
}

TEST_CASE("random digits and exponents become the nearest float64") {
  for (uint64_t i = 0; i < 400000; ++i) {
    const int digits = 1 + static_cast<int>(word(i, 1) % 25);
    std::string text = word(i, 2) & 1 ? "-" : "";
    for (int digit = 0; digit < digits; ++digit) text += static_cast<char>('0' + (word(i, 3 + digit) >> 7) % 10);
    if (word(i, 40) & 1) text.insert(text.size() - word(i, 41) % static_cast<uint64_t>(digits), ".");
    text += "e" + std::to_string(static_cast<int>(word(i, 42) % 660) - 340);
    require_as_strtod(text);
  }
}

TEST_CASE("midpoints between neighbours, exact and a little off, become the nearest float64") {
  for (uint64_t i = 0; i < 20000; ++i) {
    const uint64_t bits = word(i, 50) & 0x7fffffffffffffff;
    const auto low = std::bit_cast<double>(bits % (uint64_t{0x7fe} << 52));
    const double high = std::nextafter(low, HUGE_VAL);
    // The exact midpoint has at most 767 digits; long double holds it in the C library's printing.
    char text[1200];
    std::snprintf(text, sizeof text, "%.800Le", (static_cast<long double>(low) + static_cast<long double>(high)) / 2);
    std::string exact = text;
    require_as_strtod(exact);
    const size_t exponent = exact.find('e');
    exact.insert(exponent, "0000000001");  // a little more, far behind the 800th digit
    require_as_strtod(exact);
  }
}

TEST_CASE("float64 prints as the shortest text that reads back") {
  for (const double value :
       {0.0, -0.0, 1.0, -1.0, 0.1, 0.3, 1e15, 1e16, 1e17, 123456789.125, 1e-4, 1e-5, 1e-6, 5e-324, 1e23,
        1.7976931348623157e308, 2.2250738585072014e-308, 9007199254740992.0, 9007199254740994.0})
    require_shortest(value);
  for (uint64_t i = 0; i < 300000; ++i) {
    const auto value = std::bit_cast<double>(word(i, 60));
    if (std::isfinite(value)) require_shortest(value);
    require_shortest(static_cast<double>(word(i, 61) % 100000) / 1000);
  }
  for (int exponent = -1074; exponent < 1024; ++exponent) {  // powers of two have an uneven neighbourhood
    require_shortest(std::ldexp(1.0, exponent));
    require_shortest(std::nextafter(std::ldexp(1.0, exponent), 0.0));
  }
}

TEST_CASE("float32 prints as the shortest text that reads back") {
  for (uint32_t bits = 0; bits < 0x7f800000; bits += 6151) require_shortest(std::bit_cast<float>(bits));
  for (int exponent = -149; exponent < 128; ++exponent) {
    require_shortest(std::ldexp(1.0f, exponent));
    require_shortest(-std::nextafter(std::ldexp(1.0f, exponent), HUGE_VALF));
  }
}

TEST_CASE("numbers print in the form that people write") {
  CHECK(printed(0.0) == "0");
  CHECK(printed(-0.0) == "-0");
  CHECK(printed(100.0) == "100");
  CHECK(printed(0.25f) == "0.25");
  CHECK(printed(0.1f) == "0.1");
  CHECK(printed(12.5) == "12.5");
  CHECK(printed(0.0001) == "0.0001");
  CHECK(printed(0.00001) == "0.00001");
  CHECK(printed(0.000001) == "1e-6");
  CHECK(printed(1.5e-9) == "1.5e-9");
  CHECK(printed(1e15) == "1000000000000000");
  CHECK(printed(1e16) == "1e16");
  CHECK(printed(-2.5e20) == "-2.5e20");
}

TEST_CASE("integers") {
  const auto parse = [](const std::string& text) -> std::optional<int64_t> {
    int64_t value = 0;
    if (!mlw_parse_int64(text.data(), text.size(), &value)) return std::nullopt;
    return value;
  };
  CHECK(parse("0") == 0);
  CHECK(parse("-0") == 0);
  CHECK(parse(" +42 ") == 42);
  CHECK(parse("9223372036854775807") == INT64_MAX);
  CHECK(parse("-9223372036854775808") == INT64_MIN);
  CHECK(parse("00012") == 12);
  for (const char* text :
       {"", "-", "9223372036854775808", "-9223372036854775809", "12.0", "1e3", "1 2", "99999999999999999999"})
    CHECK_FALSE(parse(text));
  for (const int64_t value : {int64_t{0}, int64_t{-7}, INT64_MAX, INT64_MIN}) {
    char text[MLW_NUMBER_TEXT];
    CHECK(std::string(text, mlw_print_int64(value, text)) == std::to_string(value));
  }
}
