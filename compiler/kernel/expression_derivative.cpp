#include "compiler/kernel/expression_passes.h"

namespace mlw::kernel {
namespace {

Expression number(Expression like, double value) { return constant(like->type, value); }
Expression square(Expression x) { return multiply(x, x); }

/// The derivative of a function of one operand at x; y is the function's value there.
Expression slope(Elementary function, Expression x, Expression y) {
  const Expression one = number(x, 1);
  switch (function) {
    case Elementary::exp:
      return y;
    case Elementary::exp2:
      return multiply(y, number(x, 0.693147180559945309417));
    case Elementary::expm1:
      return add(y, one);
    case Elementary::log:
      return divide(one, x);
    case Elementary::log2:
      return divide(number(x, 1.44269504088896340736), x);
    case Elementary::log10:
      return divide(number(x, 0.434294481903251827651), x);
    case Elementary::log1p:
      return divide(one, add(one, x));
    case Elementary::sin:
      return elementary(Elementary::cos, x);
    case Elementary::cos:
      return negate(elementary(Elementary::sin, x));
    case Elementary::tan:
      return add(one, square(y));
    case Elementary::asin:
      return divide(one, unary(Op::square_root, subtract(one, square(x))));
    case Elementary::acos:
      return negate(divide(one, unary(Op::square_root, subtract(one, square(x)))));
    case Elementary::atan:
      return divide(one, add(one, square(x)));
    case Elementary::sinh:
      return elementary(Elementary::cosh, x);
    case Elementary::cosh:
      return elementary(Elementary::sinh, x);
    case Elementary::tanh:
      return subtract(one, square(y));
    case Elementary::erf:
      return multiply(number(x, 1.12837916709551257390), elementary(Elementary::exp, negate(square(x))));
    case Elementary::sigmoid:
      return multiply(y, subtract(one, y));
    case Elementary::power:
    case Elementary::atan2:
      break;
  }
  return nullptr;
}

/// Forward differentiation of one node from the derivatives of its operands; null stands for 0, so that nothing is
/// built for what does not depend on the variable.
class Differentiator {
 public:
  explicit Differentiator(Expression variable) : variable_(variable) {}

  Expression run(Expression root) {
    for (const Expression node : in_order(root)) slopes_[node] = node == variable_ ? number(node, 1) : of(node);
    const Expression result = slopes_[root];
    return result ? simplify(result) : number(root, 0);
  }

 private:
  Expression at(Expression node, int i) { return slopes_[node->operands[i]]; }

  static Expression sum(Expression a, Expression b) { return !a ? b : !b ? a : add(a, b); }
  static Expression product(Expression slope, Expression factor) { return slope ? multiply(factor, slope) : nullptr; }
  static Expression choice(Expression condition, Expression a, Expression b) {
    if (!a && !b) return nullptr;
    return select(condition, a ? a : number(b, 0), b ? b : number(a, 0));
  }

  Expression of(Expression node) {
    if (!is_float(node->type) || node->count == 0) return nullptr;
    const Expression a = node->operands[0], b = node->count > 1 ? node->operands[1] : nullptr;
    switch (node->op) {
      case Op::add:
        return sum(at(node, 0), at(node, 1));
      case Op::subtract:
        return sum(at(node, 0), at(node, 1) ? negate(at(node, 1)) : nullptr);
      case Op::negate:
        return at(node, 0) ? negate(at(node, 0)) : nullptr;
      case Op::multiply:
        return sum(product(at(node, 0), b), product(at(node, 1), a));
      case Op::fused_multiply_add:
        return sum(sum(product(at(node, 0), b), product(at(node, 1), a)), at(node, 2));
      case Op::divide:
        return quotient(node, a, b);
      case Op::absolute: {
        const Expression zero = number(a, 0);
        const Expression below = select(less(a, zero), number(a, -1), zero);
        return product(at(node, 0), select(greater(a, zero), number(a, 1), below));
      }
      case Op::minimum:
        return choice(less(a, b), at(node, 0), at(node, 1));
      case Op::maximum:
        return choice(greater(a, b), at(node, 0), at(node, 1));
      case Op::square_root:
        return at(node, 0) ? divide(at(node, 0), multiply(number(a, 2), node)) : nullptr;
      case Op::copy_sign: {
        const Expression turned = binary(Op::copy_sign, number(a, 1), a);
        return product(at(node, 0), multiply(turned, binary(Op::copy_sign, number(a, 1), b)));
      }
      case Op::select:
        return choice(a, at(node, 1), at(node, 2));
      case Op::convert:
        return is_float(a->type) && at(node, 0) ? convert(at(node, 0), node->type) : nullptr;
      case Op::elementary:
        return of_elementary(node, a, b);
      default:
        return nullptr;  // steps
    }
  }

  Expression quotient(Expression node, Expression a, Expression b) {
    const Expression top = at(node, 0), bottom = at(node, 1);
    if (!bottom) return top ? divide(top, b) : nullptr;
    const Expression inner = multiply(node, bottom);
    return divide(top ? subtract(top, inner) : negate(inner), b);
  }

  Expression of_elementary(Expression node, Expression a, Expression b) {
    if (node->function == Elementary::power) {
      const Expression lower = elementary(Elementary::power, a, subtract(b, number(b, 1)));
      const Expression logarithm = elementary(Elementary::log, a);
      return sum(product(at(node, 0), multiply(b, lower)), product(at(node, 1), multiply(node, logarithm)));
    }
    if (node->function == Elementary::atan2) {
      const Expression length = add(square(a), square(b));
      return sum(product(at(node, 0), divide(b, length)), product(at(node, 1), negate(divide(a, length))));
    }
    return at(node, 0) ? product(at(node, 0), slope(node->function, a, node)) : nullptr;
  }

  Expression variable_;
  std::unordered_map<Expression, Expression> slopes_;
};

}  // namespace

Expression derivative(Expression root, Expression variable) { return Differentiator(variable).run(root); }
Expression derivative(Expression root, int index) { return derivative(root, argument(root->type, index)); }

}  // namespace mlw::kernel
