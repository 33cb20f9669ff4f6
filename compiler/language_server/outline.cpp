#include "compiler/language_server/outline.h"

#include <algorithm>

namespace mlw::language_server {
namespace {

using Sort = OutlineEntry::Sort;

Span span_of(const Structure& s, uint32_t first, uint32_t last) { return {s.words[first].begin, s.words[last].end}; }

/// The value of an item in one line.
std::string value_text(const Structure& s, const Item& item) {
  if (item.value == none || item.value >= s.words.size() || item.value > item.last) return {};
  std::string text(s.text.substr(s.words[item.value].begin, s.words[item.last].end - s.words[item.value].begin));
  const size_t end = text.find('\n');
  return end == std::string::npos ? text : text.substr(0, end) + " …";
}

Sort sort_of(const Structure& s, const Item& item) {
  switch (item.sort) {
    case Item::Sort::header:
      return Sort::file;
    case Item::Sort::block:
      return Sort::class_;
    case Item::Sort::definition:
      return Sort::variable;
    case Item::Sort::function:
      return Sort::function;
    case Item::Sort::importing:
      return Sort::module;
    case Item::Sort::waiver:
      return Sort::namespace_;
    default:
      return s.kind_of(item.parent) == "columns" ? Sort::field : Sort::property;
  }
}

OutlineEntry entry_of(const Structure& s, const Item& item) {
  OutlineEntry entry;
  entry.sort = sort_of(s, item);
  entry.whole = span_of(s, item.first, item.last);
  entry.name_span = span_of(s, item.names.empty() ? item.first : item.names.front(),
                            item.names.empty() ? item.first : item.names.front());
  for (const uint32_t name : item.names) {
    if (s.roles[name] == Role::parameter) {
      entry.detail += (entry.detail.empty() ? "" : ", ") + s.name(name);
    } else {
      entry.name += (entry.name.empty() ? "" : item.sort == Item::Sort::block ? " " : ", ") + s.name(name);
    }
  }
  if (item.sort == Item::Sort::waiver) entry.name = "allow " + entry.name;
  if (item.sort == Item::Sort::importing && entry.name.empty()) entry.name = "import";
  if (item.sort == Item::Sort::header && entry.name.empty()) entry.name = "workflow";
  if (item.sort == Item::Sort::setting || item.sort == Item::Sort::definition) entry.detail = value_text(s, item);
  if (item.sort == Item::Sort::function) entry.detail = "(" + entry.detail + ")";
  return entry;
}

}  // namespace

std::vector<OutlineEntry> outline(const OpenFile& file) {
  const Structure& s = file.structure();
  // Items stand behind the block that they are in, so that the last come first when entries move into it.
  std::vector<OutlineEntry> entries(s.items.size());
  std::vector<OutlineEntry> top;
  for (size_t i = s.items.size(); i-- > 0;) {
    const Item& item = s.items[i];
    OutlineEntry entry = entry_of(s, item);
    entry.inside = std::move(entries[i].inside);
    std::reverse(entry.inside.begin(), entry.inside.end());
    if (item.sort == Item::Sort::broken || entry.name.empty()) continue;
    (item.parent == none ? top : entries[item.parent].inside).push_back(std::move(entry));
  }
  std::reverse(top.begin(), top.end());
  return top;
}

std::vector<Fold> folds(const OpenFile& file) {
  const Structure& s = file.structure();
  const Lines& lines = file.lines();
  std::vector<Fold> found;
  const auto add = [&](uint32_t begin, uint32_t end, Fold::Sort sort, bool keep_last) {
    const uint32_t first = lines.line_of(begin), last = lines.line_of(end);
    const uint32_t shown = keep_last && last > 0 ? last - 1 : last;
    if (shown > first) found.push_back({first, shown, sort});
  };
  for (const Item& item : s.items)
    if (item.sort == Item::Sort::block && item.open != none && item.close != none)
      add(s.words[item.open].begin, s.words[item.close].begin, Fold::Sort::region, true);
  for (const Frame& frame : s.frames)
    if (frame.close != none) add(s.words[frame.open].begin, s.words[frame.close].begin, Fold::Sort::region, true);
  for (const Word& word : s.words)
    if (word.sort == WordSort::block_text) add(word.begin, word.end, Fold::Sort::region, false);
  for (size_t i = 0; i < s.comments.size();) {
    size_t last = i;
    while (last + 1 < s.comments.size() && s.comments[last + 1].next == s.comments[i].next &&
           lines.line_of(s.comments[last + 1].word.begin) == lines.line_of(s.comments[last].word.begin) + 1)
      ++last;
    add(s.comments[i].word.begin, s.comments[last].word.begin, Fold::Sort::comment, false);
    i = last + 1;
  }
  for (size_t i = 0; i < s.items.size();) {
    size_t last = i;
    while (last + 1 < s.items.size() && s.items[i].sort == Item::Sort::importing &&
           s.items[last + 1].sort == Item::Sort::importing)
      ++last;
    if (last > i) add(s.words[s.items[i].first].begin, s.words[s.items[last].last].begin, Fold::Sort::imports, false);
    i = last + 1;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Fold& a, const Fold& b) { return a.first_line < b.first_line; });
  return found;
}

std::vector<Span> selections(const OpenFile& file, uint32_t offset) {
  const Structure& s = file.structure();
  std::vector<Span> found;
  const auto add = [&](Span span) {
    if (span.begin <= offset && offset <= span.end && (found.empty() || found.back() != span) &&
        (found.empty() || (span.begin <= found.back().begin && found.back().end <= span.end)))
      found.push_back(span);
  };
  const uint32_t word = s.word_at(offset);
  if (word != none) add(span_of(s, word, word));
  const Spot spot = word != none ? s.where[word] : s.spot_at(offset);
  for (uint32_t frame = spot.frame; frame != none; frame = s.frames[frame].parent) {
    const Frame& one = s.frames[frame];
    if (one.close == none) continue;
    add({s.words[one.open].end, s.words[one.close].begin});
    add(span_of(s, one.open, one.close));
    if (one.callee != none) add(span_of(s, one.callee, one.close));
  }
  for (uint32_t item = spot.item; item != none; item = s.items[item].parent) {
    const Item& one = s.items[item];
    if (one.value != none && one.value <= one.last && one.value < s.words.size()) add(span_of(s, one.value, one.last));
    if (one.open != none && one.close != none) add({s.words[one.open].end, s.words[one.close].begin});
    add(span_of(s, one.first, one.last));
  }
  add({0, static_cast<uint32_t>(file.text().size())});
  return found;
}

std::vector<Link> links(const OpenFile& file) {
  const Structure& s = file.structure();
  std::vector<Link> found;
  for (uint32_t word = 0; word < s.words.size(); ++word) {
    const Word& one = s.words[word];
    if (one.sort != WordSort::text || !one.closed || one.end - one.begin < 3) continue;
    const Span inside{one.begin + 1, one.end - 1};
    const std::string path(s.text.substr(inside.begin, inside.end - inside.begin));
    if (path.find_first_of("*?\\") != std::string::npos) continue;
    if (word > 0 && s.roles[word - 1] == Role::import_word) {
      found.push_back({inside, path});
      continue;
    }
    const Expected expected = file.expectations().at(s.where[word]);
    if (expected.callee && expected.callee->family == "source" && expected.slot && expected.slot->name == "path")
      found.push_back({inside, path});
  }
  return found;
}

}  // namespace mlw::language_server
