#include "compiler/syntax/comments.h"

#include <algorithm>
#include <map>

#include "compiler/syntax/antlr.h"

namespace mlw::syntax {
namespace {

bool is_documentation(const Comment& comment) { return comment.text.starts_with("##"); }

/// The words of a `##` line.
std::string documentation_of(const Comment& comment) {
  std::string_view text = comment.text;
  text.remove_prefix(2);
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
    for (const Part& part : places.parts) {
      if (part.leads) beginning_.emplace(skip_forward(part.first), &part);
      ending_.emplace(skip_back(part.last), &part);
    }
    for (const BracketedList& list : places.lists) closing_.emplace(list.close, list.expression);
  }

  /// False when the comment belongs to the item as a whole.
  bool place(const Comment& comment, Trivia& item) {
    const uint32_t next = skip_forward(comment.next);
    uint32_t before = skip_back(comment.next - 1);
    if (tokens_.list[before].type == mlw::grammar::MlwParser::COMMA && before > first_) before = skip_back(before - 1);
    if (!comment.own_line) {
      if (next > last_ && item.trailing.empty()) {
        item.trailing = comment.text;
        return true;
      }
      const auto ended = ending_.find(before);
      if (next <= last_ && ended != ending_.end() && comments_of(*ended->second->expression).trailing.empty()) {
        ended->second->expression->comments->trailing = comment.text;
        return true;
      }
    }
    if (const auto closed = closing_.find(next); closed != closing_.end()) {
      comments_of(*closed->second).dangling.push_back(comment.text);
      return true;
    }
    const auto begun = beginning_.find(next);
    Expression* led = begun != beginning_.end() ? begun->second->expression : innermost_around(next);
    if (led == nullptr) return false;
    comments_of(*led).leading.push_back(comment.text);
    return true;
  }

 private:
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
    auto part = std::partition_point(places_.parts.begin(), places_.parts.end(),
                                     [&](const Part& candidate) { return candidate.first < next; });
    while (part != places_.parts.begin()) {
      --part;
      if (part->leads && skip_forward(part->first) < next && next <= skip_back(part->last)) return part->expression;
    }
    return nullptr;
  }

  const Tokens& tokens_;
  CommentPlaces& places_;
  uint32_t first_, last_;
  std::map<uint32_t, const Part*> beginning_, ending_;  ///< the outermost part that begins or ends with a token
  std::map<uint32_t, Expression*> closing_;
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
      trivia.leading.push_back(comment.text);
    } else {
      document(trivia, comment, documented);
    }
    line = last_comment_line_ = comment.line;
  }
  blank_line(tokens_.list[first].line);
  return trivia;
}

bool CommentReader::has_inside(uint32_t first, uint32_t last) const {
  return next_ < tokens_.comments.size() && tokens_.comments[next_].next > first &&
         tokens_.comments[next_].next <= last;
}

void CommentReader::inside_item(uint32_t first, uint32_t last, CommentPlaces& places, Trivia& item) {
  if (!has_inside(first, last)) return;
  Placer placer(tokens_, places, first, last);
  bool documented = !item.documentation.empty();
  for (; next_ < tokens_.comments.size() && tokens_.comments[next_].next <= last; ++next_) {
    const Comment& comment = tokens_.comments[next_];
    last_comment_line_ = comment.line;
    if (placer.place(comment, item)) continue;
    if (is_documentation(comment)) {
      document(item, comment, documented);
    } else {
      item.leading.push_back(comment.text);
    }
  }
}

std::string CommentReader::behind(uint32_t last) {
  if (next_ == tokens_.comments.size()) return "";
  const Comment& comment = tokens_.comments[next_];
  if (comment.next != last + 1 || comment.own_line) return "";
  ++next_;
  last_comment_line_ = comment.line;
  return comment.text;
}

std::vector<std::string> CommentReader::before_end(uint32_t close, bool after_items) {
  std::vector<std::string> lines;
  uint32_t line = last_line_before(close);
  for (; next_ < tokens_.comments.size() && tokens_.comments[next_].next <= close; ++next_) {
    const Comment& comment = tokens_.comments[next_];
    const bool blank = comment.line > line + 1 && line > 0;
    if (blank && (after_items || !lines.empty())) lines.emplace_back();
    lines.push_back(comment.text);
    line = last_comment_line_ = comment.line;
  }
  return lines;
}

}  // namespace mlw::syntax
