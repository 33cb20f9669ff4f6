#include "compiler/syntax/stray_characters.h"

#include <fmt/format.h>

#include <optional>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/kinds/syntax.h"

namespace mlw::syntax {
namespace {

struct Advice {
  std::string_view characters;
  std::string_view help;
  std::optional<std::string_view> instead;  ///< what an editor can put there
};

constexpr std::string_view plain_quotes = "texts stand in plain double quotes: \"…\"";

constexpr Advice advice[] = {
    {";", "settings need no separators: remove it", ""},
    {"'", plain_quotes, "\""},
    {"“", plain_quotes, "\""},
    {"”", plain_quotes, "\""},
    {"„", plain_quotes, "\""},
    {"‘", plain_quotes, "\""},
    {"’", plain_quotes, "\""},
    {"«", plain_quotes, "\""},
    {"»", plain_quotes, "\""},
    {"&", "write `and`", "and"},
    {"&&", "write `and`", "and"},
    {"!", "write `not x`, or `a != b`", std::nullopt},
    {"?", "a choice of two is written `if a then b else c`", std::nullopt},
    {"%", "a unit stands right behind its number: `20%`; the remainder of a division is `mod(a, b)`", std::nullopt},
    {"–", "write a plain `-`", "-"},
    {"—", "write a plain `-`", "-"},
    {"−", "write a plain `-`", "-"},
    {"×", "write `*`", "*"},
    {"·", "write `*`", "*"},
    {"÷", "write `/`", "/"},
    {"≤", "write `<=`", "<="},
    {"≥", "write `>=`", ">="},
    {"≠", "write `!=`", "!="},
    {"…", "a range is written with two points: `1..4`", ".."},
    {"、", "write a plain `,`", ","},
    {"。", "write a plain `.`", "."},
    {"「", plain_quotes, "\""},
    {"」", plain_quotes, "\""},
};

/// What is on paper the sign that was meant: U+FF01 to U+FF5E repeat ASCII in the width of Chinese characters.
std::optional<char> plain_form(std::string_view characters) {
  const char32_t c = take_character(characters);
  if (!characters.empty() || c < 0xFF01 || c > 0xFF5E) return std::nullopt;
  return static_cast<char>(c - 0xFF01 + '!');
}

/// A character that cannot be seen is shown by its number.
std::string shown(std::string_view characters) {
  std::string_view rest = characters;
  const char32_t first = take_character(rest);
  if (rest.empty() && width(first) == 0)
    return fmt::format("the invisible character U+{:04X}", static_cast<uint32_t>(first));
  if (rest.empty() && first == replacement_character) return "this character";
  return "`" + std::string(characters) + "`";
}

}  // namespace

void report_stray(std::string_view characters, SourceRange range, Diagnostics& diagnostics) {
  std::string help = "remove it; a name with unusual characters goes in back quotes, a text in double quotes";
  std::optional<std::string> instead;
  for (const Advice& known : advice) {
    if (known.characters != characters) continue;
    help = known.help;
    if (known.instead) instead = *known.instead;
  }
  if (const auto plain = plain_form(characters)) {
    help = fmt::format("this is the wide form; write a plain `{}`", *plain);
    instead = std::string(1, *plain);
  }
  Diagnostic& diagnostic =
      diagnostics.report(kinds::stray_character, range, {{"character", shown(characters)}, {"help", help}});
  if (instead) diagnostic.suggest(range, *instead);
}

}  // namespace mlw::syntax
