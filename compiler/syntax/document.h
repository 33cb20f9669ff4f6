#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text that knows where it may be broken into lines, after Wadler, "A prettier printer" (2003), with comments that are
/// held back until the line ends.
namespace mlw::syntax {

class Document {
 public:
  using Id = uint32_t;
  class Parts;

  Id text(std::string_view text);
  /// A space, or a line end when the group around it is broken.
  Id line();
  /// Nothing, or a line end when the group around it is broken.
  Id soft_line();
  /// Always a line end; every group around it is broken.
  Id hard_line();
  /// A comment: printed at the end of the line that holds it, whatever follows there. Breaks every group around it.
  Id comment_behind(std::string_view text);
  Id join(std::initializer_list<Id> parts) { return add_parts(Sort::join, {parts.begin(), parts.size()}); }
  /// Lines broken inside are indented by two more spaces.
  Id indent(Id inner) { return add_parts(Sort::indent, {&inner, 1}); }
  /// Stays on one line when it fits, else all lines directly inside are broken.
  Id group(Id inner) { return add_parts(Sort::group, {&inner, 1}); }

  /// Appends the text in lines of at most `width` columns where that can be done, beginning at column `column`, with
  /// `depth` levels of indentation.
  void render(Id root, int width, int column, int depth, std::string& out) const;

  /// Empty again, with the room that it has.
  void clear();

 private:
  enum class Sort : uint8_t { text, line, soft_line, hard_line, comment, join, indent, group, words };
  struct Node {
    Sort sort;
    bool broken = false;            ///< a line end is certain
    bool several_lines = false;     ///< holds a text that runs over lines
    uint32_t begin = 0, count = 0;  ///< of its characters or parts
    int width = 0;                  ///< in columns, when it stays on one line
  };
  class Renderer;

  Id add(const Node& node);
  Id add_text(Sort sort, std::string_view text);
  Id add_parts(Sort sort, std::span<const Id> parts);

  std::vector<Node> nodes_;
  std::vector<Id> parts_;
  std::string characters_;
  std::vector<Id> pending_;  ///< of the lists under way, one on top of the other
};

/// A list of parts under way, which ends with `join` or `words`. What is begun later must end first.
class Document::Parts {
 public:
  explicit Parts(Document& document) : document_(document), begin_(document.pending_.size()) {}
  Parts(const Parts&) = delete;

  void add(Id part) { document_.pending_.push_back(part); }
  /// One behind the other.
  Id join() { return end(Sort::join); }
  /// Texts, with spaces between, in lines as full as they go.
  Id words() { return end(Sort::words); }

 private:
  Id end(Sort sort);

  Document& document_;
  size_t begin_;
};

}  // namespace mlw::syntax
