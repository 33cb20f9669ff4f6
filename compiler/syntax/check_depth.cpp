#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/check_tokens.h"
#include "compiler/syntax/limits.h"

namespace mlw::syntax {
namespace {

constexpr TokenSet operators{TokenSort::plus,       TokenSort::minus,   TokenSort::times,   TokenSort::divide,
                             TokenSort::power,      TokenSort::equal,   TokenSort::less,    TokenSort::not_equal,
                             TokenSort::less_equal, TokenSort::greater, TokenSort::word_in, TokenSort::greater_equal,
                             TokenSort::word_and,   TokenSort::word_or, TokenSort::word_if, TokenSort::word_not,
                             TokenSort::word_let,   TokenSort::bar,     TokenSort::pipe,    TokenSort::dots,
                             TokenSort::word_step};

/// An upper bound of how deep the tree of an expression will be, found without building it.
class Depth {
 public:
  Depth(const Tokens& tokens, Diagnostics& diagnostics) : tokens_(tokens), diagnostics_(diagnostics) {}

  bool run() {
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) {
      const TokenSort sort = tokens_.list[i].sort;
      Level& level = levels_.back();
      if (operators.holds(sort)) {
        ++level.operators;
      } else if (open_sorts.holds(sort)) {
        levels_.push_back({0, 0, 0, sort == TokenSort::open_brace});
        if (levels_.size() > most_brackets + 1) return too_deep(i, most_brackets);
      } else if (close_sorts.holds(sort)) {
        const uint32_t height = level.height() + 1;
        if (levels_.size() > 1) levels_.pop_back();
        levels_.back().inner = std::max(levels_.back().inner, sort == TokenSort::close_brace ? 0 : height);
      } else if (sort == TokenSort::comma) {
        start_value(level);
      } else if (sort == TokenSort::colon || sort == TokenSort::assign) {
        if (!in_let(i)) start_value(level);
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
  bool in_let(uint32_t i) const { return i >= 2 && tokens_.list[i - 2].sort == TokenSort::word_let; }

  bool too_deep(uint32_t i, uint32_t limit) {
    diagnostics_.report(kinds::too_deep, tokens_.range_of(i), {{"limit", std::to_string(limit)}});
    return false;
  }

  const Tokens& tokens_;
  Diagnostics& diagnostics_;
  std::vector<Level> levels_{{0, 0, 0, true}};
};

}  // namespace

bool check_depth(const Tokens& tokens, Diagnostics& diagnostics) { return Depth(tokens, diagnostics).run(); }

}  // namespace mlw::syntax
