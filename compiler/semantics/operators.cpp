#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/formula_builder.h"
#include "compiler/syntax/syntax.h"

namespace mlw::semantics {
namespace {

using syntax::BinaryOperator;

std::string_view sign(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::add:
      return "+";
    case BinaryOperator::subtract:
      return "-";
    case BinaryOperator::multiply:
      return "*";
    case BinaryOperator::divide:
      return "/";
    case BinaryOperator::power:
      return "^";
    case BinaryOperator::equal:
      return "==";
    case BinaryOperator::not_equal:
      return "!=";
    case BinaryOperator::less:
      return "<";
    case BinaryOperator::less_equal:
      return "<=";
    case BinaryOperator::greater:
      return ">";
    case BinaryOperator::greater_equal:
      return ">=";
    case BinaryOperator::in:
      return "in";
    case BinaryOperator::logical_and:
      return "and";
    case BinaryOperator::logical_or:
      return "or";
  }
  return "";
}

Operation operation_of(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::add:
      return Operation::add;
    case BinaryOperator::subtract:
      return Operation::subtract;
    case BinaryOperator::multiply:
      return Operation::multiply;
    case BinaryOperator::divide:
      return Operation::divide;
    case BinaryOperator::power:
      return Operation::power;
    case BinaryOperator::equal:
      return Operation::equal;
    case BinaryOperator::not_equal:
      return Operation::not_equal;
    case BinaryOperator::less:
      return Operation::less;
    case BinaryOperator::less_equal:
      return Operation::less_equal;
    case BinaryOperator::greater:
      return Operation::greater;
    case BinaryOperator::greater_equal:
      return Operation::greater_equal;
    case BinaryOperator::in:
      return Operation::in;
    case BinaryOperator::logical_and:
      return Operation::logical_and;
    case BinaryOperator::logical_or:
      return Operation::logical_or;
  }
  return Operation::missing;
}

std::string quoted_sign(BinaryOperator op) { return '`' + std::string(sign(op)) + '`'; }

bool is_logic(BinaryOperator op) { return op == BinaryOperator::logical_and || op == BinaryOperator::logical_or; }
bool is_comparison(BinaryOperator op) { return op >= BinaryOperator::equal && op <= BinaryOperator::greater_equal; }
bool is_equality(BinaryOperator op) { return op == BinaryOperator::equal || op == BinaryOperator::not_equal; }

bool is_missing_literal(const syntax::Expression& expression) {
  return std::holds_alternative<syntax::MissingLiteral>(expression.node);
}

/// Of a product: EUR times nothing is EUR; EUR times h is EUR*h.
std::string unit_of_product(const Value& left, const Value& right) {
  if (left.unit().empty()) return right.unit();
  if (right.unit().empty()) return left.unit();
  return left.unit() < right.unit() ? left.unit() + "*" + right.unit() : right.unit() + "*" + left.unit();
}

std::string unit_of_quotient(const Value& left, const Value& right) {
  if (left.unit() == right.unit()) return {};
  if (right.unit().empty()) return left.unit();
  return (left.unit().empty() ? "1" : left.unit()) + "/" + right.unit();
}

Value made(Operation operation, ValueType type, std::vector<FormulaPointer> arguments, std::string unit,
           SourceRange range) {
  return {make_node(operation, type, std::move(arguments), std::move(unit), range)};
}

}  // namespace

Value FormulaBuilder::unary(const syntax::Expression& expression, const syntax::Unary& unary) {
  Value operand = build(*unary.operand);
  const SourceRange range = expression.range;
  const bool negate = unary.op == syntax::UnaryOperator::negate;
  const bool fits =
      negate ? numeric(operand.type()) || operand.type() == ValueType::duration : operand.type() == ValueType::flag;
  if (!operand.known()) return unknown_value(range);
  if (!fits) {
    context_.report(kinds::wrong_type, range,
                    {{"place", negate ? "`-`" : "`not`"},
                     {"expected", negate ? "a number" : "a condition"},
                     {"found", a(operand.type())},
                     {"help", negate ? "" : "compare it with something: `not (x > 0)`"}});
    return unknown_value(range);
  }
  if (!negate) return made(Operation::logical_not, ValueType::flag, {operand.formula}, {}, range);
  // A negative literal is a constant.
  if (operand.formula->operation == Operation::constant) {
    auto copy = std::make_shared<Formula>(*operand.formula);
    if (auto* number = std::get_if<double>(&copy->value)) *number = -*number;
    if (auto* integer = std::get_if<int64_t>(&copy->value)) *integer = -*integer;
    copy->range = range;
    operand.formula = copy;
    operand.literal = -operand.literal;
    return operand;
  }
  return made(Operation::negate, operand.type(), {operand.formula}, operand.unit(), range);
}

