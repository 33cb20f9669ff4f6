#include "compiler/language_server/open_file.h"

#include "compiler/language_server/rescan.h"

namespace mlw::language_server {

OpenFile::OpenFile(std::string path, std::string text, int64_t version)
    : path_(std::move(path)), text_(std::move(text)), version_(version) {}

void OpenFile::change(Span span, std::string_view by) {
  if (by == std::string_view(text_).substr(span.begin, span.end - span.begin)) return;
  const bool rescannable = words_read_;
  std::string text;
  text.reserve(text_.size() - (span.end - span.begin) + by.size());
  text.append(text_, 0, span.begin).append(by).append(text_, span.end);
  names_.reset();
  expectations_.reset();
  structure_.reset();
  lines_.reset();
  forget_analysis();
  if (rescannable) words_ = rescan(words_, text, span, static_cast<uint32_t>(by.size()));
  text_ = std::move(text);
}

const std::vector<Word>& OpenFile::all_words() const {
  if (!words_read_) {
    words_ = scan(text_);
    words_read_ = true;
  }
  return words_;
}

const Lines& OpenFile::lines() const {
  if (!lines_) lines_ = std::make_unique<Lines>(text_);
  return *lines_;
}

const Structure& OpenFile::structure() const {
  if (!structure_) structure_ = std::make_unique<Structure>(text_, all_words());
  return *structure_;
}

const Expectations& OpenFile::expectations() const {
  if (!expectations_) expectations_ = std::make_unique<Expectations>(structure());
  return *expectations_;
}

const Names& OpenFile::names() const {
  if (!names_) names_ = std::make_unique<Names>(structure(), expectations());
  return *names_;
}

const Analysis& OpenFile::analysis(const FileReader& modules) const {
  if (!analysis_) {
    analysis_ = analyse_text(path_, text_, facts_, modules);
    latest_ = analysis_;
  }
  return *analysis_;
}

void OpenFile::set_facts(std::shared_ptr<const DataFacts> facts) {
  facts_ = std::move(facts);
  forget_analysis();
}

void OpenFile::adopt(std::shared_ptr<const Analysis> analysis, uint64_t revision) {
  if (revision == revision_) analysis_ = analysis;
  latest_ = std::move(analysis);
}

void OpenFile::forget_analysis() {
  analysis_.reset();
  ++revision_;
}

}  // namespace mlw::language_server
