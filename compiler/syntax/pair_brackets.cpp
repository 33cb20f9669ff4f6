#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/check_tokens.h"
#include "compiler/syntax/limits.h"
#include "compiler/syntax/wording.h"

namespace mlw::syntax {
namespace {

std::string sign(TokenSort bracket) {
  switch (bracket) {
    case TokenSort::open:
      return "(";
    case TokenSort::close:
      return ")";
    case TokenSort::open_list:
      return "[";
    case TokenSort::close_list:
      return "]";
    case TokenSort::open_brace:
      return "{";
    default:
      return "}";
  }
}

class Brackets {
 public:
  Brackets(Tokens& tokens, Diagnostics& diagnostics) : tokens_(tokens), diagnostics_(diagnostics) {
    for (uint32_t fault : tokens.faults)
      faulty_lines_.push_back(tokens.list[fault].line);  // ascending, as the tokens are
  }

  void run() {
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) {
      const TokenSort sort = tokens_.list[i].sort;
      if (open_sorts.holds(sort)) open_.push_back(i);
      if (close_sorts.holds(sort)) close(i, sort);
    }
    while (!open_.empty()) unclosed();
    if (!dropped_.empty()) tokens_.leave_out(dropped_);
    std::sort(tokens_.faults.begin(), tokens_.faults.end());
  }

 private:
  void close(uint32_t i, TokenSort sort) {
    // The nearest open bracket of this sort; a round or square one is not looked for outside the block it stands in.
    auto found = std::find_if(open_.rbegin(), open_.rend(), [&](uint32_t open) {
      const TokenSort opened = tokens_.list[open].sort;
      return closing(opened) == sort || opened == TokenSort::open_brace;
    });
    if (found == open_.rend() || closing(tokens_.list[*found].sort) != sort) return stray(i, sort);
    const uint32_t opening = *found;
    while (open_.back() != opening) unclosed();
    open_.pop_back();
    tokens_.list[opening].partner = i;
    tokens_.list[i].partner = opening;
  }

  void stray(uint32_t i, TokenSort sort) {
    if (sort == TokenSort::close_brace && report_missing_brace(i)) {
      // it is said where the brace should have been opened
    } else if (may_report(i)) {
      diagnostics_.report(kinds::stray_bracket, tokens_.range_of(i), {{"bracket", sign(sort)}});
    }
    tokens_.faults.push_back(i);
    dropped_.resize(tokens_.list.size());
    dropped_[i] = true;
  }

  /// A `}` too many belongs to a block whose `{` was forgotten: a line before it that is nothing but a name, or two,
  /// and is followed by what can stand in a block.
  bool report_missing_brace(uint32_t close) {
    for (uint32_t i = close; i-- > 0;) {
      const Token& token = tokens_.list[i];
      if (token.sort == TokenSort::close_brace) return false;
      if (!token.first_on_line || token.sort != TokenSort::name) continue;
      const Token& behind = tokens_.list[i + 1];
      const uint32_t last = behind.sort == TokenSort::name && !behind.first_on_line ? i + 1 : i;
      const Token& next = tokens_.list[last + 1];
      if (!next.first_on_line || next.sort != TokenSort::name || tokens_.sort(last + 2) != TokenSort::colon) continue;
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
    const TokenSort sort = tokens_.list[i].sort;
    if (may_report(i))
      diagnostics_.report(kinds::unclosed_bracket, tokens_.range_of(i),
                          {{"bracket", sign(sort)}, {"closing", sign(closing(sort))}});
    tokens_.faults.push_back(i);
  }

  /// Whether something is wrong with that line already: an unclosed text may have swallowed the partner.
  bool may_report(uint32_t i) const {
    return diagnostics_.all().size() < most_reports &&
           !std::binary_search(faulty_lines_.begin(), faulty_lines_.end(), tokens_.list[i].line);
  }

  Tokens& tokens_;
  Diagnostics& diagnostics_;
  std::vector<bool> dropped_;  ///< empty while all are kept
  std::vector<uint32_t> open_;
  std::vector<uint32_t> faulty_lines_;
};

}  // namespace

void pair_brackets(Tokens& tokens, Diagnostics& diagnostics) { Brackets(tokens, diagnostics).run(); }

}  // namespace mlw::syntax
