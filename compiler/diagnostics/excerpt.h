#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlw {

/// One line of a source laid out in terminal columns: tabs are spaces, controls are U+FFFD, and a line too long for the
/// window is cut on both sides around what matters.
class Excerpt {
 public:
  explicit Excerpt(std::string_view line);

  /// The column in which the character at that byte of the line begins; the end of the line for any later byte.
  int column(uint32_t byte) const;
  int columns() const { return columns_; }

  /// Moves the window of `width` columns so that [begin, end) is seen, its beginning rather than its end.
  void show(int begin, int end, int width);
  /// What is seen of the line, with `…` where it is cut.
  std::string text() const;
  /// A column of the line as a column of the window, moved to its edge when it lies outside.
  int seen(int column) const;

 private:
  struct Cell {
    std::string text;
    uint32_t byte;
    int column;
    int width;
  };
  std::vector<Cell> cells_;
  int columns_ = 0;
  int first_ = 0;  ///< the window, in columns of the line
  int last_ = 0;
};

}  // namespace mlw
