#include "compiler/language_server/completion.h"

#include <algorithm>

#include "compiler/language_server/completion_builder.h"
#include "compiler/language_server/describe.h"
#include "compiler/semantics/context.h"

namespace mlw::language_server {
namespace {

/// Beyond so many proposals those that do not fit what was typed are left out.
constexpr size_t most_items = 400;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether the letters of `typed` stand in `label` in their order, as editors filter.
bool fits(std::string_view label, std::string_view typed) {
  size_t at = 0;
  for (const char c : label)
    if (at < typed.size() && lower(c) == lower(typed[at])) ++at;
  return at == typed.size();
}

}  // namespace

std::string written(std::string_view name) { return semantics::written_name(name); }

CompletionBuilder::CompletionBuilder(const OpenFile& file, uint32_t offset, const Analysis* analysis,
                                     const FolderReader& folders)
    : file_(file), s_(file.structure()), offset_(offset), analysis_(analysis), folders_(folders) {
  out_.replaced = {offset, offset};
  const uint32_t at = s_.word_at(offset);
  if (at != none && s_.words[at].begin < offset) {
    const Word& word = s_.words[at];
    const bool inside = word.is_name() || word.sort == WordSort::keyword || word.sort == WordSort::number ||
                        (word.is_text() && (offset < word.end || !word.closed));
    if (inside) {
      typed_ = at;
      out_.replaced = {word.begin, std::max(offset, word.end)};
    }
  }
  before_ = typed_ != none ? (typed_ > 0 ? typed_ - 1 : none) : s_.word_before(offset);
  spot_ = before_ == none ? Spot{} : s_.after[before_];
}

Completion& CompletionBuilder::offer(std::string label, Sort sort, int rank) {
  Completion& item = out_.items.emplace_back();
  item.insert = label;
  item.label = std::move(label);
  item.sort = sort;
  item.rank = rank;
  return item;
}

bool CompletionBuilder::followed_by(std::string_view sign) const {
  const uint32_t next = typed_ != none ? typed_ + 1 : before_ == none ? 0 : before_ + 1;
  return s_.is(next, sign);
}

void CompletionBuilder::keyword(std::string_view word, std::string_view detail) {
  offer(std::string(word), Sort::keyword, 8).detail = detail;
}

std::string CompletionBuilder::typed_text() const {
  if (typed_ == none || s_.words[typed_].is_text()) return {};
  const uint32_t begin = s_.words[typed_].begin;
  std::string_view text = std::string_view(file_.text()).substr(begin, offset_ - begin);
  if (text.starts_with('`')) text.remove_prefix(1);
  return std::string(text);
}

bool CompletionBuilder::first_on_line() const {
  const uint32_t from = before_ == none ? 0 : s_.words[before_].end;
  const uint32_t to = typed_ == none ? offset_ : s_.words[typed_].begin;
  return before_ == none ||
         std::string_view(file_.text()).substr(from, to > from ? to - from : 0).find('\n') != std::string_view::npos;
}

/// Behind words that ask for a name.
void CompletionBuilder::at_name() {
  switch (s_.roles[before_]) {
    case Role::allow_word:
      codes();
      break;
    case Role::because_word:
    case Role::import_word: {
      Completion& item = offer("\"…\"", Sort::value, 1);
      item.insert = "\"\"";
      item.snippet = "\"$1\"";
      break;
    }
    default:
      break;  // a name of one's own
  }
}

/// Behind a value: the next item, or an operator that is a word.
void CompletionBuilder::at_more() {
  if (s_.roles[before_] == Role::waiver_code) {
    Completion& item = offer("because", Sort::keyword, 1);
    item.insert = "because \"\"";
    item.snippet = "because \"${1:why it is right here}\"";
    return;
  }
  const bool next_item = spot_.frame == none;
  if (next_item) items();
  if (first_on_line() && next_item) return;
  if (spot_.item != none && s_.items[spot_.item].sort == Item::Sort::importing) {
    keyword("as", "the name of the module here");
    return;
  }
  if (spot_.item == none || s_.items[spot_.item].sort == Item::Sort::header) return;
  const Expected expected = file_.expectations().at(spot_);
  if (spot_.range) {
    keyword("log", "evenly spaced in the logarithm");
    keyword("step", "a grid: low..high step size");
  }
  if (expected.scope != NameScope::none && expected.scope != NameScope::space)
    for (const auto& [word, detail] : {std::pair("and", "both hold"),
                                       {"or", "one of them holds"},
                                       {"in", "is one of a list"},
                                       {"then", "if … then … else …"},
                                       {"else", "if … then … else …"}})
      keyword(word, detail);
}

void CompletionBuilder::limit() {
  if (out_.items.size() > most_items) {
    const std::string typed = typed_text();
    std::erase_if(out_.items, [&](const Completion& item) { return !fits(item.label, typed); });
    out_.incomplete = true;
  }
  std::stable_sort(out_.items.begin(), out_.items.end(),
                   [](const Completion& a, const Completion& b) { return a.rank < b.rank; });
  if (out_.items.size() > most_items) out_.items.resize(most_items);
}

Completions CompletionBuilder::run() {
  if (s_.in_comment(offset_)) return std::move(out_);
  if (typed_ != none && s_.words[typed_].is_text()) {
    texts();
  } else if (before_ == none) {
    items();
  } else if (spot_.due == Due::name) {
    at_name();
  } else if (spot_.due == Due::item) {
    items();
  } else if (spot_.due == Due::more) {
    at_more();
  } else if (typed_ != none && s_.words[typed_].sort == WordSort::number) {
    units(file_.expectations().at(spot_));
  } else {
    values();
  }
  limit();
  return std::move(out_);
}

Completions complete(const OpenFile& file, uint32_t offset, const Analysis* analysis, const FolderReader& folders) {
  return CompletionBuilder(file, offset, analysis, folders).run();
}

std::string documentation_of(const std::string& about, const OpenFile* file, const Analysis* analysis) {
  const size_t space = about.find(' ');
  if (space == std::string::npos) return {};
  const std::string sort = about.substr(0, space), name = about.substr(space + 1);
  const size_t dot = name.find('.');
  const std::string owner = name.substr(0, dot == std::string::npos ? 0 : dot);
  const std::string last = name.substr(dot == std::string::npos ? 0 : dot + 1);
  const vocabulary::Vocabulary& words = vocabulary::words();
  if (sort == "block")
    if (const vocabulary::Block* block = words.block(name)) return describe(*block);
  if (sort == "setting")
    if (const vocabulary::Block* block = words.block(owner))
      if (const vocabulary::Slot* slot = block->setting(last)) return describe(*slot, owner);
  if (sort == "word")
    if (const vocabulary::Word* word = words.word(owner, last)) return describe(*word);
  if (sort == "function")
    if (const vocabulary::Function* function = words.function(name)) return describe(*function);
  if (sort == "code") return describe_code(name);
  if (sort == "column" && analysis) return describe_column(name, *analysis);
  if (sort == "symbol" && file)
    for (const Symbol& symbol : file->names().symbols())
      if (symbol.name == name) return describe_symbol(symbol, *file, analysis);
  return {};
}

}  // namespace mlw::language_server
