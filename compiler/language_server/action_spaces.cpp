#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "compiler/language_server/actions.h"

namespace mlw::language_server {
namespace {

/// The set that takes the place of a number: its neighbourhood within the bounds, on the scale that suits it.
std::string range_around(double value, const vocabulary::Slot& slot) {
  const bool whole = slot.takes("integer") && !slot.takes("number");
  const double low_bound = slot.range.low, high_bound = slot.range.high;
  const auto inside = [&](double x) {
    if (x <= low_bound) x = slot.range.low_open ? value / 2 : low_bound;
    if (x >= high_bound) x = slot.range.high_open ? (value + high_bound) / 2 : high_bound;
    return x;
  };
  if (whole) {
    const double low = std::max(1.0, std::floor(value / 2)), high = std::max(low + 1, value * 2);
    const double from = inside(low), to = inside(high);
    return fmt::format("{}..{}{}", std::ceil(from), std::floor(to), to >= 4 * from && from > 0 ? " log" : "");
  }
  if (value == 0) return std::isfinite(high_bound) ? fmt::format("0..{}", inside(high_bound / 2)) : "1e-6..1 log";
  const bool share = high_bound <= 1;
  if (share) return fmt::format("{}..{}", inside(value / 2), inside(std::min(value * 2, (value + high_bound) / 2)));
  return fmt::format("{:g}..{:g} log", inside(value / 10), inside(value * 10));
}

/// Whether a value stands alone: not part of a range, a choice or a computation.
bool stands_alone(const Structure& s, uint32_t word) {
  const auto binds = [&](uint32_t one) {
    return one < s.words.size() && (s.is(one, "..") || s.is(one, "|") || s.is(one, "-") || s.is(one, "+") ||
                                    s.is(one, "*") || s.is(one, "/") || s.is(one, "^") || s.is(one, "step"));
  };
  return (word == 0 || !binds(word - 1)) && !binds(word + 1);
}

void number_to_range(const OpenFile& file, uint32_t word, const vocabulary::Slot& slot, std::vector<Action>& actions) {
  const Structure& s = file.structure();
  const std::string_view text = s.written(word);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !slot.range.contains(value)) return;
  const std::string range = range_around(value, slot);
  Action action;
  action.sort = Action::Sort::rewrite;
  action.title = fmt::format("Search `{}` over {}", slot.name, range);
  action.edits = {{{s.words[word].begin, s.words[word].end}, range}};
  actions.push_back(std::move(action));
}

/// A word as a choice between it and the others that may stand in its place.
void word_to_choice(const OpenFile& file, uint32_t word, const Meaning& meaning, bool in_pipeline,
                    std::vector<Action>& actions) {
  const Structure& s = file.structure();
  const vocabulary::Word& mine = *meaning.word;
  std::string choice = mine.name;
  for (const auto& [name, other] : vocabulary::words().families.find(mine.family)->second) {
    const bool alike = other.activation == mine.activation && other.takes == mine.takes && other.parameters.empty();
    const bool fits = std::any_of(mine.tasks.begin(), mine.tasks.end(), [&](auto& task) { return other.fits(task); });
    if (other.built && alike && name != mine.name && (mine.tasks.empty() || fits)) choice += " | " + name;
  }
  if (choice == mine.name) return;
  Action action;
  action.sort = Action::Sort::rewrite;
  action.title = "Search over " + choice;
  action.edits = {{{s.words[word].begin, s.words[word].end}, in_pipeline ? "(" + choice + ")" : choice}};
  actions.push_back(std::move(action));
}

}  // namespace

void add_spaces(const OpenFile& file, Span span, std::vector<Action>& actions) {
  const Structure& s = file.structure();
  const uint32_t word = s.word_at(span.begin);
  if (word == none || s.words[word].end < span.end || !stands_alone(s, word)) return;
  const Expected expected = file.expectations().at(s.where[word]);
  const bool searched = expected.block && (expected.block->name == "search" || expected.block->name == "prepare");
  if (!searched) return;
  if (s.words[word].sort == WordSort::number && expected.slot && expected.slot->space) {
    number_to_range(file, word, *expected.slot, actions);
  } else if (s.roles[word] == Role::reference) {
    const Meaning meaning = file.names().meaning(word);
    const bool space = expected.slot ? expected.slot->space : expected.scope == NameScope::space;
    if (meaning.word && meaning.word->parameters.empty() && space) {
      const bool piped = (word > 0 && s.is(word - 1, "|>")) || s.is(word + 1, "|>");
      word_to_choice(file, word, meaning, piped, actions);
    }
  }
}

}  // namespace mlw::language_server
