#include "compiler/kernel/lifted.h"

namespace mlw::kernel {
namespace {

Lifted lift_and(const Lifted& a, const Lifted& b) {
  const Expression a_false = both(a.valid, opposite(a.value)), b_false = both(b.valid, opposite(b.value));
  const Expression known = either(both(a.valid, b.valid), either(a_false, b_false));
  return {both(a.value, b.value), known, either(a.overflow, both(opposite(a_false), b.overflow)), false};
}

Lifted lift_or(const Lifted& a, const Lifted& b) {
  const Expression a_true = both(a.valid, a.value), b_true = both(b.valid, b.value);
  const Expression known = either(both(a.valid, b.valid), either(a_true, b_true));
  return {either(a.value, b.value), known, either(a.overflow, both(opposite(a_true), b.overflow)), false};
}

Lifted lift_select(const Lifted& condition, Lifted then, Lifted otherwise, Type number) {
  make_alike(then, otherwise, number);
  const Expression truth = condition.value;
  const Expression taken = select(truth, then.overflow, otherwise.overflow);
  return {select(truth, then.value, otherwise.value), both(condition.valid, select(truth, then.valid, otherwise.valid)),
          either(condition.overflow, both(condition.valid, taken)), then.unchecked || otherwise.unchecked};
}

Lifted lift_coalesce(Lifted first, Lifted second, Type number) {
  make_alike(first, second, number);
  first = settled(first);
  const Expression overflow = either(first.overflow, both(opposite(first.valid), second.overflow));
  return {select(first.valid, first.value, second.value), either(first.valid, second.valid), overflow,
          second.unchecked};
}

Op comparison_of(Operation operation) {
  switch (operation) {
    case Operation::equal:
      return Op::equal;
    case Operation::not_equal:
      return Op::not_equal;
    case Operation::less:
    case Operation::greater:
      return Op::less;
    default:
      return Op::less_equal;
  }
}

}  // namespace

Lifted lift_comparison(Operation operation, Lifted a, Lifted b, Type number) {
  if (is_float(a.value->type) || is_float(b.value->type)) {
    a = settled(as_number(a, number));
    b = settled(as_number(b, number));
  }
  const bool turned = operation == Operation::greater || operation == Operation::greater_equal;
  const Expression left = turned ? b.value : a.value, right = turned ? a.value : b.value;
  return joined(binary(comparison_of(operation), left, right), a, b);
}

Lifted lift_logic(const Formula& formula, std::span<Lifted> arguments, Type number) {
  Lifted& first = arguments[0];
  switch (formula.operation) {
    case Operation::logical_and:
      return lift_and(first, arguments[1]);
    case Operation::logical_or:
      return lift_or(first, arguments[1]);
    case Operation::logical_not:
      return {opposite(first.value), first.valid, first.overflow, false};
    case Operation::select:
      return lift_select(first, arguments[1], arguments[2], number);
    case Operation::coalesce:
      return lift_coalesce(first, arguments[1], number);
    case Operation::is_missing: {
      const Lifted known = settled(first);
      return {opposite(known.valid), flag(true), known.overflow, false};
    }
    default:
      break;
  }
  // `in`: equal to one of the others, by or.
  Lifted result = always(flag(false));
  result.valid = first.valid;
  for (const Lifted& other : arguments.subspan(1))
    result = lift_or(result, lift_comparison(Operation::equal, first, other, number));
  return result;
}

}  // namespace mlw::kernel
