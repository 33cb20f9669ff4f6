#include "compiler/syntax/comments.h"

#include <algorithm>

namespace mlw::syntax {
namespace {

bool is_documentation(const Comment& comment) { return comment.text.starts_with("##"); }

/// The words of a `##` line.
std::string documentation_of(const Comment& comment) {
  std::string_view text = comment.text.substr(2);
  if (text.starts_with(' ')) text.remove_prefix(1);
  return std::string(text);
}

void document(Trivia& trivia, const Comment& comment, bool& documented) {
  if (documented) trivia.documentation += '\n';
  trivia.documentation += documentation_of(comment);
  documented = true;
}

Comments& comments_of(Expression& expression) {
  if (!expression.comments) expression.comments = std::make_unique<Comments>();
  return *expression.comments;
}

/// Finds the place of one comment; tokens that will not be printed are looked through.
class Placer {
 public:
  Placer(const Tokens& tokens, CommentPlaces& places, uint32_t first, uint32_t last)
      : tokens_(tokens), places_(places), first_(first), last_(last) {
    std::sort(places.ghosts.begin(), places.ghosts.end());
    // Outer parts before inner ones.
    std::sort(places.parts.begin(), places.parts.end(),
              [](const Part& a, const Part& b) { return a.first != b.first ? a.first < b.first : a.last > b.last; });
    std::vector<uint32_t> open;  // the parts around the one under way
    for (uint32_t i = 0; i < places.parts.size(); ++i) {
      const Part& part = places.parts[i];
      while (!open.empty() && places.parts[open.back()].last < part.first) open.pop_back();
      around_.push_back(open.empty() ? none : open.back());
      open.push_back(i);
      if (part.leads) beginning_.push_back({skip_forward(part.first), part.expression});
      ending_.push_back({skip_back(part.last), part.expression});
    }
    std::stable_sort(ending_.begin(), ending_.end(), [](const Edge& a, const Edge& b) { return a.token < b.token; });
  }

  /// False when the comment belongs to the item as a whole.
  bool place(const Comment& comment, Trivia& item) {
    const uint32_t next = skip_forward(comment.next);
    uint32_t before = skip_back(comment.next - 1);
    if (tokens_.list[before].sort == TokenSort::comma && before > first_) before = skip_back(before - 1);
    if (!comment.own_line) {
      if (next > last_ && item.trailing.empty()) {
        item.trailing = comment.text;
        return true;
      }
      Expression* ended = next <= last_ ? at(ending_, before) : nullptr;
      if (ended != nullptr && comments_of(*ended).trailing.empty()) {
        ended->comments->trailing = comment.text;
        return true;
      }
    }
    if (Expression* closed = closed_by(next)) {
      comments_of(*closed).dangling.emplace_back(comment.text);
      return true;
    }
    Expression* begun = at(beginning_, next);
    Expression* led = begun != nullptr ? begun : innermost_around(next);
    if (led == nullptr) return false;
    comments_of(*led).leading.emplace_back(comment.text);
    return true;
  }

 private:
  static constexpr uint32_t none = UINT32_MAX;

  /// The token that a part begins or ends with.
  struct Edge {
    uint32_t token;
    Expression* expression;
  };

  /// The outermost part with that edge.
  static Expression* at(const std::vector<Edge>& edges, uint32_t token) {
    const auto found = std::partition_point(edges.begin(), edges.end(), [&](const Edge& e) { return e.token < token; });
    return found != edges.end() && found->token == token ? found->expression : nullptr;
  }

  Expression* closed_by(uint32_t token) const {
    const auto& lists = places_.lists;  // in the order of their ends, as they were read
    const auto found =
        std::partition_point(lists.begin(), lists.end(), [&](const BracketedList& list) { return list.close < token; });
    return found != lists.end() && found->close == token ? found->expression : nullptr;
  }

  bool ghost(uint32_t token) const { return std::binary_search(places_.ghosts.begin(), places_.ghosts.end(), token); }
  uint32_t skip_forward(uint32_t token) const {
    while (token <= last_ && ghost(token)) ++token;
    return token;
  }
  uint32_t skip_back(uint32_t token) const {
    while (token > first_ && ghost(token)) --token;
    return token;
  }

