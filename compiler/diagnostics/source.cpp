#include "compiler/diagnostics/source.h"

#include <algorithm>

#include "compiler/diagnostics/characters.h"

namespace mlw {

uint32_t Sources::add(Source source) {
  std::vector<uint32_t> starts{0};
  for (size_t i = 0; i < source.text.size(); ++i)
    if (source.text[i] == '\n') starts.push_back(static_cast<uint32_t>(i + 1));
  list_.push_back(std::move(source));
  line_starts_.push_back(std::move(starts));
  return static_cast<uint32_t>(list_.size() - 1);
}

LineColumn Sources::position(uint32_t file, uint32_t offset) const {
  const std::string& text = list_[file].text;
  const std::vector<uint32_t>& starts = line_starts_[file];
  offset = std::min<uint32_t>(offset, static_cast<uint32_t>(text.size()));
  const auto line = static_cast<uint32_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin());
  std::string_view before = std::string_view(text).substr(starts[line - 1], offset - starts[line - 1]);
  if (line == 1 && before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);  // a byte order mark is no character
  uint32_t column = 1;
  for (; !before.empty(); ++column) take_character(before);
  return {line, column};
}

std::string_view Sources::line(uint32_t file, uint32_t line) const {
  const std::string& text = list_[file].text;
  const std::vector<uint32_t>& starts = line_starts_[file];
  if (line == 0 || line > starts.size()) return {};
  const uint32_t begin = starts[line - 1];
  const size_t end = line < starts.size() ? starts[line] - 1 : text.size();
  std::string_view content = std::string_view(text).substr(begin, end - begin);
  if (content.ends_with('\r')) content.remove_suffix(1);
  return content;
}

}  // namespace mlw