Value FormulaBuilder::binary(const syntax::Expression& expression, const syntax::Binary& binary) {
  if (binary.op == BinaryOperator::in) return membership(expression, binary);
  if (is_equality(binary.op) && (is_missing_literal(*binary.left) || is_missing_literal(*binary.right)))
    return compared_with_missing(expression, binary, is_missing_literal(*binary.left));
  Value left = build(*binary.left);
  Value right = build(*binary.right);
  if (is_logic(binary.op)) return logic(expression, binary, std::move(left), std::move(right));
  if (is_comparison(binary.op)) return comparison(expression, binary, std::move(left), std::move(right));
  return arithmetic(expression, binary, std::move(left), std::move(right));
}

Value FormulaBuilder::compared_with_missing(const syntax::Expression& expression, const syntax::Binary& binary,
                                            bool left_missing) {
  const syntax::Expression& other = left_missing ? *binary.right : *binary.left;
  const std::string call = "is_missing(" + syntax::print(other) + ")";
  context_.report(kinds::compared_with_missing, expression.range)
      .suggest(expression.range, binary.op == BinaryOperator::equal ? call : "not " + call);
  return unknown_value(expression.range);
}

Value FormulaBuilder::wrong_operands(const syntax::Binary& binary, const Value& left, const Value& right,
                                     std::string help) {
  context_
      .report(kinds::wrong_type, binary.operator_range,
              {{"place", quoted_sign(binary.op)},
               {"expected", is_logic(binary.op) ? "conditions" : "numbers"},
               {"found", left.type() == right.type() ? "two of type " + std::string(name(left.type()))
                                                     : a(left.type()) + " and " + a(right.type())},
               {"help", std::move(help)}})
      .also_at(left.range(), a(left.type()))
      .also_at(right.range(), a(right.type()));
  return unknown_value(binary.operator_range);
}

Value FormulaBuilder::logic(const syntax::Expression& expression, const syntax::Binary& binary, Value left,
                            Value right) {
  auto wrong = [](const Value& value) { return value.known() && value.type() != ValueType::flag; };
  if (wrong(left) || wrong(right))
    return left.known() && right.known() ? wrong_operands(binary, left, right, "compare first: `x > 0 and y > 0`")
                                         : unknown_value(expression.range);
  if (left.is_missing()) left.formula = with_type(left.formula, ValueType::flag);
  if (right.is_missing()) right.formula = with_type(right.formula, ValueType::flag);
  return made(operation_of(binary.op), ValueType::flag, {left.formula, right.formula}, {}, expression.range);
}

Value FormulaBuilder::comparison(const syntax::Expression& expression, const syntax::Binary& binary, Value left,
                                 Value right) {
  const bool known = left.known() && right.known();
  if (!is_equality(binary.op) && !take_places(binary, left, right)) return unknown_value(expression.range);
  if (!meet(left, right, binary.operator_range, quoted_sign(binary.op)) && known)
    return unknown_value(expression.range);
  const ValueType type = left.type();
  if (known && !is_equality(binary.op) && (type == ValueType::flag || type == ValueType::category)) {
    wrong_operands(binary, left, right,
                   type == ValueType::flag ? "these have no order: compare with `==`"
                                           : "these have no order: compare with `==` or `in [ … ]`, or declare it: "
                                             "`size: ordinal([\"small\", \"large\"])`");
    return unknown_value(expression.range);
  }
  return made(operation_of(binary.op), ValueType::flag, {left.formula, right.formula}, {}, expression.range);
}

/// Dates and durations; none when neither side is one of them.
std::optional<Value> FormulaBuilder::time_arithmetic(const syntax::Expression& expression, const syntax::Binary& binary,
                                                     const Value& left, const Value& right) {
  const SourceRange range = expression.range;
  const ValueType l = left.type(), r = right.type();
  const auto time = [](ValueType type) { return type == ValueType::date || type == ValueType::duration; };
  if (!time(l) && !time(r)) return std::nullopt;
  const bool plus = binary.op == BinaryOperator::add, minus = binary.op == BinaryOperator::subtract;
  const Operation operation = operation_of(binary.op);
  if (minus && l == ValueType::date && r == ValueType::date)
    return made(operation, ValueType::duration, {left.formula, right.formula}, {}, range);
  if ((plus || minus) && r == ValueType::duration && time(l))
    return made(operation, l, {left.formula, right.formula}, {}, range);
  if (plus && l == ValueType::duration && r == ValueType::date)
    return made(operation, ValueType::date, {left.formula, right.formula}, {}, range);
  if (binary.op == BinaryOperator::divide && l == ValueType::duration && r == ValueType::duration)
    return made(Operation::divide, ValueType::number,
                {make_node(Operation::seconds, ValueType::number, {left.formula}, {}, left.range()),
                 make_node(Operation::seconds, ValueType::number, {right.formula}, {}, right.range())},
                {}, range);
  return wrong_operands(binary, left, right,
                        "`days(x)`, `hours(x)`, `minutes(x)` and `seconds(x)` make a number of a duration");
}

