#include <algorithm>
#include <array>
#include <optional>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/check_tokens.h"
#include "compiler/syntax/limits.h"
#include "compiler/syntax/name_characters.h"
#include "compiler/syntax/stray_characters.h"

namespace mlw::syntax {
namespace {

/// Texts in quotes of another kind: 'wine.csv', “wine.csv”.
class OtherQuotes {
 public:
  explicit OtherQuotes(const Tokens& tokens) : tokens_(tokens) {}

  /// The quote on the same line that closes the one at `i`; 0 without one.
  uint32_t closing(uint32_t i) {
    for (size_t pair = 0; pair < pairs.size(); ++pair) {
      if (tokens_.text_of(i) != pairs[pair].open) continue;
      const uint32_t found = next(pair, i);
      if (found < tokens_.list.size() && tokens_.list[found].line == tokens_.list[i].line) return found;
    }
    return 0;
  }

 private:
  struct Pair {
    std::string_view open, close;
  };
  static constexpr std::array<Pair, 8> pairs{
      {{"'", "'"}, {"“", "”"}, {"„", "“"}, {"‘", "’"}, {"«", "»"}, {"»", "«"}, {"「", "」"}, {"”", "”"}}};

  /// The next closing quote behind `i`. Asked in ascending order, so that every token is looked at once for each pair.
  uint32_t next(size_t pair, uint32_t i) {
    uint32_t& at = next_[pair];
    at = std::max(at, i + 1);
    while (at < tokens_.list.size() &&
           (tokens_.list[at].sort != TokenSort::unknown || tokens_.text_of(at) != pairs[pair].close))
      ++at;
    return at;
  }

  const Tokens& tokens_;
  std::array<uint32_t, pairs.size()> next_{};
};

class FaultyTokens {
 public:
  FaultyTokens(Tokens& tokens, Diagnostics& diagnostics)
      : tokens_(tokens), diagnostics_(diagnostics), quotes_(tokens) {}

  void run() {
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) {
      switch (tokens_.list[i].sort) {
        case TokenSort::unclosed_text:
        case TokenSort::unclosed_block_text:
          unclosed_text(i);
          break;
        case TokenSort::unclosed_name:
          unclosed_name(i);
          break;
        case TokenSort::unknown:
          i = unknown(i);
          break;
        default:
          if (tokens_.list[i].beyond_ascii) check_characters(i);
      }
    }
    if (!dropped_.empty()) tokens_.leave_out(dropped_);
  }

 private:
  bool may_report() const { return diagnostics_.all().size() < most_reports; }

  void drop(uint32_t first, uint32_t last) {
    dropped_.resize(tokens_.list.size());
    for (uint32_t i = first; i <= last; ++i) dropped_[i] = true;
  }

  void unclosed_text(uint32_t i) {
    Token& token = tokens_.list[i];
    const bool block = token.sort == TokenSort::unclosed_block_text;
    token.sort = block ? TokenSort::block_text : TokenSort::text;
    tokens_.faults.push_back(i);
    if (!may_report()) return;
    const SourceRange range = tokens_.range_of(i);
    const SourceRange opening{range.file, range.begin, range.begin + (block ? 3 : 1)};
    diagnostics_
        .report(
            kinds::unclosed_text, block ? opening : range,
            {{"help", block ? "close it with three quotes: \"\"\""
                            : "close it with `\"` on the same line; a text over several lines stands in three quotes"}})
        .at("it begins here");
  }

  void unclosed_name(uint32_t i) {
    tokens_.list[i].sort = TokenSort::quoted;
    tokens_.faults.push_back(i);
    if (may_report()) diagnostics_.report(kinds::unclosed_name, tokens_.range_of(i)).at("it begins here");
  }

  /// A character that the language does not know; returns the last token that it was dealt with.
  uint32_t unknown(uint32_t i) {
    if (const uint32_t closing = quotes_.closing(i)) return other_quotes(i, closing), closing;
    uint32_t last = i;
    while (tokens_.list[last + 1].sort == TokenSort::unknown && tokens_.list[last + 1].begin == tokens_.list[last].end)
      ++last;
    const SourceRange range = tokens_.range_of(i, last);
    if (may_report()) report_stray(tokens_.text.substr(range.begin, range.end - range.begin), range, diagnostics_);
    drop(i, last);
    tokens_.list[last + 1].first_on_line |= tokens_.list[i].first_on_line;
    tokens_.faults.push_back(last + 1);
    return last;
  }

  /// What stands in quotes of another kind goes on as a text.
  void other_quotes(uint32_t open, uint32_t close) {
    const SourceRange range = tokens_.range_of(open, close);
    const uint32_t begin = tokens_.list[open].end, end = tokens_.list[close].begin;
    if (may_report())
      diagnostics_
          .report(kinds::stray_character, range,
                  {{"character", "`" + std::string(tokens_.text_of(open)) + "`"},
                   {"help", "texts stand in plain double quotes: \"…\""}})
          .suggest(range, "\"" + std::string(tokens_.text.substr(begin, end - begin)) + "\"");
    tokens_.list[open].sort = TokenSort::text;
    tokens_.list[open].end = tokens_.list[close].end;
    drop(open + 1, close);
    tokens_.faults.push_back(open);
  }

  void check_characters(uint32_t i) {
    const auto stray = find_stray(i);
    if (!stray) return;
    if (may_report()) report_stray(tokens_.text.substr(stray->begin, stray->end - stray->begin), *stray, diagnostics_);
    tokens_.faults.push_back(i);
  }

  /// A name or unit is made of Unicode's identifier characters; the first run of others in it, if any.
  std::optional<SourceRange> find_stray(uint32_t i) const {
    const SourceRange whole = tokens_.range_of(i);
    std::string_view rest = tokens_.text_of(i);
    SourceRange stray{tokens_.file, whole.end, whole.end};
    for (bool first = tokens_.list[i].sort == TokenSort::name; !rest.empty(); first = false) {
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

  Tokens& tokens_;
  Diagnostics& diagnostics_;
  OtherQuotes quotes_;
  std::vector<bool> dropped_;  ///< empty while all are kept
};

}  // namespace

void check_faulty_tokens(Tokens& tokens, Diagnostics& diagnostics) { FaultyTokens(tokens, diagnostics).run(); }

}  // namespace mlw::syntax
