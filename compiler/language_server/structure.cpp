#include "compiler/language_server/structure.h"

#include <algorithm>

#include "compiler/language_server/structure_reader.h"

namespace mlw::language_server {

Structure::Structure(std::string_view text, const std::vector<Word>& all) : text(text) {
  words.reserve(all.size());
  for (const Word& word : all) {
    if (word.is_comment())
      comments.push_back({word, static_cast<uint32_t>(words.size())});
    else
      words.push_back(word);
  }
  read_structure(*this);
}

std::string_view Structure::written(uint32_t word) const {
  return word == none ? std::string_view{} : text.substr(words[word].begin, words[word].end - words[word].begin);
}

std::string Structure::name(uint32_t word) const {
  std::string_view shown = written(word);
  if (word == none || words[word].sort != WordSort::quoted_name) return std::string(shown);
  shown.remove_prefix(1);
  if (words[word].closed) shown.remove_suffix(1);
  std::string out;
  for (size_t i = 0; i < shown.size(); ++i) {
    out += shown[i];
    if (shown[i] == '`' && i + 1 < shown.size() && shown[i + 1] == '`') ++i;
  }
  return out;
}

bool Structure::is(uint32_t word, std::string_view sign) const {
  return word < words.size() && !words[word].is_text() && written(word) == sign;
}

uint32_t Structure::word_at(uint32_t offset) const {
  const auto behind = std::upper_bound(words.begin(), words.end(), offset,
                                       [](uint32_t at, const Word& word) { return at < word.begin; });
  if (behind == words.begin()) return none;
  const auto found = behind - 1;
  if (found->end < offset) return none;
  const auto index = static_cast<uint32_t>(found - words.begin());
  // At the border of two words a name or literal is meant rather than a sign.
  const bool plain = found->sort == WordSort::sign || found->sort == WordSort::open || found->sort == WordSort::close;
  if (found->begin == offset && plain && index > 0 && words[index - 1].end == offset) return index - 1;
  return index;
}

uint32_t Structure::word_before(uint32_t offset) const {
  const auto behind =
      std::upper_bound(words.begin(), words.end(), offset, [](uint32_t at, const Word& word) { return at < word.end; });
  return behind == words.begin() ? none : static_cast<uint32_t>(behind - words.begin() - 1);
}

Spot Structure::spot_at(uint32_t offset) const {
  const uint32_t before = word_before(offset);
  return before == none ? Spot{} : after[before];
}

bool Structure::in_comment(uint32_t offset) const {
  const auto behind = std::upper_bound(comments.begin(), comments.end(), offset,
                                       [](uint32_t at, const CommentWord& one) { return at <= one.word.begin; });
  return behind != comments.begin() && offset <= (behind - 1)->word.end;
}

bool Structure::first_on_line(uint32_t word) const {
  if (word == 0) return true;
  const uint32_t from = words[word - 1].end;
  return text.substr(from, words[word].begin - from).find('\n') != std::string_view::npos;
}

uint32_t Structure::block_of(const Spot& spot) const {
  uint32_t item = spot.item;
  while (item != none && items[item].sort != Item::Sort::block) item = items[item].parent;
  return item;
}

std::string_view Structure::kind_of(uint32_t block) const {
  return block == none || items[block].names.empty() ? std::string_view{} : written(items[block].names[0]);
}

std::string Structure::documentation(uint32_t item) const {
  const uint32_t first = items[item].first;
  auto end = std::upper_bound(comments.begin(), comments.end(), first,
                              [](uint32_t word, const CommentWord& one) { return word < one.next; });
  auto begin = end;
  while (begin != comments.begin() && (begin - 1)->next == first && (begin - 1)->word.sort == WordSort::documentation)
    --begin;
  std::string out;
  for (; begin != end; ++begin) {
    std::string_view line = text.substr(begin->word.begin, begin->word.end - begin->word.begin);
    line.remove_prefix(2);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    out.append(out.empty() ? "" : "\n").append(line);
  }
  return out;
}

}  // namespace mlw::language_server
