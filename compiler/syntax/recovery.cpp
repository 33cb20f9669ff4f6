#include "compiler/syntax/recovery.h"

#include <algorithm>

namespace mlw::syntax {

bool Recovery::begins_item(uint32_t i) {
  const TokenSort sort = tokens_.sort(i), next = tokens_.sort(i + 1);
  if (!name_sorts.holds(sort)) return false;
  switch (next) {
    case TokenSort::assign:
    case TokenSort::colon:
    case TokenSort::open_brace:
      return true;
    case TokenSort::comma:
      return tokens_.sort(names_end(i)) == TokenSort::colon;
    case TokenSort::text:
    case TokenSort::block_text:
      return sort == TokenSort::word_import;
    default:
      break;
  }
  if (!name_sorts.holds(next)) return false;
  if (sort == TokenSort::word_fn && tokens_.sort(i + 2) == TokenSort::open) return true;
  if (sort == TokenSort::word_allow && tokens_.sort(i + 2) == TokenSort::word_because) return true;
  return tokens_.sort(names_end(i + 1)) == TokenSort::open_brace;
}

/// Behind the last of `name, name, name`.
uint32_t Recovery::names_end(uint32_t i) {
  // A list over many lines is asked about at each of them.
  const bool known = i >= names_begin_ && i < names_end_ && (i - names_begin_) % 2 == 0;
  if (known) return names_end_;
  uint32_t end = i + 1;
  while (tokens_.sort(end) == TokenSort::comma && is_name(end + 1)) end += 2;
  names_begin_ = i;
  names_end_ = end;
  return end;
}

uint32_t Recovery::resume_behind(uint32_t first, uint32_t fault) {
  if (fault >= tokens_.last()) return tokens_.last();
  uint32_t i = std::max(first, fault);
  for (uint32_t open = first; open < fault; ++open) {
    const uint32_t partner = tokens_.list[open].partner;
    if (partner == Token::none || partner < open) continue;
    if (partner >= fault) {  // the fault is inside of these brackets
      i = partner + 1;
      break;
    }
    open = partner;
  }
  if (i == first) i = step(i);
  while (!ends_body(i) && !(tokens_.list[i].first_on_line && begins_item(i))) i = step(i);
  return i;
}

uint32_t Recovery::step(uint32_t i) const {
  const uint32_t partner = tokens_.list[i].partner;
  return partner != Token::none && partner > i ? partner + 1 : i + 1;
}

}  // namespace mlw::syntax
