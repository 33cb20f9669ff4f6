#pragma once

#include <vector>

#include "tests/reference/exact_interpreter.h"

/// Random expressions and random values for them, the awkward ones often.
namespace mlw::reference {

class RandomExpressions {
 public:
  explicit RandomExpressions(uint64_t seed) : philox_{seed} {}

  /// Types of the arguments that the expressions use, by index.
  static constexpr Type argument_types[] = {Type::f32, Type::f64, Type::i64, Type::i32, Type::u32, Type::flag,
                                            Type::f32, Type::f64, Type::i8,  Type::u8,  Type::i16, Type::u16};
  /// How many elementary functions an expression may have: they make it long.
  int elementary_left = 1;

  uint64_t next(uint64_t below) {
    return static_cast<uint64_t>(philox_.uniform(counter_++) * static_cast<double>(below));
  }

  Expression expression(Type type, int depth) {
    if (depth <= 0 || next(12) == 0) return leaf(type);
    switch (next(8)) {
      case 0:
        return kernel::select(expression(Type::flag, depth - 1), expression(type, depth - 1),
                              expression(type, depth - 1));
      case 1:
        return conversion(type, depth);
      case 2:
        if (type != Type::flag)
          return kernel::binary(next(2) ? Op::minimum : Op::maximum, expression(type, depth - 1),
                                expression(type, depth - 1));
        [[fallthrough]];
      default:
        break;
    }
    if (type == Type::flag) return flag(depth);
    return kernel::is_float(type) ? real(type, depth) : whole(type, depth);
  }

  Value value(Type type) {
    if (kernel::is_float(type)) return real_value(type, real_number(type));
    if (type == Type::flag) return flag_value(next(2));
    switch (next(4)) {
      case 0:
        return whole_value(type, static_cast<int64_t>(next(5)) - 2);
      case 1:
        return whole_value(type, INT64_MIN >> next(64));
      case 2:
        return whole_value(type, INT64_MAX >> next(64));
      default:
        return whole_value(type, static_cast<int64_t>(next(uint64_t{1} << 53)) - (int64_t{1} << 52));
    }
  }
  std::vector<Value> values() {
    std::vector<Value> result;
    for (const Type type : argument_types) result.push_back(value(type));
    return result;
  }

 private:
  double real_number(Type type) {
    constexpr double awkward[] = {0.0,     -0.0, 1,     -1,       0.5,    2,       INFINITY, -INFINITY,    NAN, 1e-45,
                                  -1e-310, 3e38, 1e308, 16777217, 0x1p63, -0x1p63, 0x1p31,   4294967295.0, 2.5, -3.5};
    if (next(4) == 0) return awkward[next(std::size(awkward))];
    const double wide = std::ldexp(philox_.uniform(counter_++) * 2 - 1, static_cast<int>(next(40)) - 20);
    return type == Type::f32 ? static_cast<float>(wide) : wide;
  }

  Expression leaf(Type type) {
    std::vector<int> fitting;
    for (int i = 0; i < static_cast<int>(std::size(argument_types)); ++i)
      if (argument_types[i] == type) fitting.push_back(i);
    if (!fitting.empty() && next(3)) return kernel::argument(type, fitting[next(fitting.size())]);
    const Value constant = value(type);
    return kernel::is_float(type) ? kernel::constant(type, constant.real) : kernel::integer(type, constant.whole);
  }

  Expression conversion(Type type, int depth) {
    const Type from = argument_types[next(std::size(argument_types))];
    const Expression operand = expression(from, depth - 1);
    const bool same_width = from != Type::flag && type != Type::flag && kernel::bits(from) == kernel::bits(type);
    // The bits of what is not a number are the machine's choice, so they are not looked at.
    if (same_width && !kernel::is_float(from) && next(3) == 0) return kernel::reinterpret(operand, type);
    return kernel::convert(operand, type);
  }

  Expression flag(int depth) {
    const Type type = argument_types[next(std::size(argument_types))];
    constexpr Op comparisons[] = {Op::equal, Op::not_equal, Op::less, Op::less_equal};
    constexpr Op logic[] = {Op::bit_and, Op::bit_or, Op::bit_xor};
    constexpr Op overflows[] = {Op::add_overflows, Op::subtract_overflows, Op::multiply_overflows};
    switch (next(4)) {
      case 0:
        return kernel::opposite(expression(Type::flag, depth - 1));
      case 1:
        return kernel::binary(logic[next(3)], expression(Type::flag, depth - 1), expression(Type::flag, depth - 1));
      case 2:
        if (kernel::is_signed(type))
          return kernel::binary(overflows[next(3)], expression(type, depth - 1), expression(type, depth - 1));
        [[fallthrough]];
      default:
        return kernel::binary(comparisons[next(4)], expression(type, depth - 1), expression(type, depth - 1));
    }
  }

  Expression real(Type type, int depth) {
    constexpr Op one[] = {Op::negate, Op::absolute, Op::square_root, Op::floor, Op::ceil, Op::truncate, Op::round_even};
    constexpr Op two[] = {Op::add, Op::subtract, Op::multiply, Op::divide, Op::add, Op::multiply};
    switch (next(4)) {
      case 0:
        return kernel::unary(one[next(std::size(one))], expression(type, depth - 1));
      case 1:
        if (elementary_left > 0) {
          --elementary_left;
          const auto function = static_cast<kernel::Elementary>(next(20));
          if (kernel::operands(function) == 2)
            return kernel::elementary(function, expression(type, depth - 1), expression(type, depth - 1));
          return kernel::elementary(function, expression(type, depth - 1));
        }
        [[fallthrough]];
      default:
        return kernel::binary(two[next(std::size(two))], expression(type, depth - 1), expression(type, depth - 1));
    }
  }

  Expression whole(Type type, int depth) {
    constexpr Op two[] = {Op::add,       Op::subtract, Op::multiply, Op::divide,
                          Op::remainder, Op::bit_and,  Op::bit_or,   Op::bit_xor};
    switch (next(6)) {
      case 0:
        return kernel::unary(next(2) ? Op::negate : Op::absolute, expression(type, depth - 1));
      case 1:
        return kernel::opposite(expression(type, depth - 1));
      case 2:
        return kernel::binary(next(2) ? Op::shift_left : Op::shift_right, expression(type, depth - 1),
                              kernel::integer(type, static_cast<int64_t>(next(kernel::bits(type)))));
      case 3:
        if (type == Type::u32)
          return kernel::random(expression(Type::i64, depth - 1), expression(Type::i64, depth - 1),
                                expression(Type::i64, depth - 1), static_cast<int>(next(4)));
        [[fallthrough]];
      default:
        return kernel::binary(two[next(std::size(two))], expression(type, depth - 1), expression(type, depth - 1));
    }
  }

  Philox philox_;
  uint64_t counter_ = 0;
};

/// The same bits, or both not a number.
inline bool same(const Value& a, const Value& b) {
  if (!kernel::is_float(a.type)) return a.whole == b.whole;
  return (std::isnan(a.real) && std::isnan(b.real)) ||
         (a.real == b.real && std::signbit(a.real) == std::signbit(b.real));
}

}  // namespace mlw::reference
