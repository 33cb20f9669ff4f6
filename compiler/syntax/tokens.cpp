#include "compiler/syntax/tokens.h"

#include <algorithm>
#include <optional>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/antlr.h"
#include "compiler/syntax/name_characters.h"
#include "compiler/syntax/stray_characters.h"
#include "compiler/syntax/wording.h"

namespace mlw::syntax {
namespace {

using Sort = mlw::grammar::MlwParser;

/// So many brackets may stand in each other; beyond it the parser's own stack would be in danger.
constexpr uint32_t most_brackets = 256;
/// So many operators may depend on each other.
constexpr uint32_t most_operators = 1000;
/// Beyond so many faults no more are reported: nobody reads them, and a file that is not mlw at all has millions.
constexpr size_t most_reports = 200;

bool is_open(uint32_t type) { return type == Sort::OPEN || type == Sort::OPEN_LIST || type == Sort::OPEN_BRACE; }
bool is_close(uint32_t type) { return type == Sort::CLOSE || type == Sort::CLOSE_LIST || type == Sort::CLOSE_BRACE; }
uint32_t closing(uint32_t open) {
  return open == Sort::OPEN ? Sort::CLOSE : open == Sort::OPEN_LIST ? Sort::CLOSE_LIST : Sort::CLOSE_BRACE;
}
std::string_view sign(uint32_t bracket) {
  switch (bracket) {
    case Sort::OPEN:
      return "(";
    case Sort::CLOSE:
      return ")";
    case Sort::OPEN_LIST:
      return "[";
    case Sort::CLOSE_LIST:
      return "]";
    case Sort::OPEN_BRACE:
      return "{";
    default:
      return "}";
  }
}

bool is_operator(uint32_t type) {
  switch (type) {
    case Sort::PLUS:
    case Sort::MINUS:
    case Sort::TIMES:
    case Sort::DIVIDE:
    case Sort::POWER:
    case Sort::EQUAL:
    case Sort::NOT_EQUAL:
    case Sort::LESS:
    case Sort::LESS_EQUAL:
    case Sort::GREATER:
    case Sort::GREATER_EQUAL:
    case Sort::IN:
    case Sort::AND:
    case Sort::OR:
    case Sort::NOT:
    case Sort::IF:
    case Sort::LET:
    case Sort::BAR:
    case Sort::PIPE:
    case Sort::DOTS:
    case Sort::STEP:
    case Sort::SCALE:
      return true;
    default:
      return false;
  }
}

/// Leaves out what the parser cannot use; comments keep pointing at the token that follows them.
class Filter {
 public:
  explicit Filter(Tokens& tokens) : tokens_(tokens), source_(std::move(tokens.list)) {}

  void run(const std::vector<bool>& dropped) {
    std::vector<uint32_t> place(source_.size());
    for (uint32_t i = 0; i < source_.size(); ++i) {
      place[i] = static_cast<uint32_t>(tokens_.list.size());
      if (!dropped[i]) tokens_.list.push_back(source_[i]);
    }
    for (Comment& comment : tokens_.comments) comment.next = place[comment.next];
    for (uint32_t& fault : tokens_.faults) fault = place[fault];
    for (Token& token : tokens_.list)
      if (token.partner != Token::none) token.partner = place[token.partner];
  }

