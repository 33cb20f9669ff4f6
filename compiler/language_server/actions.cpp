#include "compiler/language_server/actions.h"

#include <algorithm>

#include "compiler/syntax/syntax.h"

namespace mlw::language_server {
namespace {

bool meets(const SourceRange& range, Span span) {
  return range.file == 0 && range.begin <= span.end && span.begin <= range.end;
}

/// Where a waiver of the whole file stands: behind the header.
uint32_t behind_header(const Structure& s) {
  for (const Item& item : s.items)
    if (item.sort == Item::Sort::header) return s.words[item.last].end;
  return none;
}

void add_waiver(const OpenFile& file, const Diagnostic& diagnostic, std::vector<Action>& actions) {
  const Structure& s = file.structure();
  const std::string code(diagnostic.kind->code);
  const std::string line = "allow " + code + " because \"why this is right here\"";
  Action action;
  action.title = "Allow " + code + " with a reason";
  action.mends = &diagnostic;
  uint32_t block = s.block_of(s.spot_at(diagnostic.range.begin));
  if (const uint32_t at = s.word_at(diagnostic.range.begin); at != none) block = s.block_of(s.where[at]);
  while (block != none && s.items[block].parent != none) block = s.items[block].parent;
  if (block != none && s.items[block].close != none) {
    action.edits = {added_to_block(file, block, {line})};
  } else if (const uint32_t at = behind_header(s); at != none) {
    action.edits = {{{at, at}, "\n\n" + line}};
  } else {
    return;
  }
  actions.push_back(std::move(action));
}

}  // namespace

void add_mends(const OpenFile& file, const Analysis& analysis, Span span, std::vector<Action>& actions) {
  for (const Diagnostic& diagnostic : analysis.diagnostics.all()) {
    if (!meets(diagnostic.range, span)) continue;
    if (diagnostic.mend && diagnostic.mend->range.file == 0) {
      Action action;
      const SourceRange& range = diagnostic.mend->range;
      const std::string before = file.text().substr(range.begin, range.end - range.begin);
      action.title = before.empty()                  ? "Insert `" + diagnostic.mend->text + "`"
                     : diagnostic.mend->text.empty() ? "Remove `" + before + "`"
                                                     : "Replace `" + before + "` by `" + diagnostic.mend->text + "`";
      action.edits = {{{range.begin, range.end}, diagnostic.mend->text}};
      action.mends = &diagnostic;
      action.preferred = true;
      actions.push_back(std::move(action));
    }
    if (diagnostic.severity != Severity::error && diagnostic.kind) add_waiver(file, diagnostic, actions);
  }
}

Edit added_to_block(const OpenFile& file, uint32_t index, const std::vector<std::string>& lines) {
  const Structure& s = file.structure();
  const Item& block = s.items[index];
  const uint32_t open = s.words[block.open].begin, close = s.words[block.close].begin;
  const uint32_t last = block.close > block.open ? s.words[block.close - 1].end : open + 1;
  std::string text;
  if (file.lines().line_of(open) == file.lines().line_of(close)) {
    for (const std::string& line : lines) text += (block.close > block.open + 1 ? "  " : " ") + line;
    return {{last, close}, text + " "};
  }
  int depth = 0;
  for (uint32_t item = index; item != none; item = s.items[item].parent) ++depth;
  const std::string indent(static_cast<size_t>(2 * depth), ' ');
  for (const std::string& line : lines) text += indent + line + "\n";
  // At the start of the line with the closing brace, so that comments before it stay where they are.
  const Span of_close = file.lines().line(file.text(), file.lines().line_of(close));
  const bool alone = file.text().find_first_not_of(" \t", of_close.begin) == close;
  if (alone) return {{of_close.begin, of_close.begin}, text};
  return {{last, close}, "\n" + text + std::string(static_cast<size_t>(2 * (depth - 1)), ' ')};
}

std::vector<Edit> format(const OpenFile& file, const Analysis& analysis) {
  if (!analysis.parsed) return {};
  return difference(file.text(), syntax::formatted(analysis.tree, analysis.sources));
}

std::vector<Action> actions(const OpenFile& file, const Analysis& analysis, Span span) {
  std::vector<Action> found;
  add_mends(file, analysis, span, found);
  add_spaces(file, span, found);
  add_defaults(file, analysis, span, found);
  return found;
}

}  // namespace mlw::language_server
