#include "compiler/language_server/semantic_tokens.h"

#include <algorithm>
#include <optional>

namespace mlw::language_server {
namespace {

constexpr uint32_t declaration = 1, of_language = 2, documentation = 4;

struct Painted {
  SemanticSort sort;
  uint32_t modifiers = 0;
};

std::optional<Painted> paint_symbol(const Symbol& symbol, uint32_t word) {
  const uint32_t modifiers = symbol.word == word ? declaration : 0;
  switch (symbol.sort) {
    case Symbol::Sort::function:
      return Painted{SemanticSort::function, modifiers};
    case Symbol::Sort::parameter:
      return Painted{SemanticSort::parameter, modifiers};
    case Symbol::Sort::metric:
      return Painted{SemanticSort::metric, modifiers};
    case Symbol::Sort::column:
    case Symbol::Sort::model:
    case Symbol::Sort::local:
      return Painted{SemanticSort::variable, modifiers};
    default:
      return Painted{SemanticSort::name, modifiers};
  }
}

std::optional<Painted> paint_meaning(const Meaning& meaning, uint32_t word, const Names& names) {
  switch (meaning.sort) {
    case Meaning::Sort::block:
      return Painted{SemanticSort::block};
    case Meaning::Sort::setting:
      return Painted{SemanticSort::setting};
    case Meaning::Sort::parameter:
      return Painted{SemanticSort::parameter};
    case Meaning::Sort::function:
      return Painted{SemanticSort::function, of_language};
    case Meaning::Sort::imported:
      return Painted{SemanticSort::function};
    case Meaning::Sort::choice:
      return Painted{SemanticSort::choice};
    case Meaning::Sort::column:
      return Painted{SemanticSort::column};
    case Meaning::Sort::code:
      return Painted{SemanticSort::choice};
    case Meaning::Sort::symbol:
      return paint_symbol(names.symbols()[meaning.symbol], word);
    case Meaning::Sort::word: {
      const std::string_view family = meaning.word->family;
      if (family == "column_kind" || family == "task_kind") return Painted{SemanticSort::kind, of_language};
      if (family == "metric" || family == "quantity" || family == "cost" || family == "outcome")
        return Painted{SemanticSort::metric, of_language};
      return Painted{SemanticSort::word, of_language};
    }
    case Meaning::Sort::nothing:
      break;
  }
  return std::nullopt;
}

std::optional<Painted> paint(const Structure& s, uint32_t word, const Names& names) {
  switch (s.words[word].sort) {
    case WordSort::keyword:
      return Painted{SemanticSort::keyword};
    case WordSort::number:
    case WordSort::date:
      return Painted{SemanticSort::number};
    case WordSort::text:
    case WordSort::block_text:
      return Painted{SemanticSort::text};
    case WordSort::sign:
      return Painted{SemanticSort::sign};
    case WordSort::name:
    case WordSort::quoted_name:
      break;
    default:
      return std::nullopt;
  }
  switch (s.roles[word]) {
    case Role::workflow_word:
    case Role::function_word:
    case Role::import_word:
    case Role::as_word:
    case Role::allow_word:
    case Role::because_word:
    case Role::scale:
      return Painted{SemanticSort::keyword};
    case Role::workflow_name:
    case Role::block_name:
      return Painted{SemanticSort::name, declaration};
    default:
      return paint_meaning(names.meaning(word), word, names);
  }
}

/// A piece for each line that a text reaches over.
void add_lines(const OpenFile& file, Span span, Painted painted, std::vector<SemanticToken>& tokens) {
  const Lines& lines = file.lines();
  const uint32_t last = lines.line_of(span.end);
  for (uint32_t line = lines.line_of(span.begin); line <= last; ++line) {
    const Span whole = lines.line(file.text(), line);
    const Span piece{std::max(span.begin, whole.begin), std::min(span.end, whole.end)};
    if (piece.begin < piece.end) tokens.push_back({piece, painted.sort, painted.modifiers});
  }
}

}  // namespace

const std::vector<std::string_view>& semantic_sorts() {
  static const std::vector<std::string_view> names = {
      "keyword",    "struct", "property", "variable",  "variable", "parameter", "function", "class",
      "enumMember", "type",   "event",    "namespace", "string",   "number",    "operator", "comment"};
  return names;
}

const std::vector<std::string_view>& semantic_modifiers() {
  static const std::vector<std::string_view> names = {"declaration", "defaultLibrary", "documentation"};
  return names;
}

std::vector<SemanticToken> semantic_tokens(const OpenFile& file) {
  const Structure& s = file.structure();
  const Names& names = file.names();
  std::vector<SemanticToken> tokens;
  size_t comment = 0;
  for (uint32_t word = 0; word <= s.words.size(); ++word) {
    for (; comment < s.comments.size() && s.comments[comment].next <= word; ++comment) {
      const Word& one = s.comments[comment].word;
      const uint32_t modifiers = one.sort == WordSort::documentation ? documentation : 0;
      tokens.push_back({{one.begin, one.end}, SemanticSort::comment, modifiers});
    }
    if (word == s.words.size()) break;
    if (const std::optional<Painted> painted = paint(s, word, names))
      add_lines(file, {s.words[word].begin, s.words[word].end}, *painted, tokens);
  }
  return tokens;
}

}  // namespace mlw::language_server