Value FormulaBuilder::arithmetic(const syntax::Expression& expression, const syntax::Binary& binary, Value left,
                                 Value right) {
  const SourceRange range = expression.range;
  const bool sum = binary.op == BinaryOperator::add || binary.op == BinaryOperator::subtract;
  adopt_unit(left, right);
  adopt_unit(right, left);
  if (!left.known() && !right.known()) {
    if (left.is_missing() && right.is_missing()) return unknown_value(range);
    return made(operation_of(binary.op), ValueType::unknown, {left.formula, right.formula}, {}, range);
  }
  if (left.is_missing()) left.formula = with_type(left.formula, right.type());
  if (right.is_missing()) right.formula = with_type(right.formula, left.type());
  if (!left.known() || !right.known())
    return made(operation_of(binary.op), ValueType::unknown, {left.formula, right.formula}, {}, range);
  if (std::optional<Value> value = time_arithmetic(expression, binary, left, right)) return *value;
  if (!numeric(left.type()) || !numeric(right.type())) {
    const bool texts = textual(left.type()) && textual(right.type());
    const bool flags = left.type() == ValueType::flag || right.type() == ValueType::flag;
    return wrong_operands(binary, left, right,
                          texts   ? "`concat(a, b)` puts texts behind each other"
                          : flags ? "`if c then 1 else 0` or `to_number(c)` makes a number of a condition"
                                  : "only numbers can be computed with");
  }
  const bool fraction = binary.op == BinaryOperator::divide || binary.op == BinaryOperator::power;
  if (fraction || left.type() != right.type()) {
    left.formula = as_number(left.formula);
    right.formula = as_number(right.formula);
  }
  std::string unit;
  if (sum) {
    const std::optional<std::string> common = common_unit(left, right, binary.operator_range);
    if (!common) return unknown_value(range);
    unit = *common;
  } else if (binary.op == BinaryOperator::multiply) {
    unit = unit_of_product(left, right);
  } else if (binary.op == BinaryOperator::divide) {
    unit = unit_of_quotient(left, right);
  }
  return made(operation_of(binary.op), left.type(), {left.formula, right.formula}, unit, range);
}

Value FormulaBuilder::membership(const syntax::Expression& expression, const syntax::Binary& binary) {
  Value value = build(*binary.left);
  const SourceRange range = expression.range;
  if (const auto* interval = std::get_if<syntax::Range>(&binary.right->node);
      interval && !interval->log && !interval->step) {
    Value low = build(*interval->low), high = build(*interval->high);
    Value copy = value;
    if (!take_places(binary, value, low) || !take_places(binary, copy, high)) return unknown_value(range);
    const bool low_fits = meet(value, low, binary.operator_range, "`in`");
    const bool high_fits = meet(copy, high, binary.operator_range, "`in`");
    if (!(low_fits && high_fits) && value.known() && low.known() && high.known()) return unknown_value(range);
    const Value above = made(Operation::greater_equal, ValueType::flag, {value.formula, low.formula}, {}, range);
    const Value below = made(Operation::less_equal, ValueType::flag, {copy.formula, high.formula}, {}, range);
    return made(Operation::logical_and, ValueType::flag, {above.formula, below.formula}, {}, range);
  }
  const auto* list = std::get_if<syntax::List>(&binary.right->node);
  if (!list || list->elements.empty()) {
    if (!std::holds_alternative<syntax::Bad>(binary.right->node))
      context_.report(kinds::wrong_type, binary.right->range,
                      {{"place", "`in`"},
                       {"expected", "a list or range behind it"},
                       {"found", list ? "an empty list" : "another expression"},
                       {"help", "as in `x in [1, 2]` or `x in 1..4`"}});
    return unknown_value(range);
  }
  std::vector<Value> members;
  for (const syntax::ExpressionPointer& element : list->elements) members.push_back(build(*element));
  // The first pass settles the type that all of them share, the second gives it to each.
  for (int pass = 0; pass < 2; ++pass)
    for (Value& member : members)
      if (!meet(value, member, member.range(), "`in`") && value.known() && member.known()) return unknown_value(range);
  std::vector<FormulaPointer> arguments{value.formula};
  for (const Value& member : members) {
    if (member.formula->operation != Operation::constant && member.known()) {
      context_.report(kinds::wrong_type, member.range(),
                      {{"place", "a list behind `in`"},
                       {"expected", "written values"},
                       {"found", "an expression"},
                       {"help", "write `x == y or …`"}});
      return unknown_value(range);
    }
    arguments.push_back(member.formula);
  }
  return made(Operation::in, ValueType::flag, std::move(arguments), {}, range);
}

}  // namespace mlw::semantics
