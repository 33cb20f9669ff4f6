#include "compiler/language_server/rescan.h"

#include <algorithm>

namespace mlw::language_server {

using syntax::Scanner;
using syntax::Word;

std::vector<Word> scan(std::string_view text) {
  std::vector<Word> words;
  Scanner scanner(text);
  while (const auto word = scanner.next()) words.push_back(*word);
  return words;
}

std::vector<Word> rescan(const std::vector<Word>& before, std::string_view text, Span changed, uint32_t inserted) {
  // A word is told by its own line, or begins a text that reaches over several: reading begins with the line of the
  // change or, when a word reaches into that line, with the line of this word.
  uint32_t begin = changed.begin;
  auto first = before.end();
  for (;;) {
    while (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r') --begin;
    first = std::partition_point(before.begin(), before.end(), [&](const Word& word) { return word.end <= begin; });
    // A text that is not closed reaches to the end; one that touches the change may go on in it.
    if (first != before.begin() && (first - 1)->end == begin && (first - 1)->is_text()) --first;
    if (first == before.end() || first->begin >= begin) break;
    begin = first->begin;
  }
  std::vector<Word> words(before.begin(), first);
  const auto shift = static_cast<int64_t>(inserted) - static_cast<int64_t>(changed.end - changed.begin);
  auto next = std::partition_point(first, before.end(), [&](const Word& word) { return word.begin < changed.end; });
  Scanner scanner(text, begin);
  while (const auto word = scanner.next()) {
    while (next != before.end() && next->begin + shift < word->begin) ++next;
    // A word that stands behind the change as it stood before it: the rest does too. A text looks ahead to its end, so
    // that it has to be the same text.
    const Word moved = next == before.end() ? Word{}
                                            : Word{next->sort, next->closed, static_cast<uint32_t>(next->begin + shift),
                                                   static_cast<uint32_t>(next->end + shift)};
    if (next != before.end() && next->begin >= changed.end && moved == *word) {
      for (; next != before.end(); ++next)
        words.push_back({next->sort, next->closed, static_cast<uint32_t>(next->begin + shift),
                         static_cast<uint32_t>(next->end + shift)});
      return words;
    }
    words.push_back(*word);
  }
  return words;
}

}  // namespace mlw::language_server
