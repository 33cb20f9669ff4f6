#include <optional>

#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/build.h"
#include "compiler/syntax/literals.h"
#include "compiler/syntax/precedence.h"

namespace mlw::syntax {
namespace {

using Sort = mlw::grammar::MlwParser;
using Parser = mlw::grammar::MlwParser;

std::optional<BinaryOperator> binary_operator(size_t type) {
  switch (type) {
    case Sort::PLUS:
      return BinaryOperator::add;
    case Sort::MINUS:
      return BinaryOperator::subtract;
    case Sort::TIMES:
      return BinaryOperator::multiply;
    case Sort::DIVIDE:
      return BinaryOperator::divide;
    case Sort::POWER:
      return BinaryOperator::power;
    case Sort::EQUAL:
      return BinaryOperator::equal;
    case Sort::NOT_EQUAL:
      return BinaryOperator::not_equal;
    case Sort::LESS:
      return BinaryOperator::less;
    case Sort::LESS_EQUAL:
      return BinaryOperator::less_equal;
    case Sort::GREATER:
      return BinaryOperator::greater;
    case Sort::GREATER_EQUAL:
      return BinaryOperator::greater_equal;
    case Sort::IN:
      return BinaryOperator::in;
    case Sort::AND:
      return BinaryOperator::logical_and;
    case Sort::OR:
      return BinaryOperator::logical_or;
    default:
      return std::nullopt;
  }
}

size_t operator_type(Parser::ExpressionContext* context) { return context->op == nullptr ? 0 : context->op->getType(); }

bool is_comparison(Parser::ExpressionContext* context) {
  const auto op = binary_operator(operator_type(context));
  return op && level::of(*op) == level::comparison;
}

bool is_sequence(Parser::ExpressionContext* context) {
  return operator_type(context) == Sort::BAR || operator_type(context) == Sort::PIPE;
}

/// What the operation is called in a message.
std::string outer_words(Parser::ExpressionContext* context) {
  switch (operator_type(context)) {
    case Sort::PIPE:
      return "a pipeline";
    case Sort::BAR:
      return "a choice";
    case Sort::DOTS:
    case Sort::STEP:
      return "a range";
    default:
      return "a larger expression";
  }
}

}  // namespace

SourceRange ExpressionBuilder::range(antlr4::ParserRuleContext* context) const {
  const Token& first = tokens_.list[context->start->getTokenIndex()];
  // After a fault a rule may have ended before it began.
  const bool ended = context->stop != nullptr && context->stop->getTokenIndex() >= context->start->getTokenIndex();
  const Token& last = ended ? tokens_.list[context->stop->getTokenIndex()] : first;
  return {tokens_.file, first.begin, last.end};
}

Name ExpressionBuilder::name(Parser::NameContext* context) const {
  const auto token = static_cast<uint32_t>(context->start->getTokenIndex());
  return read_name(tokens_.text_of(token), tokens_.range_of(token));
}

TextLiteral ExpressionBuilder::text(Parser::TextContext* context) {
  const auto token = static_cast<uint32_t>(context->start->getTokenIndex());
  if (tokens_.list[token].type == Sort::BLOCK_TEXT) return read_block_text(tokens_.text_of(token));
  return read_text(tokens_.text_of(token), tokens_.range_of(token), diagnostics_);
}

ExpressionPointer ExpressionBuilder::value(Context* context, CommentPlaces* places) {
  places_ = places;
  return operand(context, level::any, nullptr);
}

void ExpressionBuilder::part(Expression& expression, size_t first, size_t last, bool leads) {
  if (places_ == nullptr) return;
  places_->parts.push_back({static_cast<uint32_t>(first), static_cast<uint32_t>(last), &expression, leads});
}

/// An expression where `level` or tighter may stand without parentheses. `outer` is the operation it is part of.
ExpressionPointer ExpressionBuilder::operand(Context* context, int level, Context* outer) {
  if (PrimaryContext* primary = context->primary();
      primary != nullptr && primary->OPEN() && primary->qualified() == nullptr)
    return in_parentheses(primary, level);
  ExpressionPointer expression = build(context);
  if (level::of(*expression) < level) require(*expression, context, outer);
  return expression;
}

ExpressionPointer ExpressionBuilder::in_parentheses(PrimaryContext* primary, int level) {
  ExpressionPointer expression = operand(primary->expression(0), level::any, nullptr);
  if (places_ != nullptr && level::bare(*expression, level)) {  // the printer will leave them out
    places_->ghosts.push_back(static_cast<uint32_t>(primary->start->getTokenIndex()));
    places_->ghosts.push_back(static_cast<uint32_t>(primary->stop->getTokenIndex()));
  }
  return expression;
}

/// Reports why `inner` may not stand bare in `outer`.
void ExpressionBuilder::require(const Expression& inner, Context* context, Context* outer) {
  if (std::holds_alternative<Bad>(inner.node)) return;
  if (is_comparison(outer) && is_comparison(context)) {
    const auto op = static_cast<uint32_t>(outer->op->getTokenIndex());
    diagnostics_.report(kinds::chained_comparison, tokens_.range_of(op))
        .also_at(tokens_.range_of(static_cast<uint32_t>(context->op->getTokenIndex())), "the first comparison");
    return;
  }
  if (is_sequence(outer) && is_sequence(context)) {
    diagnostics_
        .report(kinds::choice_meets_pipeline, tokens_.range_of(static_cast<uint32_t>(outer->op->getTokenIndex())))
        .also_at(tokens_.range_of(static_cast<uint32_t>(context->op->getTokenIndex())), "the other one");
    return;
  }
  const auto op = static_cast<uint32_t>(context->op->getTokenIndex());
  diagnostics_.report(kinds::needs_parentheses, inner.range,
                      {{"inner", std::string(tokens_.text_of(op))}, {"outer", outer_words(outer)}});
}

ExpressionPointer ExpressionBuilder::build(Context* context) {
  auto expression = std::make_unique<Expression>();
  switch (operator_type(context)) {
    case 0:
      *expression = this->primary(context->primary());
      break;
    case Sort::BAR:
    case Sort::PIPE:
      *expression = sequence(context);
      break;
    case Sort::LET:
      *expression = let(context);
      break;
    case Sort::IF:
      *expression = conditional(context);
      break;
    case Sort::DOTS:
    case Sort::STEP:
    case Sort::SCALE:
      *expression = spaced_range(context);
      break;
    case Sort::NOT:
      expression->node =
          Unary{UnaryOperator::logical_not, operand(context->expression(0), level::logical_not, context)};
      break;
    default:
      *expression = binary(context);
  }
  expression->range = range(context);
  PrimaryContext* primary = context->primary();
  const bool bracketed =
      std::holds_alternative<Call>(expression->node) || std::holds_alternative<List>(expression->node);
  if (places_ != nullptr && bracketed)
    places_->lists.push_back({static_cast<uint32_t>(primary->stop->getTokenIndex()), expression.get()});
  return expression;
}

Expression ExpressionBuilder::binary(Context* context) {
  Expression expression;
  if (context->expression().size() == 1) {
    expression.node = Unary{UnaryOperator::negate, operand(context->expression(0), level::minus, context)};
    return expression;
  }
  const BinaryOperator op = *binary_operator(operator_type(context));
  const level::Operands sides = level::operands(op);
  Binary node{op, operand(context->expression(0), sides.left, context),
              operand(context->expression(1), sides.right, context),
              tokens_.range_of(static_cast<uint32_t>(context->op->getTokenIndex()))};
  expression.node = std::move(node);
  return expression;
}

/// `a |> b |> c` is one node; parentheses make a node of their own.
void ExpressionBuilder::add_stages(Context* context, std::vector<ExpressionPointer>& stages) {
  Context* left = context->expression(0);
  Context* right = context->expression(1);
  if (operator_type(left) == operator_type(context)) {
    add_stages(left, stages);
  } else {
    stages.push_back(operand(left, level::stage, context));
    part(*stages.back(), left->start->getTokenIndex(), left->stop->getTokenIndex(), false);
  }
  stages.push_back(operand(right, level::stage, context));
  part(*stages.back(), context->op->getTokenIndex(), right->stop->getTokenIndex(), true);
}

Expression ExpressionBuilder::sequence(Context* context) {
  std::vector<ExpressionPointer> stages;
  add_stages(context, stages);
  Expression expression;
  if (operator_type(context) == Sort::PIPE) {
    expression.node = Pipeline{std::move(stages)};
  } else {
    expression.node = Choice{std::move(stages)};
  }
  return expression;
}

Expression ExpressionBuilder::spaced_range(Context* context) {
  Expression expression;
  if (operator_type(context) == Sort::DOTS) {
    Range node;
    node.low = operand(context->expression(0), level::sum, context);
    node.high = operand(context->expression(1), level::sum, context);
    expression.node = std::move(node);
    return expression;
  }
  const auto op = static_cast<uint32_t>(context->op->getTokenIndex());
  Context* spaced = context->expression(0);
  if (operator_type(spaced) != Sort::DOTS) {
    diagnostics_.report(kinds::scale_without_range, tokens_.range_of(op), {{"word", std::string(tokens_.text_of(op))}});
    expression.node = Bad{};
    return expression;
  }
  expression = spaced_range(spaced);
  auto& node = std::get<Range>(expression.node);
  node.log = operator_type(context) == Sort::SCALE;
  if (!node.log) node.step = operand(context->expression(1), level::sum, context);
  return expression;
}

Expression ExpressionBuilder::let(Context* context) {
  Context* body = context->expression(1);
  Let node{name(context->name()), operand(context->expression(0), level::binding, context),
           operand(body, level::word, context)};
  part(*node.body, body->start->getTokenIndex(), body->stop->getTokenIndex(), true);
  Expression expression;
  expression.node = std::move(node);
  return expression;
}

Expression ExpressionBuilder::conditional(Context* context) {
  Context* then = context->expression(1);
  Context* otherwise = context->expression(2);
  Conditional node{operand(context->expression(0), level::any, context), operand(then, level::any, context),
                   operand(otherwise, level::word, context)};
  part(*node.then, then->start->getTokenIndex(), then->stop->getTokenIndex(), false);
  part(*node.otherwise, context->ELSE()->getSymbol()->getTokenIndex(), otherwise->stop->getTokenIndex(), true);
  Expression expression;
  expression.node = std::move(node);
  return expression;
}

Expression ExpressionBuilder::primary(PrimaryContext* context) {
  if (context->qualified() != nullptr) return call(context);
  if (context->OPEN_LIST() != nullptr) return list(context);
  Expression expression;
  if (context->text() != nullptr) {
    expression.node = text(context->text());
    return expression;
  }
  const auto token = static_cast<uint32_t>(context->start->getTokenIndex());
  switch (tokens_.list[token].type) {
    case Sort::NUMBER:
      expression.node = read_number(tokens_.text_of(token), tokens_.range_of(token), diagnostics_);
      break;
    case Sort::DATE:
      expression.node = read_date(tokens_.text_of(token), tokens_.range_of(token), diagnostics_);
      break;
    case Sort::TRUE:
      expression.node = FlagLiteral{true};
      break;
    case Sort::FALSE:
      expression.node = FlagLiteral{false};
      break;
    default:
      expression.node = MissingLiteral{};
  }
  return expression;
}

Expression ExpressionBuilder::call(PrimaryContext* context) {
  QualifiedName callee;
  for (Parser::NameContext* part : context->qualified()->name()) callee.parts.push_back(name(part));
  callee.range = range(context->qualified());
  Expression expression;
  if (context->OPEN() == nullptr) {
    expression.node = Reference{std::move(callee)};
    return expression;
  }
  Call node{std::move(callee), {}};
  for (Parser::ArgumentContext* argument : context->argument()) {
    Argument& added = node.arguments.emplace_back();
    if (argument->name() != nullptr) added.name = name(argument->name());
    added.value = operand(argument->expression(), level::any, nullptr);
    part(*added.value, argument->start->getTokenIndex(), argument->stop->getTokenIndex(), true);
  }
  expression.node = std::move(node);
  return expression;
}

Expression ExpressionBuilder::list(PrimaryContext* context) {
  List node;
  for (Parser::ExpressionContext* element : context->expression()) {
    node.elements.push_back(operand(element, level::any, nullptr));
    part(*node.elements.back(), element->start->getTokenIndex(), element->stop->getTokenIndex(), true);
  }
  Expression expression;
  expression.node = std::move(node);
  return expression;
}

}  // namespace mlw::syntax
