#include "compiler/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "compiler/diagnostics/characters.h"
#include "compiler/syntax/name_characters.h"

namespace mlw::syntax {
namespace {

/// What an ASCII character may be part of.
enum Class : uint8_t { letter = 1, digit = 2, space = 4, beyond_ascii = 8, line_end = 16 };

constexpr std::array<uint8_t, 256> classes = [] {
  std::array<uint8_t, 256> table{};
  for (size_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = letter;
  for (size_t c = '0'; c <= '9'; ++c) table[c] = digit;
  for (size_t c = 0x80; c < table.size(); ++c) table[c] = beyond_ascii;
  for (const char c : {' ', '\t', '\f'}) table[static_cast<size_t>(c)] = space;
  for (const char c : {'\r', '\n'}) table[static_cast<size_t>(c)] = space | line_end;
  table['_'] = letter;
  return table;
}();

bool is(char c, int wanted) { return (classes[static_cast<unsigned char>(c)] & wanted) != 0; }

/// In the order of the alphabet.
constexpr std::pair<std::string_view, TokenSort> keywords[] = {
    {"allow", TokenSort::word_allow},     {"and", TokenSort::word_and},   {"as", TokenSort::word_as},
    {"because", TokenSort::word_because}, {"else", TokenSort::word_else}, {"false", TokenSort::word_false},
    {"fn", TokenSort::word_fn},           {"if", TokenSort::word_if},     {"import", TokenSort::word_import},
    {"in", TokenSort::word_in},           {"let", TokenSort::word_let},   {"missing", TokenSort::word_missing},
    {"not", TokenSort::word_not},         {"or", TokenSort::word_or},     {"step", TokenSort::word_step},
    {"then", TokenSort::word_then},       {"true", TokenSort::word_true}, {"workflow", TokenSort::word_workflow},
};

/// Where the keywords with a first letter begin: of `a` at 0, of `b` at 1.
constexpr std::array<uint8_t, 27> keyword_begin = [] {
  std::array<uint8_t, 27> table{};
  for (size_t c = 0; c < table.size(); ++c)
    for (const auto& [word, sort] : keywords) table[c] += word[0] < static_cast<char>('a' + c) ? 1 : 0;
  return table;
}();

TokenSort word_sort(std::string_view word) {
  const auto first = static_cast<size_t>(word[0] - 'a');
  if (first >= 26) return TokenSort::name;
  for (size_t i = keyword_begin[first]; i < keyword_begin[first + 1]; ++i)
    if (keywords[i].first == word) return keywords[i].second;
  return TokenSort::name;
}

}  // namespace

Lexer::Lexer(std::string_view text, uint32_t begin)
    : at_(text.data() + begin), end_(text.data() + text.size()), text_(text.data()) {
  if (begin == 0 && text.starts_with(byte_order_mark)) at_ += byte_order_mark.size();
}

Lexeme Lexer::next() {
  skip_spaces();
  Lexeme lexeme;
  lexeme.begin = lexeme.end = static_cast<uint32_t>(at_ - text_);
  lexeme.line = line_;
  if (at_ == end_) return lexeme;
  beyond_ascii_ = false;
  lexeme.sort = cut();
  lexeme.beyond_ascii = beyond_ascii_;
  lexeme.end = static_cast<uint32_t>(at_ - text_);
  return lexeme;
}

void Lexer::skip_spaces() {
  constexpr std::string_view wide[] = {"\xC2\xA0", "\xE3\x80\x80"};  // U+00A0 and U+3000
  while (at_ != end_) {
    if (is(*at_, space)) {
      line_ += *at_++ == '\n' ? 1 : 0;
      continue;
    }
    if (!is(*at_, beyond_ascii)) return;
    const std::string_view rest(at_, static_cast<size_t>(end_ - at_));
    const auto* found =
        std::find_if(std::begin(wide), std::end(wide), [&](auto sign) { return rest.starts_with(sign); });
    if (found == std::end(wide)) return;
    at_ += found->size();
  }
}

TokenSort Lexer::cut() {
  const char first = *at_;
  if (is(first, letter)) return name();
  if (is(first, digit)) return date() ? TokenSort::date : number();
  if (is(first, beyond_ascii)) return beyond();
  switch (first) {
    case '"':
      return std::string_view(at_, static_cast<size_t>(end_ - at_)).starts_with("\"\"\"") ? block_text() : text();
    case '`':
      return quoted();
    case '#':
      ++at_;
      return take('#') ? (take_rest_of_line(), TokenSort::documentation) : (take_rest_of_line(), TokenSort::comment);
    default:
      ++at_;
      return sign(first);
  }
}

bool Lexer::take(char c) {
  if (at_ == end_ || *at_ != c) return false;
  ++at_;
  return true;
}

void Lexer::take_rest_of_line() {
  while (at_ != end_ && !is(*at_, line_end)) ++at_;
}

bool Lexer::digit_at(const char* place) const { return place < end_ && is(*place, digit); }

const char* Lexer::digits_end(const char* from) const {
  while (digit_at(from)) ++from;
  return from;
}

/// The bytes of the letter at a place; 0 when none stands there.
size_t Lexer::letter_at(const char* place) const {
  if (place >= end_) return 0;
  if (!is(*place, beyond_ascii)) return is(*place, letter) && *place != '_' ? 1 : 0;
  std::string_view rest(place, static_cast<size_t>(end_ - place));
  const size_t before = rest.size();
  return may_be_in_word(take_character(rest)) ? before - rest.size() : 0;
}

/// Behind the letters, digits and underlines from a place on.
const char* Lexer::name_end(const char* from) {
  for (;;) {
    while (from != end_ && is(*from, letter | digit)) ++from;
    if (from == end_ || !is(*from, beyond_ascii)) return from;
    const size_t length = letter_at(from);
    if (length == 0) return from;
    beyond_ascii_ = true;
    from += length;
  }
}

TokenSort Lexer::name() {
  const char* begin = std::exchange(at_, name_end(at_));
  return word_sort({begin, static_cast<size_t>(at_ - begin)});
}

TokenSort Lexer::beyond() {
  if (letter_at(at_) > 0) return name();
  std::string_view rest(at_, static_cast<size_t>(end_ - at_));
  take_character(rest);
  at_ = rest.data();
  return TokenSort::unknown;
}

/// `2026-11-22`, `2026-11-22T08:30`, `2026-11-22T08:30:15.25`: as much as there is.
bool Lexer::date() {
  const auto fits = [&](std::string_view form) {
    if (static_cast<size_t>(end_ - at_) < form.size()) return false;
    for (size_t i = 0; i < form.size(); ++i)
      if (form[i] == '0' ? !is(at_[i], digit) : at_[i] != form[i]) return false;
    return true;
  };
  constexpr std::string_view day = "0000-00-00", minute = "0000-00-00T00:00", second = "0000-00-00T00:00:00";
  if (!fits(day)) return false;
  if (fits(second)) {
    at_ += second.size();
    if (at_ != end_ && *at_ == '.' && digit_at(at_ + 1)) at_ = digits_end(at_ + 1);
  } else {
    at_ += fits(minute) ? minute.size() : day.size();
  }
  return true;
}

/// Digits, perhaps with point and exponent, and the unit that stands right behind.
TokenSort Lexer::number() {
  at_ = digits_end(at_);
  if (at_ != end_ && *at_ == '.' && digit_at(at_ + 1)) at_ = digits_end(at_ + 1);
  const auto unit_end = [&](const char* from) {
    if (from != end_ && *from == '%') return from + 1;
    return letter_at(from) > 0 ? name_end(from) : from;
  };
  const char* longest = unit_end(at_);
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {  // an exponent, unless the unit reaches further: `1e5_`
    const bool has_sign = at_ + 1 != end_ && (at_[1] == '+' || at_[1] == '-');
    const char* digits = at_ + (has_sign ? 2 : 1);
    if (digit_at(digits)) longest = std::max(longest, unit_end(digits_end(digits)));
  }
  at_ = longest;
  return TokenSort::number;
}

TokenSort Lexer::text() {
  ++at_;
  while (at_ != end_ && !is(*at_, line_end)) {
    if (take('"')) return TokenSort::text;
    const bool escape = *at_++ == '\\';
    if (escape && at_ != end_ && !is(*at_, line_end)) ++at_;
  }
  return TokenSort::unclosed_text;
}

TokenSort Lexer::block_text() {
  at_ += 3;
  for (int quotes = 0; at_ != end_;) {
    const char c = *at_++;
    quotes = c == '"' ? quotes + 1 : 0;
    if (quotes == 3) return TokenSort::block_text;
    line_ += c == '\n' ? 1 : 0;
  }
  return TokenSort::unclosed_block_text;
}

/// A doubled back quote belongs to the name, a single one ends it.
TokenSort Lexer::quoted() {
  const char* begin = ++at_;
  while (at_ != end_ && !is(*at_, line_end)) {
    if (*at_++ != '`' || take('`')) continue;
    if (at_ - begin > 1) return TokenSort::quoted;
    break;  // nothing between the quotes
  }
  return TokenSort::unclosed_name;
}

TokenSort Lexer::sign(char first) {
  switch (first) {
    case '{':
      return TokenSort::open_brace;
    case '}':
      return TokenSort::close_brace;
    case '(':
      return TokenSort::open;
    case ')':
      return TokenSort::close;
    case '[':
      return TokenSort::open_list;
    case ']':
      return TokenSort::close_list;
    case ',':
      return TokenSort::comma;
    case ':':
      return TokenSort::colon;
    case '.':
      return take('.') ? TokenSort::dots : TokenSort::dot;
    case '=':
      return take('=') ? TokenSort::equal : TokenSort::assign;
    case '+':
      return TokenSort::plus;
    case '-':
      return TokenSort::minus;
    case '*':
      return TokenSort::times;
    case '/':
      return TokenSort::divide;
    case '^':
      return TokenSort::power;
    case '!':
      return take('=') ? TokenSort::not_equal : TokenSort::unknown;
    case '<':
      return take('=') ? TokenSort::less_equal : TokenSort::less;
    case '>':
      return take('=') ? TokenSort::greater_equal : TokenSort::greater;
    case '|':
      return take('>') ? TokenSort::pipe : TokenSort::bar;
    default:
      return TokenSort::unknown;
  }
}

}  // namespace mlw::syntax
