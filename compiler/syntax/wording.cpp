#include "compiler/syntax/wording.h"

#include <algorithm>

#include "compiler/diagnostics/characters.h"
#include "compiler/syntax/antlr.h"

namespace mlw::syntax {
namespace {

using Sort = mlw::grammar::MlwParser;

/// A longer word or text is shown by its beginning.
constexpr size_t longest_shown = 30;

bool holds(const std::vector<uint32_t>& types, uint32_t type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

std::string_view sign(uint32_t type) {
  switch (type) {
    case Sort::OPEN:
      return "`(`";
    case Sort::CLOSE:
      return "`)`";
    case Sort::OPEN_LIST:
      return "`[`";
    case Sort::CLOSE_LIST:
      return "`]`";
    case Sort::OPEN_BRACE:
      return "`{`";
    case Sort::CLOSE_BRACE:
      return "`}`";
    case Sort::COMMA:
      return "`,`";
    case Sort::COLON:
      return "`:`";
    case Sort::ASSIGN:
      return "`=`";
    case Sort::THEN:
      return "`then`";
    case Sort::ELSE:
      return "`else`";
    case Sort::LET_IN:
      return "`in`";
    case Sort::BECAUSE:
      return "`because`";
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

bool is_reserved(uint32_t type) {
  switch (type) {
    case Sort::AND:
    case Sort::OR:
    case Sort::NOT:
    case Sort::IN:
    case Sort::LET_IN:
    case Sort::IF:
    case Sort::THEN:
    case Sort::ELSE:
    case Sort::LET:
    case Sort::STEP:
    case Sort::TRUE:
    case Sort::FALSE:
    case Sort::MISSING:
      return true;
    default:
      return false;
  }
}

std::string found_words(const Tokens& tokens, uint32_t index) {
  if (tokens.list[index].type == Token::none) return "the end of the file";
  std::string_view text = tokens.text_of(index);
  text = text.substr(0, text.find_first_of("\r\n"));
  std::string shown;
  for (size_t count = 0; !text.empty(); ++count) {
    if (count == longest_shown) return "`" + shown + "…`";
    append_utf8(shown, take_character(text));
  }
  return "`" + shown + "`";
}

std::string expected_words(const std::vector<uint32_t>& types) {
  std::vector<std::string> words;
  const bool value = holds(types, Sort::NUMBER) && holds(types, Sort::OPEN);
  if (value) {
    words.emplace_back("a value");
  } else if (holds(types, Sort::NAME)) {
    words.emplace_back("a name");
  } else if (holds(types, Sort::TEXT)) {
    words.emplace_back("a text in double quotes");
  }
  for (uint32_t type :
       {Sort::COMMA, Sort::COLON, Sort::ASSIGN, Sort::THEN, Sort::ELSE, Sort::LET_IN, Sort::BECAUSE, Sort::OPEN,
        Sort::CLOSE, Sort::OPEN_LIST, Sort::CLOSE_LIST, Sort::OPEN_BRACE, Sort::CLOSE_BRACE}) {
    const bool begins_value = value && (type == Sort::OPEN || type == Sort::OPEN_LIST);
    const bool begins_name = type == Sort::BECAUSE && holds(types, Sort::NAME);  // there it is a name like any other
    if (holds(types, type) && !begins_value && !begins_name) words.emplace_back(sign(type));
  }
  if (words.empty() && holds(types, Sort::PLUS)) words.emplace_back("an operator");
  return words.empty() ? "something else" : join(words);
}

std::string advice(const Tokens& tokens, uint32_t index, bool value_expected) {
  const uint32_t type = tokens.list[index].type;
  const uint32_t before = index > 0 ? tokens.list[index - 1].type : Token::none;
  const bool after_number = before == Sort::NUMBER && touches(tokens, index);
  if (type == Sort::ASSIGN) {
    return value_expected ? "a comparison is written `==`"
                          : "an argument is given as `key: value`, a comparison is written `==`";
  }
  if (type == Sort::DOT && (after_number || tokens.list[index + 1].type == Sort::NUMBER))
    return "a number has digits on both sides of its point: 0.5, 1.0";
  const uint32_t next = index + 1 < tokens.list.size() ? tokens.list[index + 1].type : Token::none;
  const bool second = before == Sort::DIVIDE && touches(tokens, index);
  const bool first =
      type == Sort::DIVIDE && (next == Sort::DIVIDE || next == Sort::TIMES) && touches(tokens, index + 1);
  if (first || (second && (type == Sort::DIVIDE || type == Sort::TIMES))) return "a comment begins with `#`";
  if (type == Sort::GREATER && before == Sort::MINUS && touches(tokens, index))
    return "steps follow each other with `|>`";
  if (type == Sort::COMMA && !value_expected) return "a list stands in square brackets: `[a, b]`";
  if (type == Sort::TIMES && before == Sort::TIMES && touches(tokens, index)) return "a power is written `a^b`";
  if (type == Sort::BAR && before == Sort::BAR && touches(tokens, index)) return "write `or`";
  if ((type == Sort::PLUS || type == Sort::MINUS) && before == type && touches(tokens, index))
    return "a definition gets its value once; there is no `++` or `--`";
  return "";
}

}  // namespace mlw::syntax
