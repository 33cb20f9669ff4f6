#include <cmath>

#include "compiler/kernel/expression_passes.h"

namespace mlw::kernel {
namespace {

Expression rewrite(Expression node);

bool is(Expression node, double value) {
  if (!is_constant(node)) return false;
  const double found = constant_value(node);
  return found == value && std::signbit(found) == std::signbit(value);
}

bool all_bits(Expression node) { return is_constant(node) && node->value == integer(node->type, -1)->value; }

bool is_commutative(Op op) {
  switch (op) {
    case Op::add:
    case Op::multiply:
    case Op::equal:
    case Op::not_equal:
    case Op::bit_and:
    case Op::bit_or:
    case Op::bit_xor:
    case Op::add_overflows:
    case Op::multiply_overflows:
      return true;
    default:
      return false;
  }
}

/// Constants stand right; otherwise the order of content, which is the same in every process.
Expression ordered(Expression node) {
  if (!is_commutative(node->op)) return node;
  const Expression a = node->operands[0], b = node->operands[1];
  const bool swap = is_constant(a) != is_constant(b) ? is_constant(a) : b->hash < a->hash;
  return swap ? with_operands(node, std::initializer_list<Expression>{b, a}) : node;
}

/// A power of two whose reciprocal is one too: dividing by it is multiplying by the reciprocal, exactly.
bool has_exact_reciprocal(Expression node) {
  if (!is_constant(node) || !is_float(node->type)) return false;
  int exponent;
  const double fraction = std::frexp(constant_value(node), &exponent);
  return std::fabs(fraction) == 0.5 && std::abs(exponent) < (node->type == Type::f32 ? 120 : 1000);
}

Expression simplify_arithmetic(Expression node) {
  const Expression a = node->operands[0], b = node->count > 1 ? node->operands[1] : nullptr;
  const bool real = is_float(node->type);
  switch (node->op) {
    case Op::add:
      if (is(b, real ? -0.0 : 0.0)) return a;
      if (b->op == Op::negate && real) return subtract(a, b->operands[0]);
      break;
    case Op::subtract:
      if (is(b, 0.0)) return a;
      if (!real && a == b) return integer(node->type, 0);
      if (b->op == Op::negate && real) return add(a, b->operands[0]);
      break;
    case Op::multiply:
      if (is(b, 1.0)) return a;
      if (!real && is(b, 0.0)) return b;
      if (is(b, -1.0)) return negate(a);
      break;
    case Op::divide:
      if (is(b, 1.0)) return a;
      if (has_exact_reciprocal(b)) return multiply(a, constant(b->type, 1 / constant_value(b)));
      break;
    case Op::negate:
      if (a->op == Op::negate) return a->operands[0];
      if (a->op == Op::subtract && !real) return subtract(a->operands[1], a->operands[0]);
      break;
    case Op::absolute:
      if (a->op == Op::absolute || (a->op == Op::negate && real)) return absolute(a->operands[0]);
      break;
    case Op::minimum:
    case Op::maximum:
      if (a == b) return a;
      break;
    default:
      break;
  }
  return node;
}

Expression simplify_bits(Expression node) {
  const Expression a = node->operands[0], b = node->count > 1 ? node->operands[1] : nullptr;
  switch (node->op) {
    case Op::bit_and:
      if (a == b || all_bits(b)) return a;
      if (is(b, 0.0)) return b;
      break;
    case Op::bit_or:
      if (a == b || is(b, 0.0)) return a;
      if (all_bits(b)) return b;
      break;
    case Op::bit_xor:
      if (is(b, 0.0)) return a;
      if (a == b) return integer(node->type, 0);
      if (node->type == Type::flag && all_bits(b)) return opposite(a);
      break;
    case Op::bit_not:
      if (a->op == Op::bit_not) return a->operands[0];
      if (a->op == Op::equal) return not_equal(a->operands[0], a->operands[1]);
      if (a->op == Op::not_equal) return equal(a->operands[0], a->operands[1]);
      if ((a->op == Op::less || a->op == Op::less_equal) && !is_float(a->operands[0]->type))
        return binary(a->op == Op::less ? Op::less_equal : Op::less, a->operands[1], a->operands[0]);
      break;
    case Op::shift_left:
    case Op::shift_right:
      if (is(b, 0.0)) return a;
      break;
    default:
      break;
  }
  return node;
}

Expression simplify_select(Expression node) {
  const Expression condition = node->operands[0], then = node->operands[1], otherwise = node->operands[2];
  if (then == otherwise) return then;
  if (condition->op == Op::bit_not) return select(condition->operands[0], otherwise, then);
  if (node->type != Type::flag) return node;
  if (is(then, 1.0) && is(otherwise, 0.0)) return condition;
  if (is(then, 0.0) && is(otherwise, 1.0)) return opposite(condition);
  if (is(then, 1.0)) return either(condition, otherwise);
  if (is(otherwise, 0.0)) return both(condition, then);
  return node;
}

/// Whether every value of `from` is a value of `to`.
bool holds_all(Type from, Type to) {
  if (from == to || from == Type::flag) return true;
  if (is_float(from)) return from == Type::f32 && to == Type::f64;
  const int width = bits(from) - is_signed(from);
  if (is_float(to)) return width <= (to == Type::f32 ? 24 : 53);
  return to != Type::flag && (is_signed(to) || !is_signed(from)) && width <= bits(to) - is_signed(to);
}

bool is_widened(Expression node) {
  return node->op == Op::convert && node->type == Type::f64 && node->operands[0]->type == Type::f32;
}

/// The float32 that a float64 is by its making; null where it may be none.
Expression as_narrow(Expression node) {
  if (is_widened(node)) return node->operands[0];
  if (node->type != Type::f64 || !is_constant(node)) return nullptr;
  const double value = constant_value(node);
  return static_cast<double>(static_cast<float>(value)) == value ? constant(Type::f32, value) : nullptr;
}

/// Whether the operation gives one of its float operands, another sign of it or a flag: it rounds nothing.
bool is_exact(Op op) {
  switch (op) {
    case Op::negate:
    case Op::absolute:
    case Op::copy_sign:
    case Op::minimum:
    case Op::maximum:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::select:
      return true;
    default:
      return false;
  }
}

/// Exact operations on float32 numbers that were made wider are done before they are.
Expression simplify_widened(Expression node) {
  if (!is_exact(node->op)) return node;
  Expression operands[3];
  bool any = false;
  for (int i = 0; i < node->count; ++i) {
    const bool condition = node->op == Op::select && i == 0;
    operands[i] = condition ? node->operands[i] : as_narrow(node->operands[i]);
    if (!operands[i]) return node;
    any |= is_widened(node->operands[i]);
  }
  if (!any) return node;
  const Expression narrow = node->op == Op::select ? select(operands[0], operands[1], operands[2])
                            : node->count == 1     ? unary(node->op, operands[0])
                                                   : binary(node->op, operands[0], operands[1]);
  return node->type == Type::flag ? narrow : convert(rewrite(narrow), Type::f64);
}

Expression simplify_conversion(Expression node) {
  const Expression a = node->operands[0];
  if (a->type == node->type) return a;
  // A choice is rounded where that costs nothing for one of its sides.
  if (a->op == Op::select && a->type == Type::f64 && node->type == Type::f32) {
    const Expression then = a->operands[1], otherwise = a->operands[2];
    if (is_widened(then) || is_constant(then) || is_widened(otherwise) || is_constant(otherwise))
      return select(a->operands[0], rewrite(convert(then, Type::f32)), rewrite(convert(otherwise, Type::f32)));
  }
  if (a->op != node->op) return node;
  const Expression source = a->operands[0];
  if (node->op == Op::reinterpret) return source->type == node->type ? source : reinterpret(source, node->type);
  // Through a wider type and back, or on to a wider one still.
  if (holds_all(source->type, a->type) && (source->type == node->type || holds_all(a->type, node->type)))
    return source->type == node->type ? source : convert(source, node->type);
  return node;
}

Expression simplify_comparison(Expression node) {
  const Expression a = node->operands[0], b = node->operands[1];
  if (a == b && !is_float(a->type)) return flag(node->op == Op::equal || node->op == Op::less_equal);
  if (a->type == Type::flag && is_constant(b) && node->op == Op::equal) return b->value ? a : opposite(a);
  if (a->type == Type::flag && is_constant(b) && node->op == Op::not_equal) return b->value ? opposite(a) : a;
  return node;
}

Expression rewrite(Expression node) {
  if (node->count == 0) return node;
  if (const Expression folded = fold(node)) return folded;
  node = ordered(node);
  if (const Expression narrow = simplify_widened(node); narrow != node) return narrow;
  switch (node->op) {
    case Op::select:
      return simplify_select(node);
    case Op::convert:
    case Op::reinterpret:
      return simplify_conversion(node);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
      return simplify_comparison(node);
    case Op::bit_and:
    case Op::bit_or:
    case Op::bit_xor:
    case Op::bit_not:
    case Op::shift_left:
    case Op::shift_right:
      return simplify_bits(node);
    default:
      return simplify_arithmetic(node);
  }
}

}  // namespace

std::vector<Expression> simplify(std::span<const Expression> roots) {
  std::unordered_map<Expression, Expression> done;
  for (const Expression node : in_order(roots)) {
    Expression operands[3];
    for (int i = 0; i < node->count; ++i) operands[i] = done[node->operands[i]];
    Expression now = node->count ? with_operands(node, {operands, node->count}) : node;
    // A rewrite may open the way for another one; each makes the expression smaller or orders it.
    for (Expression before = nullptr; before != now;) {
      before = now;
      now = rewrite(now);
    }
    done[node] = now;
  }
  std::vector<Expression> result;
  for (const Expression root : roots) result.push_back(done[root]);
  return result;
}

Expression simplify(Expression root) { return simplify(std::span(&root, 1))[0]; }

}  // namespace mlw::kernel
