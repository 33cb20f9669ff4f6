#include "compiler/language_server/navigation.h"

#include <algorithm>

#include "compiler/semantics/context.h"

namespace mlw::language_server {
namespace {

Span span_of(const Structure& structure, uint32_t word) {
  return {structure.words[word].begin, structure.words[word].end};
}

/// The path that an import item reads.
std::string path_of(const Analysis& analysis, const std::string& alias) {
  for (const syntax::Item& item : analysis.tree.items) {
    const auto* import = std::get_if<syntax::Import>(&item.node);
    if (!import) continue;
    const std::string file = import->path.substr(import->path.find_last_of('/') + 1);
    if (alias == (import->alias ? import->alias->text : file.substr(0, file.find('.')))) return import->path;
  }
  return {};
}

std::optional<Place> in_module(const Analysis& analysis, const std::string& alias, const std::string& function) {
  const std::string path = path_of(analysis, alias);
  for (uint32_t file = 1; file < analysis.sources.size(); ++file) {
    if (analysis.sources[file].path != path) continue;
    const OpenFile module(path, analysis.sources[file].text, 0);
    for (const Symbol& symbol : module.names().symbols())
      if (symbol.sort == Symbol::Sort::function && symbol.name == function)
        return Place{path, module.text(), span_of(module.structure(), symbol.word)};
  }
  return std::nullopt;
}

/// The words that mean the same as one; only names of the file and of its data have such.
std::vector<uint32_t> same_meaning(const OpenFile& file, uint32_t word) {
  const Meaning meaning = file.names().meaning(word);
  if (meaning.sort == Meaning::Sort::symbol) return file.names().uses(meaning.symbol);
  if (meaning.sort == Meaning::Sort::column) return file.names().column_uses(meaning.name);
  return {};
}

uint32_t name_at(const OpenFile& file, uint32_t offset) {
  const uint32_t word = file.structure().word_at(offset);
  return word == none || !file.structure().words[word].is_name() || file.structure().in_comment(offset) ? none : word;
}

/// Why a symbol cannot have another name; empty when it can.
std::string conflict(const OpenFile& file, const Symbol& renamed, const std::string& name, const Analysis* analysis) {
  if (name.empty() || name.find_first_of("\r\n`") != std::string::npos) return "this is no name";
  for (const Symbol& symbol : file.names().symbols()) {
    const bool scoped = symbol.sort == Symbol::Sort::parameter || symbol.sort == Symbol::Sort::local;
    const bool renamed_scoped = renamed.sort == Symbol::Sort::parameter || renamed.sort == Symbol::Sort::local;
    const bool meet = scoped == renamed_scoped && (scoped ? symbol.item == renamed.item : symbol.sort == renamed.sort);
    if (meet && symbol.word != renamed.word && symbol.name == name) return "there is already a `" + name + "`";
  }
  const vocabulary::Vocabulary& words = vocabulary::words();
  if (renamed.sort == Symbol::Sort::function && words.function(name))
    return "`" + name + "` is a function of the language";
  if (renamed.sort == Symbol::Sort::column && analysis && analysis->columns.find(name))
    return "`" + name + "` is a column of the data";
  return {};
}

}  // namespace

std::optional<Place> definition_of(const OpenFile& file, uint32_t offset, const Analysis* analysis) {
  const uint32_t word = name_at(file, offset);
  if (word == none) return std::nullopt;
  const Structure& structure = file.structure();
  const Meaning meaning = file.names().meaning(word);
  switch (meaning.sort) {
    case Meaning::Sort::symbol:
      return Place{{}, {}, span_of(structure, file.names().symbols()[meaning.symbol].word)};
    case Meaning::Sort::imported:
      return analysis ? in_module(*analysis, file.names().symbols()[meaning.symbol].name, meaning.name) : std::nullopt;
    case Meaning::Sort::column:
      // Where the file says what the column is.
      for (const uint32_t use : file.names().column_uses(meaning.name))
        if (structure.roles[use] == Role::setting &&
            structure.kind_of(structure.block_of({structure.items[structure.where[use].item].parent})) == "columns")
          return Place{{}, {}, span_of(structure, use)};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::vector<Span> references_of(const OpenFile& file, uint32_t offset, bool with_definition) {
  std::vector<Span> found;
  const uint32_t word = name_at(file, offset);
  if (word == none) return found;
  const uint32_t symbol = file.names().symbol_of(word);
  for (const uint32_t use : same_meaning(file, word)) {
    const bool definition = symbol != none && file.names().symbols()[symbol].word == use;
    if (with_definition || !definition) found.push_back(span_of(file.structure(), use));
  }
  return found;
}

Renamed renamed_at(const OpenFile& file, uint32_t offset, const Analysis* analysis) {
  const uint32_t word = name_at(file, offset);
  if (word == none) return {{}, {}, "there is no name here"};
  const Meaning meaning = file.names().meaning(word);
  if (meaning.sort == Meaning::Sort::column)
    return {{}, {}, "`" + meaning.name + "` is a column of the data: its name comes from there"};
  if (meaning.sort == Meaning::Sort::imported)
    return {{}, {}, "`" + meaning.name + "` is defined in another file: rename it there"};
  if (meaning.sort != Meaning::Sort::symbol)
    return {{}, {}, "`" + file.structure().name(word) + "` is a word of the language"};
  return {span_of(file.structure(), word), file.structure().name(word), {}};
}

std::vector<Edit> rename(const OpenFile& file, uint32_t offset, const std::string& name, const Analysis* analysis,
                         std::string& refusal) {
  std::vector<Edit> edits;
  refusal = renamed_at(file, offset, analysis).refusal;
  if (!refusal.empty()) return edits;
  const uint32_t symbol = file.names().symbol_of(name_at(file, offset));
  std::string plain = name;
  if (plain.size() > 2 && plain.starts_with('`') && plain.ends_with('`')) plain = plain.substr(1, plain.size() - 2);
  refusal = conflict(file, file.names().symbols()[symbol], plain, analysis);
  if (!refusal.empty()) return edits;
  for (const uint32_t use : file.names().uses(symbol))
    edits.push_back({span_of(file.structure(), use), semantics::written_name(plain)});
  return edits;
}

}  // namespace mlw::language_server
