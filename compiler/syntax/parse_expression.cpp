#include <array>
#include <optional>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/precedence.h"

namespace mlw::syntax {
namespace {

using Sort = TokenSort;

/// What follows an expression and takes it for its left operand.
struct Operator {
  Tightness tightness = Tightness::none;
  Tightness right = Tightness::none;  ///< the least that its right operand is made of
  std::optional<BinaryOperator> binary;
};

constexpr std::array<Operator, token_sorts> operators = [] {
  std::array<Operator, token_sorts> table{};
  const auto set = [&](Sort sort, Tightness own, std::optional<BinaryOperator> binary = std::nullopt) {
    const auto next = static_cast<Tightness>(static_cast<int>(own) + 1);
    table[static_cast<size_t>(sort)] = {own, own == Tightness::power ? own : next, binary};  // 2^3^2 is 2^(3^2)
  };
  set(Sort::pipe, Tightness::pipe);
  set(Sort::bar, Tightness::bar);
  set(Sort::word_or, Tightness::logical_or, BinaryOperator::logical_or);
  set(Sort::word_and, Tightness::logical_and, BinaryOperator::logical_and);
  set(Sort::equal, Tightness::comparison, BinaryOperator::equal);
  set(Sort::not_equal, Tightness::comparison, BinaryOperator::not_equal);
  set(Sort::less, Tightness::comparison, BinaryOperator::less);
  set(Sort::less_equal, Tightness::comparison, BinaryOperator::less_equal);
  set(Sort::greater, Tightness::comparison, BinaryOperator::greater);
  set(Sort::greater_equal, Tightness::comparison, BinaryOperator::greater_equal);
  set(Sort::word_in, Tightness::comparison, BinaryOperator::in);
  set(Sort::scale, Tightness::scale);
  set(Sort::word_step, Tightness::step);
  set(Sort::dots, Tightness::range);
  set(Sort::plus, Tightness::sum, BinaryOperator::add);
  set(Sort::minus, Tightness::sum, BinaryOperator::subtract);
  set(Sort::times, Tightness::product, BinaryOperator::multiply);
  set(Sort::divide, Tightness::product, BinaryOperator::divide);
  set(Sort::power, Tightness::power, BinaryOperator::power);
  return table;
}();

const Operator& operator_of(Sort sort) { return operators[static_cast<size_t>(sort)]; }

bool is_comparison(Sort sort) { return operator_of(sort).tightness == Tightness::comparison; }
bool is_sequence(Sort sort) { return sort == Sort::bar || sort == Sort::pipe; }

/// What the operation is called in a message.
std::string outer_words(Sort sort) {
  switch (sort) {
    case Sort::pipe:
      return "a pipeline";
    case Sort::bar:
      return "a choice";
    case Sort::dots:
    case Sort::word_step:
      return "a range";
    default:
      return "a larger expression";
  }
}

}  // namespace

/// An expression of operators that hold at least as tightly as `least`.
Parser::Operand Parser::expression(Tightness least) {
  Operand left = operand();
  while (left) {
    const Tightness next = operator_of(sort()).tightness;
    if (next < least || next == Tightness::none) break;
    if (!extend(left)) return {};
  }
  return left;
}

/// What stands before the first operator that could take it for its left operand.
Parser::Operand Parser::operand() {
  if (is_name()) return reference();
  switch (sort()) {
    case Sort::number:
    case Sort::date:
    case Sort::text:
    case Sort::block_text:
    case Sort::word_true:
    case Sort::word_false:
    case Sort::word_missing:
      return literal();
    case Sort::open:
      return in_parentheses();
    case Sort::open_list:
      return list();
    case Sort::minus:
    case Sort::word_not:
      return unary();
    case Sort::word_let:
      return let();
    case Sort::word_if:
      return conditional();
    default:
      fault(value_begins);
      return {};
  }
}

/// Reads an operator and what follows it; `left` becomes the whole.
bool Parser::extend(Operand& left) {
  const uint32_t op = at_++;
  switch (tokens_.sort(op)) {
    case Sort::pipe:
    case Sort::bar:
      return stage(left, op);
    case Sort::dots:
      return range(left, op);
    case Sort::word_step:
    case Sort::scale:
      return spaced(left, op);
    default:
      return binary(left, op);
  }
}

bool Parser::binary(Operand& left, uint32_t op) {
  const Operator& sign = operator_of(tokens_.sort(op));
  const level::Operands sides = level::operands(*sign.binary);
  settle(left, sides.left, op);
  Operand right = expression(sign.right);
  if (!right) return false;
  settle(right, sides.right, op);
  auto expression = std::make_unique<Expression>();
  expression->node.emplace<Binary>(*sign.binary, std::move(left.expression), std::move(right.expression),
                                   tokens_.range_of(op));
  left = whole(std::move(expression), left.first, op);
  return true;
}

/// `a |> b |> c` and `a | b | c` are one node each; parentheses make a node of their own.
bool Parser::stage(Operand& left, uint32_t op) {
  const Sort sort = tokens_.sort(op);
  const auto stages = [&](Expression& expression) -> std::vector<ExpressionPointer>& {
    auto* pipeline = std::get_if<Pipeline>(&expression.node);
    return pipeline != nullptr ? pipeline->stages : std::get<Choice>(expression.node).arms;
  };
  const bool goes_on = left.op != Token::none && tokens_.sort(left.op) == sort;
  if (!goes_on) {
    settle(left, level::stage, op);
    part(left.expression, left.first, left.last, false);
    auto sequence = std::make_unique<Expression>();
    if (sort == Sort::pipe) {
      sequence->node.emplace<Pipeline>();
    } else {
      sequence->node.emplace<Choice>();
    }
    stages(*sequence).push_back(std::move(left.expression));
    left.expression = std::move(sequence);
  }
  Operand right = expression(operator_of(sort).right);
  if (!right) return false;
  settle(right, level::stage, op);
  part(right.expression, op, right.last, true);
  stages(*left.expression).push_back(std::move(right.expression));
  left = whole(std::move(left.expression), left.first, op);
  return true;
}

/// `low..high`
bool Parser::range(Operand& left, uint32_t op) {
  settle(left, level::sum, op);
  Operand high = expression(operator_of(Sort::dots).right);
  if (!high) return false;
  settle(high, level::sum, op);
  auto expression = std::make_unique<Expression>();
  auto& node = expression->node.emplace<Range>();
  node.low = std::move(left.expression);
  node.high = std::move(high.expression);
  left = whole(std::move(expression), left.first, op);
  return true;
}

/// The `step s` or `log` behind a range.
bool Parser::spaced(Operand& left, uint32_t op) {
  const bool behind_range = left.op != Token::none && tokens_.sort(left.op) == Sort::dots;
  if (!behind_range)
    pending_.report(kinds::scale_without_range, tokens_.range_of(op), {{"word", std::string(tokens_.text_of(op))}});
  Operand step;
  if (tokens_.sort(op) == Sort::word_step) {
    step = expression(operator_of(Sort::word_step).right);
    if (!step) return false;
  }
  if (behind_range) {
    auto& node = std::get<Range>(left.expression->node);
    if (step) settle(step, level::sum, op);
    node.log = !step;
    node.step = std::move(step.expression);
  } else {
    left.expression->node = Bad{};
  }
  left = whole(std::move(left.expression), left.first, op);
  return true;
}

Parser::Operand Parser::unary() {
  const uint32_t op = at_++;
  const bool minus = tokens_.sort(op) == Sort::minus;
  Operand inner = expression(minus ? Tightness::minus : Tightness::logical_not);
  if (!inner) return {};
  settle(inner, minus ? level::minus : level::logical_not, op);
  auto expression = std::make_unique<Expression>();
  expression->node.emplace<Unary>(minus ? UnaryOperator::negate : UnaryOperator::logical_not,
                                  std::move(inner.expression));
  return whole(std::move(expression), op, op);
}

Parser::Operand Parser::let() {
  const uint32_t op = at_++;
  auto expression = std::make_unique<Expression>();
  auto& node = expression->node.emplace<Let>();
  if (!name(node.name) || !take(Sort::assign)) return {};
  Operand value = this->expression();
  if (!value) return {};
  settle(value, level::binding, op);
  node.value = std::move(value.expression);
  if (!take(Sort::let_in)) return {};
  Operand body = this->expression(Tightness::let);
  if (!body) return {};
  settle(body, level::word, op);
  part(body.expression, body.first, body.last, true);
  node.body = std::move(body.expression);
  return whole(std::move(expression), op, op);
}

Parser::Operand Parser::conditional() {
  const uint32_t op = at_++;
  auto expression = std::make_unique<Expression>();
  auto& node = expression->node.emplace<Conditional>();
  Operand condition = this->expression();
  if (!condition || !take(Sort::word_then)) return {};
  settle(condition, level::any, op);
  node.condition = std::move(condition.expression);
  Operand then = this->expression();
  const uint32_t word_else = at_;
  if (!then || !take(Sort::word_else)) return {};
  settle(then, level::any, op);
  part(then.expression, then.first, then.last, false);
  node.then = std::move(then.expression);
  Operand otherwise = this->expression(Tightness::conditional);
  if (!otherwise) return {};
  settle(otherwise, level::word, op);
  part(otherwise.expression, word_else, otherwise.last, true);
  node.otherwise = std::move(otherwise.expression);
  return whole(std::move(expression), op, op);
}

Parser::Operand Parser::in_parentheses() {
  const uint32_t first = at_++;
  Operand inner = expression();
  if (!inner || !take(Sort::close)) return {};
  settle(inner, level::any, Token::none);
  return {std::move(inner.expression), first, at_ - 1, Token::none, true};
}

Parser::Operand Parser::literal() {
  const uint32_t token = at_++;
  const std::string_view words = tokens_.text_of(token);
  auto expression = std::make_unique<Expression>();
  switch (tokens_.sort(token)) {
    case Sort::number:
      expression->node = read_number(words, tokens_.range_of(token), pending_);
      break;
    case Sort::date:
      expression->node = read_date(words, tokens_.range_of(token), pending_);
      break;
    case Sort::text:
      expression->node = read_text(words, tokens_.range_of(token), pending_);
      break;
    case Sort::block_text:
      expression->node = read_block_text(words);
      break;
    case Sort::word_missing:
      expression->node.emplace<MissingLiteral>();
      break;
    default:
      expression->node = FlagLiteral{tokens_.sort(token) == Sort::word_true};
  }
  return whole(std::move(expression), token);
}

Parser::Operand Parser::list() {
  const uint32_t first = at_++;
  auto expression = std::make_unique<Expression>();
  auto& elements = expression->node.emplace<List>().elements;
  while (sort() != Sort::close_list) {
    Operand element = this->expression();
    if (!element) return {};
    settle(element, level::any, Token::none);
    part(element.expression, element.first, element.last, true);
    elements.push_back(std::move(element.expression));
    if (sort() == Sort::close_list) break;
    if (sort() != Sort::comma) return fault({Sort::comma, Sort::close_list}), Operand{};
    ++at_;
  }
  if (keep_places_) places_.lists.push_back({at_, expression.get()});
  ++at_;
  return whole(std::move(expression), first);
}

/// A name, or a call.
Parser::Operand Parser::reference() {
  const uint32_t first = at_;
  auto expression = std::make_unique<Expression>();
  QualifiedName& name = expression->node.emplace<Reference>().name;
  if (!qualified(name)) return {};
  if (sort() != Sort::open) return whole(std::move(expression), first);
  QualifiedName callee = std::move(name);
  auto& call = expression->node.emplace<Call>();
  call.callee = std::move(callee);
  ++at_;
  if (!arguments(call)) return {};
  if (keep_places_) places_.lists.push_back({at_ - 1, expression.get()});
  return whole(std::move(expression), first);
}

bool Parser::qualified(QualifiedName& name) {
  const uint32_t first = at_;
  do {
    if (at_ > first) ++at_;  // the point
    if (!this->name(name.parts.emplace_back())) return false;
  } while (sort() == Sort::dot);
  name.range = tokens_.range_of(first, at_ - 1);
  return true;
}

/// Up to the closing parenthesis, which is taken.
bool Parser::arguments(Call& call) {
  while (sort() != Sort::close) {
    const uint32_t first = at_;
    Argument& argument = call.arguments.emplace_back();
    if (is_name() && tokens_.sort(at_ + 1) == Sort::colon) {
      name(argument.name.emplace());
      ++at_;
    }
    Operand value = expression();
    if (!value) return false;
    settle(value, level::any, Token::none);
    part(value.expression, first, value.last, true);
    argument.value = std::move(value.expression);
    if (sort() == Sort::close) break;
    if (sort() != Sort::comma) return fault({Sort::comma, Sort::close});
    ++at_;
  }
  ++at_;
  return true;
}

/// An expression that ends with the token before the next one; `op` is its loosest operator.
Parser::Operand Parser::whole(ExpressionPointer expression, uint32_t first, uint32_t op) {
  expression->range = tokens_.range_of(first, at_ - 1);
  return {std::move(expression), first, at_ - 1, op, false};
}

/// The operand stands where `level` or tighter may stand without parentheses, in the operation of the token `outer`.
void Parser::settle(Operand& operand, int level, uint32_t outer) {
  if (!operand.enclosed) {
    if (level::of(*operand.expression) < level) require(operand, outer);
  } else if (keep_places_ && level::bare(*operand.expression, level)) {  // the printer will leave them out
    places_.ghosts.push_back(operand.first);
    places_.ghosts.push_back(operand.last);
  }
}

/// Reports why `inner` may not stand bare in the operation of the token `outer`.
void Parser::require(const Operand& inner, uint32_t outer) {
  const Sort inside = tokens_.sort(inner.op), around = tokens_.sort(outer);
  if (is_comparison(around) && is_comparison(inside)) {
    pending_.report(kinds::chained_comparison, tokens_.range_of(outer))
        .also_at(tokens_.range_of(inner.op), "the first comparison");
  } else if (is_sequence(around) && is_sequence(inside)) {
    pending_.report(kinds::choice_meets_pipeline, tokens_.range_of(outer))
        .also_at(tokens_.range_of(inner.op), "the other one");
  } else {
    pending_.report(kinds::needs_parentheses, inner.expression->range,
                    {{"inner", std::string(tokens_.text_of(inner.op))}, {"outer", outer_words(around)}});
  }
}

void Parser::part(const ExpressionPointer& expression, uint32_t first, uint32_t last, bool leads) {
  if (keep_places_) places_.parts.push_back({first, last, expression.get(), leads});
}

}  // namespace mlw::syntax
