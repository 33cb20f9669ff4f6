#include <algorithm>

#include "compiler/syntax/limits.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/precedence.h"

namespace mlw::syntax {

using Sort = TokenSort;

File Parser::file() {
  File file;
  file.file = tokens_.file;
  header(file);
  file.items = body();
  file.dangling = comments_.before_end(tokens_.last(), file.workflow || !file.items.empty());
  return file;
}

/// `workflow wine "Which wine"`, if the file begins with it.
void Parser::header(File& file) {
  if (sort() != Sort::word_workflow) return;
  constexpr TokenSet behind_name{Sort::colon, Sort::assign, Sort::open_brace};
  const bool named = name_sorts.holds(tokens_.sort(1));
  const bool item_below = named && tokens_.list[1].first_on_line && behind_name.holds(tokens_.sort(2));
  if (!item_below && recovery_.begins_item(0)) return;
  if (!named || item_below) {
    mistakes_.no_workflow_name();
    at_ = item_below ? 1 : recovery_.resume_behind(0, 1);
    return;
  }
  file.trivia = comments_.before_item(0);
  ++at_;
  name(file.workflow.emplace());
  if (text_sorts.holds(sort())) text(file.title);
  keep_reports(true);
  CommentPlaces none;
  comments_.inside_item(0, at_ - 1, none, file.trivia);
  comments_.behind_item(at_ - 1, file.trivia);
  if (is_name() || recovery_.ends_body(at_) || tokens_.list[at_].first_on_line) return;
  fault({Sort::text});
  at_ = recovery_.resume_behind(at_, at_);
}

std::vector<Item> Parser::body() {
  std::vector<Item> items;
  for (skip_to_item(); !recovery_.ends_body(at_); skip_to_item()) item(items);
  return items;
}

/// What cannot begin an item is reported and left out.
void Parser::skip_to_item() {
  while (!recovery_.ends_body(at_) && !recovery_.begins_item(at_)) {
    if (mistakes_.swallowed_name(at_)) {
      --at_;  // give it back
    } else {
      mistakes_.no_item(at_);
      at_ = recovery_.resume_behind(at_, at_);
    }
  }
}

void Parser::item(std::vector<Item>& items) {
  const uint32_t first = at_;
  Item& item = items.emplace_back();
  item.trivia = comments_.before_item(first);
  item_ = first;
  places_.clear();
  const bool sound = content(item, first);
  keep_reports(sound);
  if (!sound) at_ = recovery_.resume_behind(first, fault_);
  item.range = tokens_.range_of(first, at_ - 1);
  if (sound) {
    comments_.behind_item(at_ - 1, item.trivia);
  } else if (std::holds_alternative<Function>(item.node) || std::holds_alternative<Waiver>(item.node)) {
    items.pop_back();  // too little is left of them
  }
}

/// The item without the comments around it; false after a fault.
bool Parser::content(Item& item, uint32_t first) {
  const Sort next = tokens_.sort(first + 1);
  const auto with_comments = [&](bool sound) {
    if (sound) comments_.inside_item(first, at_ - 1, places_, item.trivia);
    return sound;
  };
  switch (next) {
    case Sort::assign:
      return with_comments(definition(item.node.emplace<Definition>()));
    case Sort::colon:
    case Sort::comma:
      return with_comments(setting(item.node.emplace<Setting>()));
    case Sort::open_brace:
      return block(item.node.emplace<Block>(), item.trivia, first);
    case Sort::text:
    case Sort::block_text:
      return with_comments(importing(item.node.emplace<Import>()));
    default:
      break;
  }
  switch (tokens_.sort(first + 2)) {
    case Sort::open:
      return with_comments(function(item.node.emplace<Function>()));
    case Sort::word_because:
      return with_comments(waiver(item.node.emplace<Waiver>()));
    default:
      return block(item.node.emplace<Block>(), item.trivia, first);
  }
}

bool Parser::block(Block& block, Trivia& trivia, uint32_t first) {
  name(block.kind);
  for (; sort() != Sort::open_brace; at_ += sort() == Sort::comma ? 1 : 0) name(block.names.emplace_back());
  const uint32_t brace = at_++;
  CommentPlaces none;
  comments_.inside_item(first, brace, none, trivia);
  block.opening = comments_.behind(brace);
  block.items = body();
  if (!block.items.empty()) block.items.front().trivia.blank_line_before = false;
  fault_ = at_;
  if (sort() == Sort::end) return false;  // that the brace is missing was said
  block.dangling = comments_.before_end(at_++, !block.items.empty());
  return true;
}

bool Parser::setting(Setting& setting) {
  for (; sort() != Sort::colon; at_ += sort() == Sort::comma ? 1 : 0) name(setting.names.emplace_back());
  ++at_;
  return value(setting.value);
}

bool Parser::definition(Definition& definition) {
  name(definition.name);
  ++at_;
  return value(definition.value);
}

bool Parser::function(Function& function) {
  ++at_;
  name(function.name);
  ++at_;
  keep_places_ = false;
  const bool sound = parameters(function.parameters) && take(Sort::assign);
  keep_places_ = true;
  return sound && value(function.body);
}

/// Up to the closing parenthesis, which is taken.
bool Parser::parameters(std::vector<Parameter>& parameters) {
  while (sort() != Sort::close) {
    if (!is_name()) return fault({Sort::name, Sort::close});
    Parameter& parameter = parameters.emplace_back();
    name(parameter.name);
    if (sort() == Sort::colon) {
      ++at_;
      if (!value(parameter.fallback)) return false;
    }
    if (sort() == Sort::close) break;
    if (sort() != Sort::comma) return fault({Sort::comma, Sort::close});
    ++at_;
  }
  ++at_;
  return true;
}

bool Parser::importing(Import& import) {
  ++at_;
  if (!text(import.path)) return false;
  if (sort() != Sort::word_as || recovery_.begins_item(at_)) return true;
  ++at_;
  Name alias;
  if (!name(alias)) return false;
  import.alias = std::move(alias);
  return true;
}

bool Parser::waiver(Waiver& waiver) {
  ++at_;
  name(waiver.code);
  ++at_;
  return text(waiver.because);
}

/// The expression of an item; `Bad` in its place after a fault.
bool Parser::value(ExpressionPointer& value) {
  const uint32_t first = at_;
  if (Operand operand = expression()) {
    settle(operand, level::any, Token::none);
    value = std::move(operand.expression);
    return true;
  }
  value = std::make_unique<Expression>();
  value->node.emplace<Bad>();
  value->range = tokens_.range_of(first, std::max(first, at_ - 1));
  return false;
}

bool Parser::text(std::string& value) {
  if (!text_sorts.holds(sort())) return fault({Sort::text});
  const std::string_view words = tokens_.text_of(at_);
  value = sort() == Sort::text ? read_text(words, tokens_.range_of(at_), pending_).value : read_block_text(words).value;
  ++at_;
  return true;
}

bool Parser::name(Name& name) {
  if (!is_name()) return fault({Sort::name});
  name = read_name(tokens_.text_of(at_), tokens_.range_of(at_));
  ++at_;
  return true;
}

bool Parser::take(Sort sort) {
  if (this->sort() != sort) return fault({sort});
  ++at_;
  return true;
}

/// Reports that something else should stand here; always false.
bool Parser::fault(TokenSet expected) {
  fault_ = at_;
  mistakes_.unexpected(item_, at_, expected);
  return false;
}

/// What was found wrong with the values of an item that does not parse follows from that.
void Parser::keep_reports(bool sound) {
  if (pending_.empty()) return;
  if (sound && diagnostics_.all().size() < most_reports) diagnostics_.append(pending_);
  pending_ = Diagnostics();
}

}  // namespace mlw::syntax
