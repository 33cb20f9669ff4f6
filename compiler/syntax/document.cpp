#include "compiler/syntax/document.h"

#include <utility>

#include "compiler/diagnostics/characters.h"

namespace mlw::syntax {

Document::Id Document::add(Node node) {
  for (Id part : node.parts) node.broken |= nodes_[part].broken;
  nodes_.push_back(std::move(node));
  return static_cast<Id>(nodes_.size() - 1);
}

Document::Id Document::text(std::string text) { return add({.sort = Sort::text, .text = std::move(text)}); }
Document::Id Document::line() { return add({.sort = Sort::line}); }
Document::Id Document::soft_line() { return add({.sort = Sort::soft_line}); }
Document::Id Document::hard_line() { return add({.sort = Sort::hard_line, .broken = true}); }
Document::Id Document::comment_behind(std::string text) {
  return add({.sort = Sort::comment, .broken = true, .text = std::move(text)});
}
Document::Id Document::join(std::vector<Id> parts) { return add({.sort = Sort::join, .parts = std::move(parts)}); }
Document::Id Document::indent(Id inner) { return add({.sort = Sort::indent, .parts = {inner}}); }
Document::Id Document::group(Id inner) { return add({.sort = Sort::group, .parts = {inner}}); }
Document::Id Document::words(std::vector<std::string> words) {
  return add({.sort = Sort::words, .words = std::move(words)});
}

class Document::Renderer {
 public:
  Renderer(const Document& document, int width, int column) : nodes_(document.nodes_), width_(width), column_(column) {}

  std::string run(Id root, int depth) {
    stack_.push_back({root, depth, false});
    while (!stack_.empty()) {
      const Piece piece = stack_.back();
      stack_.pop_back();
      print(piece);
    }
    flush_comments();
    return std::move(out_);
  }

 private:
  void print(Piece piece) {
    const Node& node = nodes_[piece.id];
    switch (node.sort) {
      case Sort::text:
        put(node.text);
        break;
      case Sort::comment:
        comments_.push_back(&node.text);
        break;
      case Sort::line:
      case Sort::soft_line:
      case Sort::hard_line:
        if (piece.flat && node.sort != Sort::hard_line) {
          if (node.sort == Sort::line) put(" ");
        } else {
          end_line(piece.depth);
        }
        break;
      case Sort::join:
        for (size_t i = node.parts.size(); i-- > 0;) stack_.push_back({node.parts[i], piece.depth, piece.flat});
        break;
      case Sort::indent:
        stack_.push_back({node.parts[0], piece.depth + 1, piece.flat});
        break;
      case Sort::group: {
        const bool flat = !node.broken && (piece.flat || fits({node.parts[0], piece.depth, true}));
        stack_.push_back({node.parts[0], piece.depth, flat});
        break;
      }
      case Sort::words:
        put_words(node.words, piece);
        break;
    }
  }

  /// Whether what follows up to the next possible line end has room on this line.
  bool fits(Piece first) const {
    int room = width_ - column_;
    std::vector<Piece> ahead{first};
    size_t rest = stack_.size();
    while (room >= 0) {
      if (ahead.empty()) {
        if (rest == 0) return true;
        ahead.push_back(stack_[--rest]);
      }
      const Piece piece = ahead.back();
      ahead.pop_back();
      const Node& node = nodes_[piece.id];
      switch (node.sort) {
        case Sort::text: {
          const size_t end = node.text.find('\n');
          room -= width(std::string_view(node.text).substr(0, end));
          if (end != std::string::npos) return room >= 0;
          break;
        }
        case Sort::comment:
          break;
        case Sort::hard_line:
          return true;
        case Sort::line:
        case Sort::soft_line:
          if (!piece.flat) return true;
          room -= node.sort == Sort::line ? 1 : 0;
          break;
        case Sort::words:
          for (const std::string& word : node.words) room -= width(word) + 1;
          ++room;
          break;
        case Sort::group:
          ahead.push_back({node.parts[0], piece.depth, piece.flat || !node.broken});
          break;
        default:
          for (size_t i = node.parts.size(); i-- > 0;) ahead.push_back({node.parts[i], piece.depth, piece.flat});
      }
    }
    return false;
  }

  void put(std::string_view text) {
    if (text.empty()) return;
    if (indentation_ > 0) out_.append(static_cast<size_t>(std::exchange(indentation_, 0)), ' ');
    out_ += text;
    const size_t last = text.rfind('\n');
    column_ = last == std::string_view::npos ? column_ + width(text) : width(text.substr(last + 1));
  }

  void put_words(const std::vector<std::string>& words, Piece piece) {
    for (size_t i = 0; i < words.size(); ++i) {
      if (i > 0) {
        if (!piece.flat && column_ + 1 + width(words[i]) > width_) {
          end_line(piece.depth);
        } else {
          put(" ");
        }
      }
      put(words[i]);
    }
  }

  void flush_comments() {
    for (const std::string* comment : comments_) put("  "), put(*comment);
    comments_.clear();
  }

  void end_line(int depth) {
    flush_comments();
    out_ += '\n';
    column_ = indentation_ = 2 * depth;
  }

  const std::vector<Node>& nodes_;
  int width_;
  int column_;
  int indentation_ = 0;  ///< written only when something follows on the line
  std::string out_;
  std::vector<Piece> stack_;
  std::vector<const std::string*> comments_;
};

std::string Document::render(Id root, int width, int column, int depth) const {
  return Renderer(*this, width, column).run(root, depth);
}

}  // namespace mlw::syntax
