#include "compiler/kernel/lower_formula.h"

#include <cmath>
#include <limits>

#include "compiler/diagnostics/kinds/code.h"
#include "compiler/kernel/expression_passes.h"
#include "compiler/kernel/lifted.h"

namespace mlw::kernel {

Type element_type(ElementType element) {
  switch (element) {
    case ElementType::float32:
      return Type::f32;
    case ElementType::float64:
      return Type::f64;
    case ElementType::int64:
      return Type::i64;
    case ElementType::int32:
      return Type::i32;
    case ElementType::uint32:
      return Type::u32;
    case ElementType::flag:
      return Type::flag;
  }
  return Type::flag;
}

Lifted always(Expression value) { return {value, flag(true), flag(false), false}; }

Lifted settled(Lifted x) {
  if (!x.unchecked) return x;
  const Expression end = constant(x.value->type, std::numeric_limits<double>::infinity());
  x.valid = both(x.valid, less(absolute(x.value), end));
  x.unchecked = false;
  return x;
}

Lifted as_number(Lifted x, Type number) {
  // A float64 may be out of float32's range.
  x.unchecked |= x.value->type == Type::f64 && number == Type::f32;
  x.value = convert(x.value, number);
  return x;
}

Lifted as_integer(Lifted x) {
  x = settled(x);
  if (is_float(x.value->type)) x.valid = both(x.valid, less(absolute(x.value), constant(x.value->type, 0x1p63)));
  x.value = convert(x.value, Type::i64);
  return x;
}

Lifted joined(Expression value, const Lifted& a, const Lifted& b, bool unchecked) {
  return {value, both(a.valid, b.valid), either(a.overflow, b.overflow), unchecked};
}

void make_alike(Lifted& a, Lifted& b, Type number) {
  const Type x = a.value->type, y = b.value->type;
  if (x == y) return;
  if (is_float(x) && is_float(y)) {
    a.value = convert(a.value, Type::f64);
    b.value = convert(b.value, Type::f64);
    return;
  }
  a = as_number(a, number);
  b = as_number(b, number);
}

void add_overflow(Lifted& x, Expression flag) { x.overflow = either(x.overflow, both(x.valid, flag)); }

FormulaLowering::FormulaLowering(std::span<const ColumnKernel::Input> inputs, bool judged)
    : inputs_(inputs), number_(judged ? Type::f64 : Type::f32) {}

namespace {

/// The type in which a value of this kind is held when nothing says otherwise.
Type held_type(ValueType type, Type number) {
  if (type == ValueType::number) return number;
  return type == ValueType::flag ? Type::flag : Type::i64;
}

[[noreturn]] void refuse(const Formula& formula) {
  fail(kinds::not_a_row_formula, {{"operation", std::string(name(formula.operation))}}, formula.range);
}

/// The smallest and largest value of a narrow integer element.
Expression outside(Expression value, Type element) {
  const int64_t low = is_signed(element) ? INT32_MIN : 0, high = is_signed(element) ? INT32_MAX : int64_t{UINT32_MAX};
  return either(less(value, integer(Type::i64, low)), less(integer(Type::i64, high), value));
}

Lifted as_element(Lifted x, Type element) {
  if (is_float(element)) return settled(as_number(x, element));
  if (element == Type::flag) {
    x = settled(x);
    x.value = convert(x.value, Type::flag);
    return x;
  }
  x = as_integer(x);
  if (element == Type::i64) return x;
  add_overflow(x, outside(x.value, element));
  x.value = convert(x.value, element);
  return x;
}

}  // namespace

Lifted FormulaLowering::lift_leaf(const Formula& formula) {
  if (formula.operation == Operation::missing) {
    Lifted none = always(integer(held_type(formula.type, number_), 0));
    none.valid = flag(false);
    return none;
  }
  if (formula.operation == Operation::constant) {
    if (const auto* number = std::get_if<double>(&formula.value)) {
      Lifted result = always(constant(Type::f64, *number));
      result.unchecked = !std::isfinite(*number);
      return result;
    }
    if (const auto* whole = std::get_if<int64_t>(&formula.value)) return always(integer(Type::i64, *whole));
    if (const auto* truth = std::get_if<bool>(&formula.value)) return always(flag(*truth));
    refuse(formula);
  }
  for (size_t i = 0; i < inputs_.size(); ++i) {
    if (inputs_[i].name != formula.column) continue;
    const Type type = element_type(inputs_[i].element);
    const int index = static_cast<int>(2 * i);
    Lifted result = always(argument(type, index));
    if (inputs_[i].may_be_missing) result.valid = argument(Type::flag, index + 1);
    if (is_integer(type)) result.value = convert(result.value, Type::i64);
    result.unchecked = is_float(type);
    return result;
  }
  refuse(formula);
}

Lifted FormulaLowering::lift(const Formula& formula) {
  if (const auto found = done_.find(&formula); found != done_.end()) return found->second;
  return done_[&formula] = lift_new(formula);
}

Lifted FormulaLowering::lift_new(const Formula& formula) {
  std::vector<Lifted> arguments;
  arguments.reserve(formula.arguments.size());
  for (const FormulaPointer& part : formula.arguments) arguments.push_back(lift(*part));
  switch (formula.operation) {
    case Operation::constant:
    case Operation::missing:
    case Operation::column:
      return lift_leaf(formula);
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::modulo:
    case Operation::power:
    case Operation::negate:
    case Operation::absolute:
    case Operation::sign:
    case Operation::minimum:
    case Operation::maximum:
      return lift_arithmetic(formula, arguments, number_);
    case Operation::equal:
    case Operation::not_equal:
    case Operation::less:
    case Operation::less_equal:
    case Operation::greater:
    case Operation::greater_equal:
      return lift_comparison(formula.operation, arguments[0], arguments[1], number_);
    case Operation::in:
    case Operation::logical_and:
    case Operation::logical_or:
    case Operation::logical_not:
    case Operation::select:
    case Operation::coalesce:
    case Operation::is_missing:
      return lift_logic(formula, arguments, number_);
    case Operation::floor:
    case Operation::ceil:
    case Operation::round:
    case Operation::exp:
    case Operation::exp2:
    case Operation::expm1:
    case Operation::log:
    case Operation::log2:
    case Operation::log10:
    case Operation::log1p:
    case Operation::sqrt:
    case Operation::sin:
    case Operation::cos:
    case Operation::tan:
    case Operation::asin:
    case Operation::acos:
    case Operation::atan:
    case Operation::atan2:
    case Operation::sinh:
    case Operation::cosh:
    case Operation::tanh:
    case Operation::erf:
    case Operation::sigmoid:
    case Operation::to_number:
    case Operation::to_integer:
      return lift_function(formula, arguments, number_);
    case Operation::year:
    case Operation::month:
    case Operation::day:
    case Operation::hour:
    case Operation::minute:
    case Operation::second:
    case Operation::weekday:
    case Operation::day_of_year:
    case Operation::date_of:
    case Operation::days:
    case Operation::hours:
    case Operation::minutes:
    case Operation::seconds:
      return lift_time(formula, arguments, number_);
    default:
      refuse(formula);
  }
}

RowValue FormulaLowering::lower(const FormulaPointer& formula, ElementType element) {
  const Lifted x = as_element(lift(*formula), element_type(element));
  const Expression stored = select(x.valid, x.value, integer(x.value->type, 0));
  const Expression roots[] = {stored, x.valid, x.overflow};
  const std::vector<Expression> simple = simplify(roots);
  return {simple[0], simple[1], simple[2]};
}

}  // namespace mlw::kernel
