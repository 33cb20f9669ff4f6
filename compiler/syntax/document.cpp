#include "compiler/syntax/document.h"

#include <algorithm>
#include <utility>

#include "compiler/diagnostics/characters.h"

namespace mlw::syntax {
namespace {

/// Wider than any line: beyond it nobody counts.
constexpr int very_wide = 1 << 20;

}  // namespace

Document::Id Document::add(const Node& node) {
  nodes_.push_back(node);
  return static_cast<Id>(nodes_.size() - 1);
}

Document::Id Document::add_text(Sort sort, std::string_view text) {
  const auto begin = static_cast<uint32_t>(characters_.size());
  characters_ += text;
  const size_t end = text.find('\n');
  return add({.sort = sort,
              .broken = sort == Sort::comment,
              .several_lines = end != std::string_view::npos,
              .begin = begin,
              .count = static_cast<uint32_t>(text.size()),
              .width = std::min(mlw::width(text.substr(0, end)), very_wide)});
}

Document::Id Document::add_parts(Sort sort, std::span<const Id> parts) {
  Node node{.sort = sort, .begin = static_cast<uint32_t>(parts_.size()), .count = static_cast<uint32_t>(parts.size())};
  for (Id part : parts) {
    const Node& inner = nodes_[part];
    parts_.push_back(part);
    node.broken |= inner.broken;
    node.several_lines |= inner.several_lines;
    node.width = std::min(node.width + inner.width, very_wide);
  }
  if (sort == Sort::words && !parts.empty()) node.width += static_cast<int>(parts.size()) - 1;
  return add(node);
}

Document::Id Document::text(std::string_view text) { return add_text(Sort::text, text); }
Document::Id Document::line() { return add({.sort = Sort::line, .width = 1}); }
Document::Id Document::soft_line() { return add({.sort = Sort::soft_line}); }
Document::Id Document::hard_line() { return add({.sort = Sort::hard_line, .broken = true}); }
Document::Id Document::comment_behind(std::string_view text) { return add_text(Sort::comment, text); }

Document::Id Document::Parts::end(Sort sort) {
  const Id whole = document_.add_parts(sort, std::span(document_.pending_).subspan(begin_));
  document_.pending_.resize(begin_);
  return whole;
}

void Document::clear() {
  nodes_.clear();
  parts_.clear();
  characters_.clear();
}

class Document::Renderer {
 public:
  Renderer(const Document& document, int width, int column, std::string& out)
      : document_(document), width_(width), column_(column), out_(out) {}

  void run(Id root, int depth) {
    stack_.push_back({root, depth, false});
    while (!stack_.empty()) {
      const Piece piece = stack_.back();
      stack_.pop_back();
      print(piece);
    }
    flush_comments();
  }

 private:
  struct Piece {
    Id id;
    int depth;
    bool flat;
  };

  const Node& node(Id id) const { return document_.nodes_[id]; }
  std::string_view text(const Node& node) const {
    return std::string_view(document_.characters_).substr(node.begin, node.count);
  }
  std::span<const Id> parts(const Node& node) const {
    return std::span(document_.parts_).subspan(node.begin, node.count);
  }

  /// What is inside of a node, the first part on top.
  void open(const Node& node, int depth, bool flat, std::vector<Piece>& stack) const {
    const std::span<const Id> inside = parts(node);
    for (size_t i = inside.size(); i-- > 0;) stack.push_back({inside[i], depth, flat});
  }

  void print(Piece piece) {
    const Node& node = this->node(piece.id);
    switch (node.sort) {
      case Sort::text:
        put(node);
        break;
      case Sort::comment:
        comments_.push_back(piece.id);
        break;
      case Sort::line:
      case Sort::soft_line:
      case Sort::hard_line:
        if (piece.flat && node.sort != Sort::hard_line) {
          if (node.sort == Sort::line) space();
        } else {
          end_line(piece.depth);
        }
        break;
      case Sort::join:
        open(node, piece.depth, piece.flat, stack_);
        break;
      case Sort::indent:
        open(node, piece.depth + 1, piece.flat, stack_);
        break;
      case Sort::group: {
        const bool flat = !node.broken && (piece.flat || fits({parts(node)[0], piece.depth, true}));
        open(node, piece.depth, flat, stack_);
        break;
      }
      case Sort::words:
        put_words(parts(node), piece);
        break;
    }
  }

  /// Whether what follows up to the next possible line end has room on this line.
  bool fits(Piece first) {
    int room = width_ - column_;
    ahead_.assign(1, first);
    size_t rest = stack_.size();
    while (room >= 0) {
      if (ahead_.empty()) {
        if (rest == 0) return true;
        ahead_.push_back(stack_[--rest]);
      }
      const Piece piece = ahead_.back();
      ahead_.pop_back();
      const Node& node = this->node(piece.id);
      if (piece.flat && !node.broken && !node.several_lines) {
        room -= node.width;
        continue;
      }
      switch (node.sort) {
        case Sort::text:
          room -= node.width;
          if (node.several_lines) return room >= 0;
          break;
        case Sort::comment:
          break;
        case Sort::hard_line:
          return true;
        case Sort::line:
        case Sort::soft_line:
          if (!piece.flat) return true;
          room -= node.width;
          break;
        case Sort::words:
          room -= node.width;
          break;
        case Sort::group:
          open(node, piece.depth, piece.flat || !node.broken, ahead_);
          break;
        default:
          open(node, piece.depth, piece.flat, ahead_);
      }
    }
    return false;
  }

  void indent() {
    if (indentation_ > 0) out_.append(static_cast<size_t>(std::exchange(indentation_, 0)), ' ');
  }

  void space() {
    indent();
    out_ += ' ';
    ++column_;
  }

  void put(const Node& node) {
    if (node.count == 0) return;
    indent();
    const std::string_view text = this->text(node);
    out_ += text;
    column_ = node.several_lines ? mlw::width(text.substr(text.rfind('\n') + 1)) : column_ + node.width;
  }

  void put_words(std::span<const Id> words, Piece piece) {
    for (size_t i = 0; i < words.size(); ++i) {
      const Node& word = node(words[i]);
      if (i > 0) {
        if (!piece.flat && column_ + 1 + word.width > width_) {
          end_line(piece.depth);
        } else {
          space();
        }
      }
      put(word);
    }
  }

  void flush_comments() {
    for (Id comment : comments_) {
      indent();
      out_ += "  ";
      out_ += text(node(comment));
    }
    comments_.clear();
  }

  void end_line(int depth) {
    flush_comments();
    out_ += '\n';
    column_ = indentation_ = 2 * depth;
  }

  const Document& document_;
  int width_;
  int column_;
  int indentation_ = 0;  ///< written only when something follows on the line
  std::string& out_;
  std::vector<Piece> stack_, ahead_;
  std::vector<Id> comments_;
};

void Document::render(Id root, int width, int column, int depth, std::string& out) const {
  Renderer(*this, width, column, out).run(root, depth);
}

}  // namespace mlw::syntax
