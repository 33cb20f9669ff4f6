#pragma once

#include "compiler/language_server/completion.h"

namespace mlw::language_server {

/// Makes proposals for one place of a text.
class CompletionBuilder {
 public:
  CompletionBuilder(const OpenFile& file, uint32_t offset, const Analysis* analysis, const FolderReader& folders);

  Completions run();

 private:
  using Sort = Completion::Sort;

  // completion.cpp
  void at_name();
  void at_more();
  bool first_on_line() const;
  std::string typed_text() const;
  Completion& offer(std::string label, Sort sort, int rank);
  /// What follows the word that is being written.
  bool followed_by(std::string_view sign) const;
  void keyword(std::string_view word, std::string_view detail);
  void limit();

  // complete_items.cpp
  void items();
  void blocks(std::string_view inside);
  void settings(uint32_t block_item, const vocabulary::Block& block);
  void column_settings(uint32_t block_item, const vocabulary::Block& block);
  void codes();

  // complete_values.cpp
  void values();
  void keys();
  void words_of_families(const Expected& expected);
  void word(const vocabulary::Word& word, int rank);
  void literals(const vocabulary::Slot& slot);
  void column_names(int rank);
  void symbols(const Expected& expected);
  void expression(const Expected& expected);
  void functions(const Expected& expected, bool piped);
  void functions_of_module();
  void units(const Expected& expected);
  bool takes_after_pipe(const vocabulary::Word& word, const std::string& given) const;
  std::string given_before_pipe(const Expected& expected) const;

  // complete_texts.cpp
  void texts();
  void paths(std::string_view ending, std::string_view typed);
  std::vector<std::string> text_values(const Expected& expected, uint32_t word) const;
  std::string compared_column(uint32_t word) const;
  std::vector<std::string> categories_of(const std::string& column) const;
  void quoted_values(const Expected& expected);

  const OpenFile& file_;
  const Structure& s_;
  uint32_t offset_;
  const Analysis* analysis_;
  const FolderReader& folders_;
  Completions out_;
  uint32_t typed_ = none;   ///< the word that is being written
  uint32_t before_ = none;  ///< the word before it
  Spot spot_;
};

/// A call with places to fill in, as the first parameters of a word ask for it; empty when it stands without.
std::string call_snippet(const vocabulary::Word& word);
/// A text as it stands in a snippet.
std::string snippet_text(std::string_view text);
/// A name as it must be written.
std::string written(std::string_view name);

}  // namespace mlw::language_server
