#include "compiler/syntax/mistakes.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/limits.h"
#include "compiler/syntax/wording.h"

namespace mlw::syntax {

using Sort = TokenSort;

void Mistakes::unexpected(uint32_t first, uint32_t at, TokenSet expected) {
  if (tokens_.faulty(std::min(first, at), at)) return;
  const bool value = expected.holds(Sort::number);
  if (is_reserved(at) && (value ? stands_alone(at) : expected.holds(Sort::name))) return reserved(at);
  if (value && ends_without_value(at)) return no_value(at - 2);
  report(at, expected_words(expected), advice(tokens_, at, value));
}

void Mistakes::no_item(uint32_t at) {
  const uint32_t next = std::min(at + 1, tokens_.last());
  if (tokens_.faulty(at, next)) return;
  if (is_reserved(at) && is_sign(next)) return reserved(at);
  if (tokens_.sort(at) == Sort::word_workflow && is_name(next)) {
    if (may_report()) diagnostics_.report(kinds::misplaced_header, tokens_.range_of(at));
    return;
  }
  if (!begins_line(at)) {
    const bool two_words = tokens_.sort(at) == Sort::name && tokens_.sort(at - 1) == Sort::name;
    report(at, "an operator or the next setting",
           two_words ? "a name of several words stands in back quotes: `" + plain(at - 1) + " " + plain(at) + "`"
                     : advice(tokens_, at, tokens_.sort(at) == Sort::assign));
  } else if (is_name(at)) {
    bare_name(at, next);
  } else {
    report(at, "a setting, a definition or a block", advice(tokens_, at, tokens_.sort(at) == Sort::assign));
  }
}

/// A line that begins with a name and goes on with neither `:`, `=` nor a block.
void Mistakes::bare_name(uint32_t i, uint32_t next) {
  const std::string name = plain(i);
  const uint32_t behind = std::min(next + 1, tokens_.last());
  switch (tokens_.sort(i)) {
    case Sort::word_import:
      report(next, "a file name in double quotes", "import \"text.mlw\" as text");
      return;
    case Sort::word_fn:
      report(is_name(next) ? behind : next, is_name(next) ? "`(`" : "a name", "fn twice(x) = 2 * x");
      return;
    case Sort::word_allow:
      if (!is_name(next)) break;
      report(behind, "`because`", "allow " + plain(next) + " because \"…\"");
      return;
    default:
      break;
  }
  if (is_name(next) && is_block_line(next)) {
    report(behind, "`,` or `{`", "several names of a block are separated by commas");
  } else if (Diagnostic* diagnostic = report(next, "`:`, `=` or `{`",
                                             "a setting is written `" + name + ": …`, a definition `" + name +
                                                 " = …`, a block `" + name + " { … }`")) {
    diagnostic->also_at(tokens_.range_of(i), "this begins a setting, a definition or a block");
  }
}

bool Mistakes::swallowed_name(uint32_t at) {
  if (!is_sign(at) || at < 3 || !is_name(at - 1) || !tokens_.list[at - 1].first_on_line) return false;
  if (is_sign(at - 2) && is_name(at - 3)) {
    no_value(at - 3);
  } else if (!tokens_.faulty(at - 2, at - 1)) {
    report(at - 1, "a value", "the expression before ends in `" + std::string(tokens_.text_of(at - 2)) + "`");
  }
  return true;
}

void Mistakes::no_workflow_name() {
  if (is_reserved(1)) {
    reserved(1);
  } else if (!tokens_.faulty(0, 1)) {
    report(1, "a name", "the first line is the workflow's name, as in `workflow wine`");
  }
}

bool Mistakes::may_report() const { return diagnostics_.all().size() < most_reports; }

Diagnostic* Mistakes::report(uint32_t at, const std::string& expected, const std::string& help) {
  if (!may_report()) return nullptr;
  if (at > 0 && tokens_.text_of(at) == "log" && !begins_line(at))
    return &diagnostics_.report(kinds::scale_without_range, tokens_.range_of(at), {{"word", "log"}});
  // The end of the file is shown behind the last word rather than on an empty line.
  const bool behind = at == tokens_.last() && at > 0;
  const uint32_t end = behind ? tokens_.list[at - 1].end : 0;
  const SourceRange place = behind ? SourceRange{tokens_.file, end, end} : tokens_.range_of(at);
  return &diagnostics_.report(kinds::unexpected, place,
                              {{"expected", expected}, {"found", found_words(tokens_, at)}, {"help", help}});
}

void Mistakes::reserved(uint32_t at) {
  if (!may_report()) return;
  const std::string word(tokens_.text_of(at));
  diagnostics_.report(kinds::reserved_word, tokens_.range_of(at), {{"word", word}})
      .suggest(tokens_.range_of(at), "`" + word + "`");
}

void Mistakes::no_value(uint32_t name) {
  if (!may_report()) return;
  diagnostics_.report(kinds::no_value, tokens_.range_of(name),
                      {{"name", plain(name)}, {"sign", std::string(tokens_.text_of(name + 1))}});
}

bool Mistakes::is_sign(uint32_t i) const { return tokens_.sort(i) == Sort::colon || tokens_.sort(i) == Sort::assign; }

/// A brace opens a line of its own, so to speak.
bool Mistakes::begins_line(uint32_t i) const {
  return tokens_.list[i].first_on_line || (i > 0 && tokens_.sort(i - 1) == Sort::open_brace);
}

/// A word followed by what ends a value was meant as a name.
bool Mistakes::stands_alone(uint32_t i) const {
  constexpr TokenSet ends{Sort::comma, Sort::close, Sort::close_list, Sort::close_brace, Sort::end};
  return ends.holds(tokens_.sort(i + 1)) || tokens_.list[i + 1].first_on_line;
}

/// `seed: }`
bool Mistakes::ends_without_value(uint32_t at) const {
  constexpr TokenSet ends{Sort::close_brace, Sort::close, Sort::comma, Sort::end};
  return at >= 2 && is_sign(at - 1) && is_name(at - 2) && ends.holds(tokens_.sort(at));
}

/// Whether an opening brace follows on the same line.
bool Mistakes::is_block_line(uint32_t i) const {
  const uint32_t line = tokens_.list[i].line;
  while (tokens_.list[i].line == line && tokens_.sort(i) != Sort::open_brace && tokens_.sort(i) != Sort::end) ++i;
  return tokens_.list[i].line == line && tokens_.sort(i) == Sort::open_brace;
}

std::string Mistakes::plain(uint32_t i) const {
  std::string name(tokens_.text_of(i));
  std::erase(name, '`');
  return name;
}

}  // namespace mlw::syntax