 private:
  Tokens& tokens_;
  std::vector<Token> source_;
};

/// A name or unit is made of Unicode's identifier characters; the first run of others in it, if any.
std::optional<SourceRange> find_stray(const Tokens& tokens, uint32_t i) {
  const SourceRange whole = tokens.range_of(i);
  std::string_view rest = tokens.text_of(i);
  SourceRange stray{tokens.file, whole.end, whole.end};
  for (bool first = tokens.list[i].type == Sort::NAME; !rest.empty(); first = false) {
    const auto begin = static_cast<uint32_t>(whole.end - rest.size());
    const char32_t c = take_character(rest);
    const bool fits = c < 0x80 || (first ? may_begin_name(c) : may_continue_name(c));
    if (fits && stray.begin < whole.end) break;
    if (fits) continue;
    stray.begin = std::min(stray.begin, begin);
    stray.end = static_cast<uint32_t>(whole.end - rest.size());
  }
  return stray.begin == whole.end ? std::nullopt : std::optional(stray);
}

void report_unclosed_text(const Tokens& tokens, uint32_t i, Diagnostics& diagnostics) {
  const bool block = tokens.list[i].type == Sort::UNCLOSED_BLOCK_TEXT;
  const SourceRange range = tokens.range_of(i);
  const SourceRange opening{range.file, range.begin, range.begin + (block ? 3 : 1)};
  diagnostics
      .report(
          kinds::unclosed_text, block ? opening : range,
          {{"help", block ? "close it with three quotes: \"\"\""
                          : "close it with `\"` on the same line; a text over several lines stands in three quotes"}})
      .at("it begins here");
}

/// The quote on the same line that closes a text in quotes of another kind: 'wine.csv', “wine.csv”. 0 without one.
uint32_t other_quote(const Tokens& tokens, uint32_t i) {
  constexpr std::pair<std::string_view, std::string_view> pairs[] = {{"'", "'"}, {"“", "”"}, {"„", "“"},   {"‘", "’"},
                                                                     {"«", "»"}, {"»", "«"}, {"「", "」"}, {"”", "”"}};
  for (const auto& [open, close] : pairs) {
    if (tokens.text_of(i) != open) continue;
    for (uint32_t j = i + 1; j < tokens.list.size() && tokens.list[j].line == tokens.list[i].line; ++j)
      if (tokens.text_of(j) == close) return j;
  }
  return 0;
}

void report_other_quotes(const Tokens& tokens, uint32_t open, uint32_t close, Diagnostics& diagnostics) {
  const SourceRange range{tokens.file, tokens.list[open].begin, tokens.list[close].end};
  const uint32_t begin = tokens.list[open].end, end = tokens.list[close].begin;
  diagnostics
      .report(kinds::stray_character, range,
              {{"character", "`" + std::string(tokens.text_of(open)) + "`"},
               {"help", "texts stand in plain double quotes: \"…\""}})
      .suggest(range, "\"" + std::string(tokens.text.substr(begin, end - begin)) + "\"");
}

/// Reports what is wrong in itself. Tokens that are merely unclosed go on as what they were meant to be.
void check_faulty_tokens(Tokens& tokens, Diagnostics& diagnostics) {
  std::vector<bool> dropped(tokens.list.size());
  for (uint32_t i = 0; i < tokens.list.size(); ++i) {
    Token& token = tokens.list[i];
    const bool may_report = diagnostics.all().size() < most_reports;
    switch (token.type) {
      case Sort::UNCLOSED_TEXT:
      case Sort::UNCLOSED_BLOCK_TEXT:
        if (may_report) report_unclosed_text(tokens, i, diagnostics);
        token.type = Sort::UNCLOSED_TEXT == token.type ? Sort::TEXT : Sort::BLOCK_TEXT;
        tokens.faults.push_back(i);
        break;
      case Sort::UNCLOSED_NAME:
        if (may_report) diagnostics.report(kinds::unclosed_name, tokens.range_of(i)).at("it begins here");
        token.type = Sort::QUOTED;
        tokens.faults.push_back(i);
        break;
      case Sort::UNKNOWN: {
        uint32_t last = i;
        if (const uint32_t closing = other_quote(tokens, i)) {
          if (may_report) report_other_quotes(tokens, i, closing, diagnostics);
          token.type = Sort::TEXT;
          token.end = tokens.list[closing].end;
          for (uint32_t j = i + 1; j <= closing; ++j) dropped[j] = true;
          tokens.faults.push_back(i);
          i = closing;
          break;
        }
        while (tokens.list[last + 1].type == Sort::UNKNOWN && tokens.list[last + 1].begin == tokens.list[last].end)
          ++last;
        const SourceRange range{tokens.file, token.begin, tokens.list[last].end};
        if (may_report) report_stray(tokens.text.substr(range.begin, range.end - range.begin), range, diagnostics);
        for (uint32_t j = i; j <= last; ++j) dropped[j] = true;
        tokens.list[last + 1].first_on_line |= token.first_on_line;
        tokens.faults.push_back(last + 1);
        i = last;
        break;
      }
      case Sort::NAME:
      case Sort::NUMBER:
        if (const auto stray = find_stray(tokens, i)) {
          if (may_report)
            report_stray(tokens.text.substr(stray->begin, stray->end - stray->begin), *stray, diagnostics);
          tokens.faults.push_back(i);
        }
        break;
      default:
        break;
    }
  }
  if (std::find(dropped.begin(), dropped.end(), true) != dropped.end()) Filter(tokens).run(dropped);
}

class Brackets {
 public:
  Brackets(Tokens& tokens, Diagnostics& diagnostics)
      : tokens_(tokens), diagnostics_(diagnostics), dropped_(tokens.list.size()) {
    for (uint32_t fault : tokens.faults)
      faulty_lines_.push_back(tokens.list[fault].line);  // ascending, as the tokens are
  }

