#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/language_server/analysis.h"
#include "compiler/language_server/names.h"
#include "compiler/language_server/positions.h"

namespace mlw::language_server {

/// A text that an editor has open, with all that was found out about it. What depends on the text alone is made when it
/// is first asked for and kept until the text changes; the analysis, until the text or the facts about the data do.
class OpenFile {
 public:
  OpenFile(std::string path, std::string text, int64_t version);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  int64_t version() const { return version_; }

  /// Replaces a part of the text.
  void change(Span span, std::string_view by);
  void set_version(int64_t version) { version_ = version; }

  const Lines& lines() const;
  const Structure& structure() const;
  const Expectations& expectations() const;
  const Names& names() const;

  /// What the compiler says of the text as it stands.
  const Analysis& analysis(const FileReader& modules) const;
  /// Whether `analysis` has nothing to do.
  bool analysed() const { return analysis_ != nullptr; }
  /// Another number whenever the analysis would have to look again.
  uint64_t revision() const { return revision_; }
  /// An analysis that was made elsewhere, of this revision or an earlier one.
  void adopt(std::shared_ptr<const Analysis> analysis, uint64_t revision);
  /// The newest analysis there is, possibly of an earlier text; null when there was none.
  const Analysis* latest() const { return latest_.get(); }

  const DataFacts& facts() const { return *facts_; }
  std::shared_ptr<const DataFacts> shared_facts() const { return facts_; }
  void set_facts(std::shared_ptr<const DataFacts> facts);
  /// A module that the text imports has changed.
  void forget_analysis();

 private:
  const std::vector<Word>& all_words() const;

  std::string path_, text_;
  int64_t version_;
  std::shared_ptr<const DataFacts> facts_ = std::make_shared<DataFacts>();
  mutable std::vector<Word> words_;  ///< of `text_` once `words_read_`, else of an earlier text
  mutable bool words_read_ = false;
  mutable std::unique_ptr<const Lines> lines_;
  mutable std::unique_ptr<const Structure> structure_;
  mutable std::unique_ptr<const Expectations> expectations_;
  mutable std::unique_ptr<const Names> names_;
  mutable std::shared_ptr<const Analysis> analysis_, latest_;
  uint64_t revision_ = 0;
};

}  // namespace mlw::language_server
