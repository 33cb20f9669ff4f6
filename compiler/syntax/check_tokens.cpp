#include "compiler/syntax/check_tokens.h"

namespace mlw::syntax {
namespace {

constexpr TokenSet expression_ends{TokenSort::name,        TokenSort::quoted,       TokenSort::number,
                                   TokenSort::date,        TokenSort::text,         TokenSort::block_text,
                                   TokenSort::close,       TokenSort::close_list,   TokenSort::word_true,
                                   TokenSort::word_false,  TokenSort::word_missing, TokenSort::word_fn,
                                   TokenSort::word_import, TokenSort::word_allow,   TokenSort::word_because,
                                   TokenSort::word_as,     TokenSort::word_workflow};

/// Whether the name `log` at `i`, behind the points of a range, spaces it rather than begins something else.
bool is_scale(const Tokens& tokens, uint32_t i) {
  if (i == 0 || tokens.text_of(i) != "log" || !expression_ends.holds(tokens.sort(i - 1))) return false;
  const TokenSort next = tokens.sort(i + 1);
  const bool function = tokens.sort(i - 1) == TokenSort::word_fn && next == TokenSort::open;
  return next != TokenSort::colon && next != TokenSort::assign && !function;
}

}  // namespace

void name_tokens(Tokens& tokens) {
  struct Level {
    uint32_t lets = 0;   ///< bindings under way
    bool range = false;  ///< `..` was seen in the expression under way
  };
  std::vector<Level> levels(1);
  for (uint32_t i = 0; i < tokens.list.size(); ++i) {
    TokenSort& sort = tokens.list[i].sort;
    Level& level = levels.back();
    switch (sort) {
      case TokenSort::open:
      case TokenSort::open_list:
      case TokenSort::open_brace:
        levels.push_back({});
        break;
      case TokenSort::close:
      case TokenSort::close_list:
      case TokenSort::close_brace:
        if (levels.size() > 1) levels.pop_back();
        break;
      case TokenSort::word_let:
        ++level.lets;
        break;
      case TokenSort::word_in:
        if (level.lets == 0) break;
        --level.lets;
        sort = TokenSort::let_in;
        break;
      case TokenSort::dots:
        level.range = true;
        break;
      case TokenSort::comma:
      case TokenSort::colon:
      case TokenSort::assign:
        level.range = false;
        break;
      case TokenSort::name:
        if (level.range && is_scale(tokens, i)) sort = TokenSort::scale;
        break;
      default:
        break;
    }
  }
}

bool check_tokens(Tokens& tokens, Diagnostics& diagnostics) {
  check_faulty_tokens(tokens, diagnostics);
  if (!check_depth(tokens, diagnostics)) return false;
  pair_brackets(tokens, diagnostics);
  name_tokens(tokens);
  return true;
}

}  // namespace mlw::syntax