  void run() {
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) {
      const uint32_t type = tokens_.list[i].type;
      if (is_open(type)) open_.push_back(i);
      if (is_close(type)) close(i, type);
    }
    while (!open_.empty()) unclosed();
    if (std::find(dropped_.begin(), dropped_.end(), true) != dropped_.end()) Filter(tokens_).run(dropped_);
    std::sort(tokens_.faults.begin(), tokens_.faults.end());
  }

 private:
  void close(uint32_t i, uint32_t type) {
    // The nearest open bracket of this sort; a round or square one is not looked for outside the block it stands in.
    auto found = std::find_if(open_.rbegin(), open_.rend(), [&](uint32_t open) {
      const uint32_t opened = tokens_.list[open].type;
      return closing(opened) == type || opened == Sort::OPEN_BRACE;
    });
    if (found == open_.rend() || closing(tokens_.list[*found].type) != type) {
      if (type == Sort::CLOSE_BRACE && report_missing_brace(i)) {
        // it is said where the brace should have been opened
      } else if (may_report(i)) {
        diagnostics_.report(kinds::stray_bracket, tokens_.range_of(i), {{"bracket", std::string(sign(type))}});
      }
      tokens_.faults.push_back(i);
      dropped_[i] = true;
      return;
    }
    const uint32_t opening = *found;
    while (open_.back() != opening) unclosed();
    open_.pop_back();
    tokens_.list[opening].partner = i;
    tokens_.list[i].partner = opening;
  }

  /// A `}` too many belongs to a block whose `{` was forgotten: a line before it that is nothing but a name, or two,
  /// and is followed by what can stand in a block.
  bool report_missing_brace(uint32_t close) {
    for (uint32_t i = close; i-- > 0;) {
      const Token& token = tokens_.list[i];
      if (token.type == Sort::CLOSE_BRACE) return false;
      if (!token.first_on_line || token.type != Sort::NAME) continue;
      const uint32_t last = tokens_.list[i + 1].type == Sort::NAME && !tokens_.list[i + 1].first_on_line ? i + 1 : i;
      const Token& next = tokens_.list[last + 1];
      if (!next.first_on_line || next.type != Sort::NAME || tokens_.list[last + 2].type != Sort::COLON) continue;
      if (may_report(i))
        diagnostics_
            .report(kinds::unexpected, tokens_.range_of(last + 1),
                    {{"expected", "`{`"}, {"found", found_words(tokens_, last + 1)}, {"help", ""}})
            .also_at(tokens_.range_of(i), "a block is opened behind this");
      tokens_.faults.push_back(i);
      tokens_.faults.push_back(last + 1);
      return true;
    }
    return false;
  }

  void unclosed() {
    const uint32_t i = open_.back();
    open_.pop_back();
    const uint32_t type = tokens_.list[i].type;
    if (may_report(i))
      diagnostics_.report(kinds::unclosed_bracket, tokens_.range_of(i),
                          {{"bracket", std::string(sign(type))}, {"closing", std::string(sign(closing(type)))}});
    tokens_.faults.push_back(i);
  }

  /// Whether something is wrong with that line already: an unclosed text may have swallowed the partner.
  bool may_report(uint32_t i) const {
    return diagnostics_.all().size() < most_reports &&
           !std::binary_search(faulty_lines_.begin(), faulty_lines_.end(), tokens_.list[i].line);
  }

  Tokens& tokens_;
  Diagnostics& diagnostics_;
  std::vector<bool> dropped_;
  std::vector<uint32_t> open_;
  std::vector<uint32_t> faulty_lines_;
};

/// An upper bound of how deep the tree of an expression will be, found without building it.
class Depth {
 public:
  Depth(const Tokens& tokens, Diagnostics& diagnostics) : tokens_(tokens), diagnostics_(diagnostics) {}

