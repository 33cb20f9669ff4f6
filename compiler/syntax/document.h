#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Text that knows where it may be broken into lines, after Wadler, "A prettier printer" (2003), with comments that are
/// held back until the line ends.
namespace mlw::syntax {

class Document {
 public:
  using Id = uint32_t;

  Id text(std::string text);
  /// A space, or a line end when the group around it is broken.
  Id line();
  /// Nothing, or a line end when the group around it is broken.
  Id soft_line();
  /// Always a line end; every group around it is broken.
  Id hard_line();
  /// A comment: printed at the end of the line that holds it, whatever follows there. Breaks every group around it.
  Id comment_behind(std::string text);
  Id join(std::vector<Id> parts);
  /// Lines broken inside are indented by two more spaces.
  Id indent(Id inner);
  /// Stays on one line when it fits, else all lines directly inside are broken.
  Id group(Id inner);
  /// Words in lines as full as they go.
  Id words(std::vector<std::string> words);

  /// The text in lines of at most `width` columns where that can be done, beginning at column `column`, with `depth`
  /// levels of indentation.
  std::string render(Id root, int width, int column, int depth) const;

 private:
  enum class Sort : uint8_t { text, line, soft_line, hard_line, comment, join, indent, group, words };
  struct Node {
    Sort sort;
    bool broken = false;  ///< a line end is certain
    std::string text;
    std::vector<Id> parts;
    std::vector<std::string> words;
  };
  struct Piece {
    Id id;
    int depth;
    bool flat;
  };
  class Renderer;

  Id add(Node node);

  std::vector<Node> nodes_;
};

}  // namespace mlw::syntax
