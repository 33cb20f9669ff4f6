#pragma once

#include <vector>

#include "compiler/kernel/formula.h"
#include "runtime/data/random.h"

namespace mlw::reference {

/// Random row formulas of every type over fixed columns: numbers `a` (float32), `b` (float64), `g` (float32); integers
/// `c` (int64), `d` (int32), `e` (uint32); flag `f`; date `t`; duration `u`.
class RandomFormulas {
 public:
  explicit RandomFormulas(uint64_t seed) : philox_{seed} {}
  int functions_left = 2;  ///< elementary functions make long code

  uint64_t next(uint64_t below) {
    return static_cast<uint64_t>(philox_.uniform(counter_++) * static_cast<double>(below));
  }
  double uniform() { return philox_.uniform(counter_++); }

  FormulaPointer formula(ValueType type, int depth) {
    if (depth <= 0 || next(10) == 0) return leaf(type);
    if (next(9) == 0)
      return make_formula(
          Operation::select, type,
          {formula(ValueType::flag, depth - 1), formula(alike(type), depth - 1), formula(alike(type), depth - 1)});
    if (next(12) == 0)
      return make_formula(Operation::coalesce, type, {formula(type, depth - 1), formula(type, depth - 1)});
    switch (type) {
      case ValueType::number:
        return number(depth);
      case ValueType::integer:
        return integer(depth);
      case ValueType::flag:
        return flag(depth);
      case ValueType::date:
        return date(depth);
      default:
        return duration(depth);
    }
  }

  double some_number() {
    constexpr double awkward[] = {0.0, -0.0,  1,      -1,   0.5,   2,        10,     3,   INFINITY, -INFINITY,
                                  NAN, 1e-45, 1e-310, 3e38, 1e300, 16777217, 0x1p63, 2.5, -3.5};
    if (next(5) == 0) return awkward[next(std::size(awkward))];
    return std::ldexp(uniform() * 2 - 1, static_cast<int>(next(12)));
  }
  int64_t some_integer() {
    if (next(300) == 0)
      return next(2) ? INT64_MAX - static_cast<int64_t>(next(3)) : INT64_MIN + static_cast<int64_t>(next(3));
    if (next(6) == 0) return static_cast<int64_t>(next(uint64_t{1} << 33)) - (int64_t{1} << 32);
    return static_cast<int64_t>(next(21)) - 10;
  }
  /// Mostly within some centuries; sometimes anywhere.
  int64_t some_time() {
    if (next(40) == 0) return static_cast<int64_t>(uint64_t{next(1ULL << 32)} << 32 | next(1ULL << 32));
    if (next(5) == 0) return (static_cast<int64_t>(next(60000)) - 30000) * 86400000000;
    return static_cast<int64_t>((uniform() - 0.5) * 4e16);
  }

 private:
  ValueType alike(ValueType type) { return type == ValueType::number && next(3) == 0 ? ValueType::integer : type; }

  FormulaPointer leaf(ValueType type) {
    if (next(25) == 0) return make_formula(Operation::missing, type, {});
    const bool constant = next(4) == 0;
    switch (type) {
      case ValueType::number: {
        constexpr const char* names[] = {"a", "b", "g"};
        return constant ? make_constant(some_number()) : make_column(names[next(3)], type);
      }
      case ValueType::integer: {
        constexpr const char* names[] = {"c", "d", "e"};
        return constant ? make_constant(some_integer()) : make_column(names[next(3)], type);
      }
      case ValueType::flag:
        return constant ? make_constant(next(2) == 1) : make_column("f", type);
      case ValueType::date:
        return constant ? make_constant(some_time(), type) : make_column("t", type);
      default:
        return constant ? make_constant(some_time() / 1000, type) : make_column("u", type);
    }
  }

  FormulaPointer one(Operation operation, ValueType type, ValueType argument, int depth) {
    return make_formula(operation, type, {formula(argument, depth - 1)});
  }
  FormulaPointer two(Operation operation, ValueType type, ValueType a, ValueType b, int depth) {
    return make_formula(operation, type, {formula(a, depth - 1), formula(b, depth - 1)});
  }
  Operation pick(std::initializer_list<Operation> list) { return list.begin()[next(list.size())]; }