  bool run() {
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) {
      const uint32_t type = tokens_.list[i].type;
      Level& level = levels_.back();
      if (is_open(type)) {
        levels_.push_back({0, 0, 0, type == Sort::OPEN_BRACE});
        if (levels_.size() > most_brackets + 1) return too_deep(i, most_brackets);
      } else if (is_close(type)) {
        const uint32_t height = level.height() + 1;
        if (levels_.size() > 1) levels_.pop_back();
        levels_.back().inner = std::max(levels_.back().inner, type == Sort::CLOSE_BRACE ? 0 : height);
      } else if (type == Sort::COMMA) {
        start_value(level);
      } else if (type == Sort::COLON || type == Sort::ASSIGN) {
        if (!in_let(i)) start_value(level);
      } else if (is_operator(type)) {
        ++level.operators;
      }
      if (levels_.back().height() > most_operators) return too_deep(i, most_operators);
    }
    return true;
  }

 private:
  struct Level {
    uint32_t operators = 0;  ///< of the expression under way
    uint32_t inner = 0;      ///< the highest bracket in it
    uint32_t done = 0;       ///< the highest expression before it, in the same brackets
    bool braces = false;
    uint32_t height() const { return std::max(done, inner + operators); }
  };

  void start_value(Level& level) {
    // Between braces every value is a tree of its own; between other brackets the values share one.
    level = Level{0, 0, level.braces ? 0 : level.height(), level.braces};
  }

  /// Whether the `=` belongs to a `let`: then the expression around it goes on.
  bool in_let(uint32_t i) const { return i >= 2 && tokens_.list[i - 2].type == Sort::LET; }

  bool too_deep(uint32_t i, uint32_t limit) {
    diagnostics_.report(kinds::too_deep, tokens_.range_of(i), {{"limit", std::to_string(limit)}});
    return false;
  }

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
  std::vector<Level> levels_{{0, 0, 0, true}};
};

bool ends_expression(uint32_t type) {
  switch (type) {
    case Sort::NAME:
    case Sort::QUOTED:
    case Sort::NUMBER:
    case Sort::DATE:
    case Sort::TEXT:
    case Sort::BLOCK_TEXT:
    case Sort::CLOSE:
    case Sort::CLOSE_LIST:
    case Sort::TRUE:
    case Sort::FALSE:
    case Sort::MISSING:
    case Sort::FN:
    case Sort::IMPORT:
    case Sort::ALLOW:
    case Sort::BECAUSE:
    case Sort::AS:
    case Sort::WORKFLOW:
      return true;
    default:
      return false;
  }
}

/// Tells apart what one word means in two places: the `in` that ends the binding of a `let`, and the `log` behind a
/// range.
void name_tokens(Tokens& tokens) {
  struct Level {
    uint32_t lets = 0;   ///< bindings under way
    bool range = false;  ///< `..` was seen in the expression under way
  };
  std::vector<Level> levels(1);
  for (uint32_t i = 0; i < tokens.list.size(); ++i) {
    Token& token = tokens.list[i];
    Level& level = levels.back();
    if (is_open(token.type)) {
      levels.push_back({});
    } else if (is_close(token.type)) {
      if (levels.size() > 1) levels.pop_back();
    } else if (token.type == Sort::LET) {
      ++level.lets;
    } else if (token.type == Sort::IN && level.lets > 0) {
      --level.lets;
      token.type = Sort::LET_IN;
    } else if (token.type == Sort::DOTS) {
      level.range = true;
    } else if (token.type == Sort::COMMA || token.type == Sort::COLON || token.type == Sort::ASSIGN) {
      level.range = false;
    } else if (token.type == Sort::NAME && level.range && tokens.text_of(i) == "log" && i > 0 &&
               ends_expression(tokens.list[i - 1].type)) {
      const uint32_t next = tokens.list[i + 1].type;
      const bool function = tokens.list[i - 1].type == Sort::FN && next == Sort::OPEN;
      if (next != Sort::COLON && next != Sort::ASSIGN && !function) token.type = Sort::SCALE;
    }
  }
}

}  // namespace

bool Tokens::faulty(uint32_t first, uint32_t last) const {
  const auto found = std::lower_bound(faults.begin(), faults.end(), first);
  return found != faults.end() && *found <= last;
}

bool check_tokens(Tokens& tokens, Diagnostics& diagnostics) {
  check_faulty_tokens(tokens, diagnostics);
  if (!Depth(tokens, diagnostics).run()) return false;
  Brackets(tokens, diagnostics).run();
  name_tokens(tokens);
  return true;
}

}  // namespace mlw::syntax
