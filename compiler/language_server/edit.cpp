#include "compiler/language_server/edit.h"

#include <algorithm>

namespace mlw::language_server {

std::vector<Edit> difference(std::string_view before, std::string_view after) {
  if (before == after) return {};
  const size_t shorter = std::min(before.size(), after.size());
  size_t front = 0;
  while (front < shorter && before[front] == after[front]) ++front;
  while (front > 0 && before[front - 1] != '\n') --front;
  size_t back = 0;
  while (back < shorter - front && before[before.size() - 1 - back] == after[after.size() - 1 - back]) ++back;
  // Whole lines only: what stays behind begins at the start of a line.
  while (back > 0 && before[before.size() - back - 1] != '\n') --back;
  return {{{static_cast<uint32_t>(front), static_cast<uint32_t>(before.size() - back)},
           std::string(after.substr(front, after.size() - back - front))}};
}

std::string with_edits(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::string out;
  uint32_t from = 0;
  for (const Edit& edit : edits) {
    out.append(text.substr(from, edit.span.begin - from)).append(edit.text);
    from = edit.span.end;
  }
  return out.append(text.substr(from));
}

}  // namespace mlw::language_server
