#include "compiler/language_server/hover.h"

#include "compiler/language_server/describe.h"

namespace mlw::language_server {

std::optional<Hover> hover(const OpenFile& file, uint32_t offset, const Analysis* analysis) {
  const Structure& structure = file.structure();
  const uint32_t word = structure.word_at(offset);
  if (word == none || structure.in_comment(offset)) return std::nullopt;
  std::string text = describe_word(word, file, analysis);
  if (text.empty()) return std::nullopt;
  return Hover{{structure.words[word].begin, structure.words[word].end}, std::move(text)};
}

}  // namespace mlw::language_server