  /// The smallest part that has tokens on both sides of the comment: of those that enclose it, the last to begin.
  Expression* innermost_around(uint32_t next) const {
    const auto behind = std::partition_point(places_.parts.begin(), places_.parts.end(),
                                             [&](const Part& candidate) { return candidate.first < next; });
    auto i = static_cast<uint32_t>(behind - places_.parts.begin());
    for (i = i > 0 ? i - 1 : none; i != none; i = around_[i]) {
      const Part& part = places_.parts[i];
      if (part.leads && skip_forward(part.first) < next && next <= skip_back(part.last)) return part.expression;
    }
    return nullptr;
  }

  const Tokens& tokens_;
  CommentPlaces& places_;
  uint32_t first_, last_;
  std::vector<uint32_t> around_;          ///< the part that each part stands in
  std::vector<Edge> beginning_, ending_;  ///< ascending, outer parts first
};

}  // namespace

uint32_t CommentReader::last_line_before(uint32_t token) const {
  return std::max(token == 0 ? 0 : tokens_.list[token - 1].last_line, last_comment_line_);
}

Trivia CommentReader::before_item(uint32_t first) {
  Trivia trivia;
  uint32_t line = last_line_before(first);
  bool any = false, plain = false, documented = false;
  const auto blank_line = [&](uint32_t next) {
    const bool blank = next > line + 1 && line > 0;
    if (!any) {
      trivia.blank_line_before = blank;
    } else if (blank && plain && !trivia.leading.empty() && !trivia.leading.back().empty()) {
      trivia.leading.emplace_back();
    }
  };
  for (; next_ < tokens_.comments.size() && tokens_.comments[next_].next <= first; ++next_) {
    const Comment& comment = tokens_.comments[next_];
    blank_line(comment.line);
    any = true;
    plain = !is_documentation(comment);
    if (plain) {
      trivia.leading.emplace_back(comment.text);
    } else {
      document(trivia, comment, documented);
    }
    line = last_comment_line_ = comment.line;
  }
  blank_line(tokens_.list[first].line);
  return trivia;
}

void CommentReader::inside_item(uint32_t first, uint32_t last, CommentPlaces& places, Trivia& item) {
  const auto& comments = tokens_.comments;
  if (next_ == comments.size() || comments[next_].next <= first || comments[next_].next > last) return;
  Placer placer(tokens_, places, first, last);
  bool documented = !item.documentation.empty();
  for (; next_ < tokens_.comments.size() && tokens_.comments[next_].next <= last; ++next_) {
    const Comment& comment = tokens_.comments[next_];
    last_comment_line_ = comment.line;
    if (placer.place(comment, item)) continue;
    if (is_documentation(comment)) {
      document(item, comment, documented);
    } else {
      item.leading.emplace_back(comment.text);
    }
  }
}

std::string CommentReader::behind(uint32_t last) {
  if (next_ == tokens_.comments.size()) return "";
  const Comment& comment = tokens_.comments[next_];
  if (comment.next != last + 1 || comment.own_line) return "";
  ++next_;
  last_comment_line_ = comment.line;
  return std::string(comment.text);
}

void CommentReader::behind_item(uint32_t last, Trivia& item) {
  std::string comment = behind(last);
  if (comment.empty()) return;
  if (!item.trailing.empty()) item.leading.push_back(std::move(item.trailing));
  item.trailing = std::move(comment);
}

std::vector<std::string> CommentReader::before_end(uint32_t close, bool after_items) {
  std::vector<std::string> lines;
  uint32_t line = last_line_before(close);
  for (; next_ < tokens_.comments.size() && tokens_.comments[next_].next <= close; ++next_) {
    const Comment& comment = tokens_.comments[next_];
    const bool blank = comment.line > line + 1 && line > 0;
    if (blank && (after_items || !lines.empty())) lines.emplace_back();
    lines.emplace_back(comment.text);
    line = last_comment_line_ = comment.line;
  }
  return lines;
}

}  // namespace mlw::syntax
