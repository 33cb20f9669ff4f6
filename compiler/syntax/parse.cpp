#include <algorithm>
#include <optional>

#include "compiler/diagnostics/characters.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/check_tokens.h"
#include "compiler/syntax/limits.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/syntax.h"

namespace mlw::syntax {
namespace {

/// The first bytes that are no UTF-8, if any.
std::optional<SourceRange> find_not_utf8(std::string_view text, uint32_t file) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto begin = static_cast<uint32_t>(text.size() - rest.size());
    bool valid = true;
    take_character(rest, &valid);
    if (!valid) return SourceRange{file, begin, begin + 1};
  }
  return std::nullopt;
}

/// Tokens, items and expressions are looked at one after the other; a reader goes from top to bottom.
void add_in_order(const Diagnostics& found, Diagnostics& diagnostics) {
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& diagnostic : found.all()) order.push_back(&diagnostic);
  std::stable_sort(order.begin(), order.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return a->range.begin < b->range.begin; });
  for (const Diagnostic* diagnostic : order) diagnostics.add(*diagnostic);
}

}  // namespace

File parse(const Sources& sources, uint32_t file, Diagnostics& diagnostics) {
  File result;
  result.file = file;
  const std::string_view text = sources[file].text;
  if (text.size() > longest_file) {
    diagnostics.report(kinds::too_long, {file, 0, 0},
                       {{"size", std::to_string(text.size())}, {"limit", std::to_string(longest_file)}});
    return result;
  }
  if (const auto wrong = find_not_utf8(text, file)) {
    diagnostics.report(kinds::not_utf8, *wrong).at("this byte is not part of a character");
    return result;
  }
  Tokens tokens = read_tokens(text, file);
  Diagnostics found;
  if (check_tokens(tokens, found)) result = Parser(tokens, found).file();
  add_in_order(found, diagnostics);
  return result;
}

}  // namespace mlw::syntax
