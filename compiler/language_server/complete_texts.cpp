#include <algorithm>

#include "compiler/language_server/completion_builder.h"
#include "compiler/semantics/known_devices.h"
#include "compiler/semantics/write_formula.h"

namespace mlw::language_server {
std::vector<std::string> CompletionBuilder::categories_of(const std::string& column) const {
  const semantics::Column* known = analysis_ ? analysis_->columns.find(column) : nullptr;
  if (known && !known->categories.empty()) return known->categories;
  std::vector<std::string> values;
  const ColumnProfile* profile =
      analysis_ && analysis_->facts->profile ? analysis_->facts->profile->find(column) : nullptr;
  if (profile)
    for (const ColumnProfile::Bin& bin : profile->histogram)
      if (!bin.label.empty() && bin.label != "any other") values.push_back(bin.label);
  return values;
}

/// The column that a text is compared with: `country == "…"`, `country in ["…"]`, `coalesce(country, "…")`. `word` is
/// where the text stands or would stand.
std::string CompletionBuilder::compared_column(uint32_t word) const {
  uint32_t sign = word == 0 || word == none ? none : word - 1;
  uint32_t frame = spot_.frame;
  if (frame != none && s_.frames[frame].list) {
    sign = s_.frames[frame].open == 0 ? none : s_.frames[frame].open - 1;
    if (!s_.is(sign, "in")) return {};
  } else if (frame != none && s_.is(s_.frames[frame].callee, "coalesce")) {
    const uint32_t first = s_.frames[frame].open + 1;
    if (!s_.is(sign, "==") && !s_.is(sign, "!="))
      return first < s_.words.size() && s_.roles[first] == Role::reference && spot_.argument == 1 ? s_.name(first) : "";
  }
  if (sign == none || sign == 0 || (!s_.is(sign, "==") && !s_.is(sign, "!=") && !s_.is(sign, "in"))) return {};
  return s_.roles[sign - 1] == Role::reference ? s_.name(sign - 1) : "";
}

/// The texts that make sense at a place.
std::vector<std::string> CompletionBuilder::text_values(const Expected& expected, uint32_t word) const {
  if (expected.takes("device")) return semantics::known_devices();
  if (expected.callee && expected.slot && expected.callee->name == "binary" && expected.slot->name == "positive") {
    const bool named = analysis_ && !analysis_->workflow.task.targets.empty();
    return named ? categories_of(analysis_->workflow.task.targets.front()) : std::vector<std::string>{};
  }
  const bool of_column = expected.callee && spot_.item != none && !s_.items[spot_.item].names.empty() &&
                         (expected.callee->name == "impute" || expected.callee->name == "ordinal");
  if (of_column) return categories_of(s_.name(s_.items[spot_.item].names.front()));
  const std::string column = compared_column(word);
  return column.empty() ? std::vector<std::string>{} : categories_of(column);
}

/// Inside a text.
void CompletionBuilder::texts() {
  const Word& word = s_.words[typed_];
  if (word.sort != WordSort::text || word.begin + 1 > offset_) return;
  out_.replaced = {word.begin + 1, word.closed ? word.end - 1 : std::max(offset_, word.end)};
  const std::string_view typed = std::string_view(file_.text()).substr(word.begin + 1, offset_ - word.begin - 1);
  if (before_ != none && s_.roles[before_] == Role::import_word) {
    paths(".mlw", typed);
    return;
  }
  const Expected expected = file_.expectations().at(spot_);
  if (expected.callee && expected.callee->family == "source" && expected.slot && expected.slot->name == "path") {
    paths("", typed);
    return;
  }
  for (const std::string& value : text_values(expected, typed_)) {
    Completion& item = offer(value, Sort::value, 2);
    const std::string literal = semantics::text_literal(value);
    item.insert = literal.substr(1, literal.size() - 2);
  }
}

/// Where a text is due and none was begun.
void CompletionBuilder::quoted_values(const Expected& expected) {
  const uint32_t here = typed_ != none ? typed_ : before_ == none ? 0 : before_ + 1;
  for (const std::string& value : text_values(expected, here)) {
    const std::string literal = semantics::text_literal(value);
    offer(literal, Sort::value, 1);
  }
}

void CompletionBuilder::paths(std::string_view ending, std::string_view typed) {
  if (!folders_) return;
  const size_t slash = typed.rfind('/');
  const std::string folder(typed.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
  std::vector<std::string> names = folders_(folder.empty() ? "." : folder);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const bool is_folder = name.ends_with('/');
    if (name.starts_with('.') || (!is_folder && !name.ends_with(ending))) continue;
    Completion& item = offer(folder + name, is_folder ? Sort::folder : Sort::file, is_folder ? 4 : 2);
    const std::string literal = semantics::text_literal(item.label);
    item.insert = literal.substr(1, literal.size() - 2);
  }
}

}  // namespace mlw::language_server
