#include "compiler/syntax/literals.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/kinds/syntax.h"

namespace mlw::syntax {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t digits_from(std::string_view text, size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

int to_int(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Where the number ends and its unit begins; `integer` when it has neither point nor exponent.
size_t number_end(std::string_view text, bool& integer) {
  size_t end = digits_from(text, 0);
  integer = true;
  if (end + 1 < text.size() && text[end] == '.') {
    end = digits_from(text, end + 1);
    integer = false;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    size_t digits = end + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
    if (digits < text.size() && is_digit(text[digits])) {
      end = digits_from(text, digits);
      integer = false;
    }
  }
  return end;
}

struct Escape {
  char32_t value = 0;
  size_t length = 0;  ///< of the escape in the text, with its backslash; 0 when it is none
};

Escape read_escape(std::string_view text) {
  switch (text.size() > 1 ? text[1] : '\0') {
    case 'n':
      return {U'\n', 2};
    case 'r':
      return {U'\r', 2};
    case 't':
      return {U'\t', 2};
    case '\\':
      return {U'\\', 2};
    case '"':
      return {U'"', 2};
    case 'u':
      break;
    default:
      return {};
  }
  const size_t close = text.find('}');
  if (text.size() < 5 || text[2] != '{' || close == std::string_view::npos || close > 9) return {};
  uint32_t value = 0;
  const auto [end, fault] = std::from_chars(text.data() + 3, text.data() + close, value, 16);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (fault != std::errc() || end != text.data() + close || value > 0x10FFFF || surrogate) return {};
  return {value, close + 1};
}

}  // namespace

NumberLiteral read_number(std::string_view text, SourceRange range, Diagnostics& diagnostics) {
  NumberLiteral number;
  const size_t end = number_end(text, number.integer);
  number.digits = text.substr(0, end);
  number.unit = text.substr(end);
  const auto result = std::from_chars(number.digits.data(), number.digits.data() + number.digits.size(), number.value);
  if (result.ec == std::errc::result_out_of_range) number.value = std::strtod(number.digits.c_str(), nullptr);
  if (std::isinf(number.value))
    diagnostics.report(kinds::number_too_large, range,
                       {{"number", number.digits}, {"reason", "the largest double is about 1.8e308"}});
  return number;
}

DateLiteral read_date(std::string_view text, SourceRange range, Diagnostics& diagnostics) {
  using namespace std::chrono;
  const year_month_day day{year(to_int(text.substr(0, 4))), month(static_cast<unsigned>(to_int(text.substr(5, 2)))),
                           std::chrono::day(static_cast<unsigned>(to_int(text.substr(8, 2))))};
  int hour = 0, minute = 0, second = 0;
  int64_t fraction = 0;
  if (text.size() > 10) hour = to_int(text.substr(11, 2)), minute = to_int(text.substr(14, 2));
  if (text.size() > 16) second = to_int(text.substr(17, 2));
  bool fits = true;
  if (text.size() > 20) {
    std::string digits(text.substr(20));
    fits = digits.size() <= 6;
    digits.resize(6, '0');
    fraction = to_int(digits);
  }
  DateLiteral date{std::string(text), 0};
  if (!day.ok() || hour > 23 || minute > 59 || second > 59 || !fits) {
    diagnostics.report(kinds::no_such_day, range, {{"date", date.text}});
    return date;
  }
  const int64_t seconds =
      int64_t{sys_days(day).time_since_epoch().count()} * 86400 + hour * 3600 + minute * 60 + second;
  date.microseconds = seconds * 1'000'000 + fraction;
  return date;
}

TextLiteral read_text(std::string_view text, SourceRange range, Diagnostics& diagnostics) {
  TextLiteral literal;
  std::string_view rest = text.substr(1);
  while (!rest.empty() && rest[0] != '"') {
    if (rest[0] != '\\') {
      const size_t plain = std::min(rest.find_first_of("\\\""), rest.size());
      literal.value += rest.substr(0, plain);
      rest.remove_prefix(plain);
      continue;
    }
    const Escape escape = read_escape(rest);
    if (escape.length > 0) {
      append_utf8(literal.value, escape.value);
      rest.remove_prefix(escape.length);
      continue;
    }
    std::string_view wrong = rest.substr(1);
    if (wrong.empty()) break;  // of a text that is never closed
    take_character(wrong);
    const auto begin = static_cast<uint32_t>(range.begin + text.size() - rest.size());
    const auto length = static_cast<uint32_t>(rest.size() - wrong.size());
    diagnostics.report(kinds::bad_escape, {range.file, begin, begin + length},
                       {{"escape", std::string(rest.substr(0, length))}});
    rest = wrong;
  }
  return literal;
}

TextLiteral read_block_text(std::string_view text) {
  TextLiteral literal;
  literal.block = true;
  text.remove_prefix(3);
  if (text.ends_with("\"\"\"")) text.remove_suffix(3);
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') literal.value += text[i];
  return literal;
}

Name read_name(std::string_view text, SourceRange range) {
  Name name;
  name.range = range;
  name.quoted = text.starts_with('`');
  if (!name.quoted) {
    name.text = text;
    return name;
  }
  text.remove_prefix(1);
  while (!text.empty()) {  // a doubled back quote stands for one, a single one ends the name
    const size_t plain = std::min(text.find('`'), text.size());
    name.text += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.starts_with("``")) break;
    name.text += '`';
    text.remove_prefix(2);
  }
  return name;
}

std::string quoted(std::string_view value) {
  std::string text = "\"";
  while (!value.empty()) {
    const char first = value[0];
    const char32_t c = take_character(value);
    switch (c) {
      case U'\n':
        text += "\\n";
        break;
      case U'\r':
        text += "\\r";
        break;
      case U'\t':
        text += "\\t";
        break;
      case U'"':
        text += "\\\"";
        break;
      case U'\\':
        text += "\\\\";
        break;
      default:
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF) {
          text += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(c));
        } else if (c == replacement_character && first != '\xEF') {
          text += first;  // not UTF-8: kept as it is
        } else {
          append_utf8(text, c);
        }
    }
  }
  return text + "\"";
}

}  // namespace mlw::syntax
