#include "compiler/diagnostics/excerpt.h"

#include <algorithm>

#include "compiler/diagnostics/characters.h"

namespace mlw {
namespace {

constexpr int tab_stop = 4;

}  // namespace

Excerpt::Excerpt(std::string_view line) {
  std::string_view rest = line;
  while (!rest.empty()) {
    const auto byte = static_cast<uint32_t>(line.size() - rest.size());
    const char32_t c = take_character(rest);
    Cell cell{"", byte, columns_, 1};
    if (c == U'\t') {
      cell.width = tab_stop - columns_ % tab_stop;
      cell.text.assign(static_cast<size_t>(cell.width), ' ');
    } else if (c == 0xFEFF && byte == 0) {  // byte order mark
      cell.width = 0;
    } else {
      const std::string shown = visible(line.substr(byte, line.size() - rest.size() - byte));
      const bool steers = c < 0x20 || (c >= 0x7F && c < 0xA0);
      if (steers) {
        append_utf8(cell.text, replacement_character);
      } else {
        cell.text = shown;
        cell.width = width(c);
      }
    }
    columns_ += cell.width;
    cells_.push_back(std::move(cell));
  }
  last_ = columns_;
}

int Excerpt::column(uint32_t byte) const {
  const auto found =
      std::lower_bound(cells_.begin(), cells_.end(), byte, [](const Cell& cell, uint32_t b) { return cell.byte < b; });
  return found == cells_.end() ? columns_ : found->column;
}

void Excerpt::show(int begin, int end, int width) {
  first_ = 0;
  last_ = columns_;
  if (columns_ <= width) return;
  const int marked = std::min(end, columns_) - begin;
  const int before = marked < width ? std::min((width - marked) / 2, width / 3) : 1;  // some of what leads to the mark
  first_ = std::clamp(begin - before, 0, columns_ - width);
  last_ = first_ + width;
}

std::string Excerpt::text() const {
  std::string shown;
  const bool cut_left = first_ > 0, cut_right = last_ < columns_;
  int at = first_;
  if (cut_left) shown += "…", ++at;
  for (const Cell& cell : cells_) {
    if (cell.column < at) continue;
    if (cell.column + cell.width > last_ - (cut_right ? 1 : 0)) break;
    shown.append(static_cast<size_t>(cell.column - at), ' ');  // a wide character was cut in two
    shown += cell.text;
    at = cell.column + cell.width;
  }
  if (cut_right) shown += "…";
  return shown;
}

int Excerpt::seen(int column) const { return std::clamp(column, first_, last_) - first_; }

}  // namespace mlw
