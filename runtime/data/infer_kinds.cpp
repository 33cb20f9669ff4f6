#include "runtime/data/infer_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace mlw {
namespace {

/// A category's values stand on so many rows each, on average, or there are very few of them.
constexpr int64_t rows_a_category = 5, few_categories = 10;
/// Unique values are names of rows when hardly any of them has several words.
constexpr double spaces_of_ids = 0.1;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

constexpr std::array<std::pair<const char*, const char*>, 4> flag_pairs = {
    {{"no", "yes"}, {"false", "true"}, {"n", "y"}, {"f", "t"}}};

}  // namespace

InferredKind kind_of_numbers(const RawColumn& column, const NumberFacts& facts, bool integers) {
  if (column.date) return {ColumnKind::date, "every value is a date"};
  if (column.storage == Storage::flag) return {ColumnKind::flag, "every value is true or false"};
  if (facts.present == 0) return {integers ? ColumnKind::integer : ColumnKind::number, "no value at all"};
  if (integers && facts.zero_and_one) return {ColumnKind::flag, "every value is 0 or 1"};
  if (integers) return {ColumnKind::integer, "every value is a whole number"};
  return {ColumnKind::number, "every value is a number"};
}

bool means_true(const std::string& word, const std::string& word_of_true) { return lower(word) == lower(word_of_true); }

std::optional<std::pair<std::string, std::string>> flag_words(const std::vector<std::string>& words) {
  for (const auto& [no, yes] : flag_pairs) {
    std::optional<std::string> of_false, of_true;
    bool all = !words.empty();
    for (const std::string& word : words) {
      const std::string plain = lower(word);
      std::optional<std::string>& spelling = plain == yes ? of_true : of_false;
      all &= plain == yes || plain == no;
      if (!spelling) spelling = word;
    }
    if (all) return std::pair{of_false.value_or(no), of_true.value_or(yes)};
  }
  return std::nullopt;
}

InferredKind kind_of_words(const WordFacts& facts, const std::vector<std::string>* words) {
  if (facts.present == 0) return {ColumnKind::text, "no value at all"};
  if (words && words->size() > 1)
    if (const auto flag = flag_words(*words))
      return {ColumnKind::flag, fmt::format("every value is `{}` or `{}`", flag->first, flag->second)};
  if (facts.unique && facts.present > few_categories) {
    if (facts.with_space <= spaces_of_ids) return {ColumnKind::id, "every row has a value of its own"};
    return {ColumnKind::text, "every row has words of its own"};
  }
  const bool repeats = facts.distinct * rows_a_category <= facts.present;
  if (repeats || (facts.distinct <= few_categories && !facts.unique))
    return {ColumnKind::category, fmt::format("{} different values in {} rows", facts.distinct, facts.present)};
  return {ColumnKind::text, fmt::format("{} different values in {} rows", facts.distinct, facts.present)};
}

}  // namespace mlw