  FormulaPointer number(int depth) {
    constexpr auto n = ValueType::number;
    switch (next(8)) {
      case 0:
        return one(pick({Operation::negate, Operation::absolute, Operation::sign, Operation::floor, Operation::ceil,
                         Operation::round, Operation::sqrt}),
                   n, alike(n), depth);
      case 1:
        return one(Operation::to_number, n, next(2) ? ValueType::integer : next(2) ? ValueType::flag : n, depth);
      case 2:
        return one(pick({Operation::days, Operation::hours, Operation::minutes, Operation::seconds}), n,
                   ValueType::duration, depth);
      case 3:
        return next(3) ? two(pick({Operation::modulo, Operation::minimum, Operation::maximum}), n, alike(n), n, depth)
                       : two(Operation::divide, n, ValueType::duration, ValueType::duration, depth);
      case 4:
        if (functions_left > 0) {
          --functions_left;
          const auto function = static_cast<Operation>(static_cast<int>(Operation::exp) + static_cast<int>(next(20)));
          if (function == Operation::atan2 || next(8) == 0)
            return two(next(2) ? Operation::power : Operation::atan2, n, n, alike(n), depth);
          return one(function, n, alike(n), depth);
        }
        [[fallthrough]];
      default:
        return two(pick({Operation::add, Operation::subtract, Operation::multiply, Operation::divide}), n, alike(n), n,
                   depth);
    }
  }

  FormulaPointer integer(int depth) {
    constexpr auto i = ValueType::integer;
    switch (next(6)) {
      case 0:
        return one(pick({Operation::negate, Operation::absolute, Operation::sign, Operation::floor}), i, i, depth);
      case 1:
        return one(Operation::to_integer, i, next(2) ? ValueType::number : ValueType::flag, depth);
      case 2:
        return one(pick({Operation::year, Operation::month, Operation::day, Operation::hour, Operation::minute,
                         Operation::second, Operation::weekday, Operation::day_of_year}),
                   i, ValueType::date, depth);
      case 3:
        return two(
            pick({Operation::divide, Operation::modulo, Operation::minimum, Operation::maximum, Operation::power}), i,
            i, i, depth);
      default:
        return two(pick({Operation::add, Operation::subtract, Operation::multiply}), i, i, i, depth);
    }
  }

  FormulaPointer flag(int depth) {
    constexpr auto f = ValueType::flag;
    constexpr ValueType types[] = {ValueType::number, ValueType::integer, ValueType::date, ValueType::duration};
    const ValueType type = types[next(4)];
    switch (next(6)) {
      case 0:
        return two(pick({Operation::logical_and, Operation::logical_or}), f, f, f, depth);
      case 1:
        return one(Operation::logical_not, f, f, depth);
      case 2:
        return one(Operation::is_missing, f, types[next(4)], depth);
      case 3:
        return make_formula(Operation::in, f, {formula(type, depth - 1), leaf(type), leaf(alike(type)), leaf(type)});
      case 4:
        return two(pick({Operation::equal, Operation::not_equal}), f, f, f, depth);
      default:
        return two(pick({Operation::equal, Operation::not_equal, Operation::less, Operation::less_equal,
                         Operation::greater, Operation::greater_equal}),
                   f, alike(type), type, depth);
    }
  }

  FormulaPointer date(int depth) {
    constexpr auto t = ValueType::date, u = ValueType::duration;
    switch (next(4)) {
      case 0:
        return one(Operation::date_of, t, t, depth);
      case 1:
        return two(pick({Operation::minimum, Operation::maximum}), t, t, t, depth);
      case 2:
        return two(Operation::add, t, u, t, depth);
      default:
        return two(pick({Operation::add, Operation::subtract}), t, t, u, depth);
    }
  }

  FormulaPointer duration(int depth) {
    constexpr auto t = ValueType::date, u = ValueType::duration;
    switch (next(6)) {
      case 0:
        return two(Operation::subtract, u, t, t, depth);
      case 1:
        return two(pick({Operation::multiply, Operation::divide}), u, u, alike(ValueType::number), depth);
      case 2:
        return two(Operation::multiply, u, ValueType::number, u, depth);
      case 3:
        return two(pick({Operation::modulo, Operation::minimum, Operation::maximum}), u, u, u, depth);
      case 4:
        return one(pick({Operation::negate, Operation::absolute}), u, u, depth);
      default:
        return two(pick({Operation::add, Operation::subtract}), u, u, u, depth);
    }
  }

  Philox philox_;
  uint64_t counter_ = 0;
};

}  // namespace mlw::reference
