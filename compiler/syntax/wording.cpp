#include "compiler/syntax/wording.h"

#include <vector>

#include "compiler/diagnostics/characters.h"

namespace mlw::syntax {
namespace {

using Sort = TokenSort;

/// A longer word or text is shown by its beginning.
constexpr size_t longest_shown = 30;

std::string_view sign(TokenSort sort) {
  switch (sort) {
    case Sort::close:
      return "`)`";
    case Sort::close_list:
      return "`]`";
    case Sort::comma:
      return "`,`";
    case Sort::assign:
      return "`=`";
    case Sort::word_then:
      return "`then`";
    case Sort::word_else:
      return "`else`";
    case Sort::let_in:
      return "`in`";
    default:
      return "";
  }
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

bool touches(const Tokens& tokens, uint32_t index) {
  return index > 0 && tokens.list[index - 1].end == tokens.list[index].begin;
}

}  // namespace

std::string found_words(const Tokens& tokens, uint32_t index) {
  if (tokens.sort(index) == Sort::end) return "the end of the file";
  std::string_view text = tokens.text_of(index);
  text = text.substr(0, text.find_first_of("\r\n"));
  std::string shown;
  for (size_t count = 0; !text.empty(); ++count) {
    if (count == longest_shown) return "`" + shown + "…`";
    append_utf8(shown, take_character(text));
  }
  return "`" + shown + "`";
}

std::string expected_words(TokenSet sorts) {
  std::vector<std::string> words;
  const bool value = sorts.holds(Sort::number);
  if (value) {
    words.emplace_back("a value");
  } else if (sorts.holds(Sort::name)) {
    words.emplace_back("a name");
  } else if (sorts.holds(Sort::text)) {
    words.emplace_back("a text in double quotes");
  }
  for (Sort sort :
       {Sort::comma, Sort::assign, Sort::word_then, Sort::word_else, Sort::let_in, Sort::close, Sort::close_list})
    if (sorts.holds(sort)) words.emplace_back(sign(sort));
  return join(words);
}

std::string advice(const Tokens& tokens, uint32_t index, bool value_expected) {
  const Sort sort = tokens.sort(index);
  const Sort next = tokens.sort(index + 1);
  const Sort before = touches(tokens, index) ? tokens.sort(index - 1) : Sort::end;  // without a space between
  if (sort == Sort::assign) {
    return value_expected ? "a comparison is written `==`"
                          : "an argument is given as `key: value`, a comparison is written `==`";
  }
  if (sort == Sort::dot && (before == Sort::number || next == Sort::number))
    return "a number has digits on both sides of its point: 0.5, 1.0";
  const bool first =
      sort == Sort::divide && (next == Sort::divide || next == Sort::times) && touches(tokens, index + 1);
  const bool second = before == Sort::divide && (sort == Sort::divide || sort == Sort::times);
  if (first || second) return "a comment begins with `#`";
  if (sort == Sort::greater && before == Sort::minus) return "steps follow each other with `|>`";
  if (sort == Sort::comma && !value_expected) return "a list stands in square brackets: `[a, b]`";
  if (sort == Sort::times && before == Sort::times) return "a power is written `a^b`";
  if (sort == Sort::bar && before == Sort::bar) return "write `or`";
  if ((sort == Sort::plus || sort == Sort::minus) && before == sort)
    return "a definition gets its value once; there is no `++` or `--`";
  return "";
}

}  // namespace mlw::syntax
