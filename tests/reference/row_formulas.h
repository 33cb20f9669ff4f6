#pragma once

#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "compiler/kernel/formula.h"
#include "tests/reference/exact_interpreter.h"

/// Row formulas as kernel/lower_formula.h describes them, one row at a time, written to be read.
namespace mlw::reference {

/// A value of a row: a number (`real`; `wide` while it has float64's digits in row scope), or an integer, flag, date or
/// duration (`whole`).
struct Cell {
  bool missing = false, overflow = false, is_real = false, wide = false;
  double real = 0;
  int64_t whole = 0;
};

class RowInterpreter {
 public:
  std::map<std::string, Cell> row;
  bool judged = false;

  Cell run(const Formula& formula) {
    switch (formula.operation) {
      case Operation::constant:
        return of_constant(formula);
      case Operation::missing:
        return {.missing = true, .is_real = formula.type == ValueType::number};
      case Operation::column:
        return row.at(formula.column);
      case Operation::logical_and:
        return logic(formula, 0);
      case Operation::logical_or:
        return logic(formula, 1);
      case Operation::in:
        return membership(formula);
      case Operation::select: {
        const Cell condition = argument(formula, 0);
        if (condition.missing) return {.missing = true, .overflow = condition.overflow};
        return overflown(argument(formula, condition.whole ? 1 : 2), condition.overflow);
      }
      case Operation::coalesce: {
        const Cell first = checked(argument(formula, 0));
        return first.missing ? overflown(argument(formula, 1), first.overflow) : first;
      }
      case Operation::is_missing: {
        const Cell x = checked(argument(formula, 0));
        return {.overflow = x.overflow, .whole = x.missing};
      }
      default:
        break;
    }
    std::vector<Cell> x;
    Cell result;
    for (size_t i = 0; i < formula.arguments.size(); ++i) {
      x.push_back(checked(argument(formula, i)));
      result.missing |= x.back().missing;
      result.overflow |= x.back().overflow;
    }
    if (result.missing) return result;
    return overflown(checked(apply(formula, x)), result.overflow);
  }

  /// Infinite or no number: missing.
  static Cell checked(Cell x) {
    if (x.is_real && !std::isfinite(x.real)) x.missing = true;
    return x;
  }

 private:
  Cell argument(const Formula& formula, size_t i) { return run(*formula.arguments[i]); }
  static Cell overflown(Cell x, bool overflow) {
    x.overflow |= overflow;
    return x;
  }
  static Cell none() { return {.missing = true}; }
  static Cell whole(int64_t x) { return {.whole = x}; }
  Cell real(double x) const { return {.is_real = true, .real = judged ? x : static_cast<float>(x)}; }
  /// i64 out of a wider result.
  __extension__ using Wide = __int128;
  static Cell held(Wide x) { return {.overflow = x < INT64_MIN || x > INT64_MAX, .whole = static_cast<int64_t>(x)}; }

  static Cell of_constant(const Formula& formula) {
    if (const auto* x = std::get_if<double>(&formula.value)) return {.is_real = true, .wide = true, .real = *x};
    if (const auto* x = std::get_if<int64_t>(&formula.value)) return whole(*x);
    return whole(std::get<bool>(formula.value));
  }

  /// As a number of the scope; missing when that is out of range.
  Cell number(const Cell& x) const {
    const double exact = x.is_real ? x.real : 0;
    const double value = x.is_real ? (judged ? exact : static_cast<float>(exact))
                                   : (judged ? static_cast<double>(x.whole) : static_cast<float>(x.whole));
    return checked({.is_real = true, .real = value});
  }

  /// Kleene: `decisive` (0 for and, 1 for or) on either side decides; on the left it also spares the right.
  Cell logic(const Formula& formula, int64_t decisive) {
    const Cell a = argument(formula, 0);
    if (!a.missing && a.whole == decisive) return a;
    const Cell b = overflown(argument(formula, 1), a.overflow);
    if (!b.missing && b.whole == decisive) return b;
    return {.missing = a.missing || b.missing, .overflow = b.overflow, .whole = 1 - decisive};
  }

  Cell membership(const Formula& formula) {
    const Cell first = checked(argument(formula, 0));
    Cell result = {.missing = first.missing, .overflow = first.overflow, .whole = 0};
    for (size_t i = 1; i < formula.arguments.size(); ++i) {
      const Cell other = checked(argument(formula, i));
      if (!result.missing && result.whole) return result;
      result.overflow |= other.overflow;
      const Cell same = first.missing || other.missing ? none() : compare(Operation::equal, first, other);
      if (!same.missing && same.whole)
        result = {.overflow = result.overflow, .whole = 1};
      else
        result.missing |= same.missing;
    }
    return result;
  }

  Cell compare(Operation operation, const Cell& a, const Cell& b) const {
    const bool reals = a.is_real || b.is_real;
    const Cell x = reals ? number(a) : a, y = reals ? number(b) : b;
    if (x.missing || y.missing) return none();
    const bool same = reals ? x.real == y.real : x.whole == y.whole;
    const bool below = reals ? x.real < y.real : x.whole < y.whole;
    switch (operation) {
      case Operation::equal:
        return whole(same);
      case Operation::not_equal:
        return whole(!same);
      case Operation::less:
        return whole(below);
      case Operation::less_equal:
        return whole(below || same);
      case Operation::greater:
        return whole(!below && !same);
      default:
        return whole(!below);
    }
  }

  Cell apply(const Formula& formula, const std::vector<Cell>& x) {
    const ValueType first = formula.arguments[0]->type;
    switch (formula.operation) {
      case Operation::equal:
      case Operation::not_equal:
      case Operation::less:
      case Operation::less_equal:
      case Operation::greater:
      case Operation::greater_equal:
        return compare(formula.operation, x[0], x[1]);
      case Operation::logical_not:
        return whole(!x[0].whole);
      case Operation::to_number:
        if (x[0].is_real) return x[0];
        return number(x[0]);
      case Operation::to_integer:
        if (!x[0].is_real) return x[0];
        return std::fabs(x[0].real) < 0x1p63 ? whole(static_cast<int64_t>(x[0].real)) : none();
      case Operation::year:
      case Operation::month:
      case Operation::day:
      case Operation::hour:
      case Operation::minute:
      case Operation::second:
      case Operation::weekday:
      case Operation::day_of_year:
      case Operation::date_of:
        return date_part(formula.operation, x[0].whole);
      case Operation::days:
        return real(static_cast<double>(x[0].whole) / 86400e6);
      case Operation::hours:
        return real(static_cast<double>(x[0].whole) / 3600e6);
      case Operation::minutes:
        return real(static_cast<double>(x[0].whole) / 60e6);
      case Operation::seconds:
        return real(static_cast<double>(x[0].whole) / 1e6);
      default:
        break;
    }
    if (formula.type == ValueType::duration && x.size() == 2) return durations(formula, x, first);
    if (first == ValueType::duration && formula.operation == Operation::divide)
      return real(static_cast<double>(x[0].whole) / static_cast<double>(x[1].whole));
    bool integers = formula.type != ValueType::number;
    for (const Cell& cell : x) integers &= !cell.is_real;
    if (integers) return of_integers(formula.operation, x);
    std::vector<double> numbers;
    for (const Cell& cell : x) {
      numbers.push_back(number(cell).real);
      if (number(cell).missing) return none();
    }
    const Cell result = of_numbers(formula.operation, numbers);
    if (formula.type == ValueType::number || result.missing) return result;
    return std::fabs(result.real) < 0x1p63 ? whole(static_cast<int64_t>(result.real)) : none();
  }

  Cell durations(const Formula& formula, const std::vector<Cell>& x, ValueType first) {
    const bool both_whole = !x[0].is_real && !x[1].is_real;
    const bool scales =
        formula.operation == Operation::divide || (formula.operation == Operation::multiply && !both_whole);
    if (!scales) return of_integers(formula.operation, x);
    double factor[2];
    for (int i = 0; i < 2; ++i) {
      if (x[i].is_real && number(x[i]).missing) return none();
      factor[i] = x[i].is_real ? number(x[i]).real : static_cast<double>(x[i].whole);
    }
    const double exact = formula.operation == Operation::divide ? factor[0] / factor[1] : factor[0] * factor[1];
    if (!std::isfinite(exact)) return none();
    const double nearest = std::nearbyint(exact);
    if (std::fabs(nearest) >= 0x1p63) return {.overflow = true};
    (void)first;
    return whole(static_cast<int64_t>(nearest));
  }

  static Wide floored(Wide a, Wide b) { return a / b - ((a % b != 0) && ((a % b < 0) != (b < 0))); }

  static Cell of_integers(Operation operation, const std::vector<Cell>& x) {
    const Wide a = x[0].whole, b = x.size() > 1 ? x[1].whole : 0;
    switch (operation) {
      case Operation::add:
        return held(a + b);
      case Operation::subtract:
        return held(a - b);
      case Operation::multiply:
        return held(a * b);
      case Operation::divide:
        return b == 0 ? none() : held(floored(a, b));
      case Operation::modulo:
        return b == 0 ? none() : held(a - floored(a, b) * b);
      case Operation::negate:
        return held(-a);
      case Operation::absolute:
        return held(a < 0 ? -a : a);
      case Operation::sign:
        return whole((a > 0) - (a < 0));
      case Operation::minimum:
        return held(std::min(a, b));
      case Operation::maximum:
        return held(std::max(a, b));
      case Operation::power: {
        if (b < 0) return none();
        if (a >= -1 && a <= 1) return whole(a == 0 ? b == 0 : (a == 1 || b % 2 == 0) ? 1 : -1);
        Wide result = 1;
        for (Wide i = 0; i < b; ++i) {
          result *= a;
          if (result > INT64_MAX || result < INT64_MIN) return {.overflow = true};
        }
        return held(result);
      }
      default:
        return x[0];  // floor, ceil, round of an integer
    }
  }

  Cell of_numbers(Operation operation, const std::vector<double>& x) const {
    const double a = x[0], b = x.size() > 1 ? x[1] : 0;
    switch (operation) {
      case Operation::add:
        return real(a + b);
      case Operation::subtract:
        return real(a - b);
      case Operation::multiply:
        return real(a * b);
      case Operation::divide:
        return real(a / b);
      case Operation::negate:
        return real(-a);
      case Operation::absolute:
        return real(std::fabs(a));
      case Operation::sign:
        return real((a > 0) - (a < 0));
      case Operation::floor:
        return real(std::floor(a));
      case Operation::ceil:
        return real(std::ceil(a));
      case Operation::round:
        return real(std::nearbyint(a));
      case Operation::minimum:
        return real(a < b ? a : b);
      case Operation::maximum:
        return real(a > b ? a : b);
      case Operation::sqrt:
        return real(std::sqrt(a));
      case Operation::modulo: {
        if (!(std::fabs(a / b) < (judged ? 0x1p53 : 0x1p24))) return none();
        double rest = std::fmod(a, b);
        if (rest != 0 && (rest < 0) != (b < 0)) rest += b;
        return real(rest);
      }
      case Operation::atan2:
        if (a == 0 && b == 0) return none();
        break;
      default:
        break;
    }
    return function(operation, x);
  }

  /// Elementary functions have tests of their own; here their expansion is taken.
  Cell function(Operation operation, const std::vector<double>& x) const {
    const Type type = judged ? Type::f64 : Type::f32;
    const std::string wanted(operation == Operation::power ? "power" : mlw::name(operation));
    for (int i = 0; i < 20; ++i) {
      const auto candidate = static_cast<kernel::Elementary>(i);
      if (kernel::name(candidate) != wanted) continue;
      const Expression a = kernel::constant(type, x[0]);
      const Expression root = x.size() == 2 ? kernel::elementary(candidate, a, kernel::constant(type, x[1]))
                                            : kernel::elementary(candidate, a);
      return real(evaluate_exactly(root, {}).real);
    }
    throw std::logic_error("no meaning of " + wanted);
  }

  static Cell date_part(Operation operation, int64_t microseconds) {
    using namespace std::chrono;
    const Wide length = 86400000000;
    const Wide days_since = floored(microseconds, length);
    const auto rest = static_cast<int64_t>(microseconds - days_since * length);
    const sys_days day_of{days{static_cast<int>(days_since)}};
    switch (operation) {
      case Operation::hour:
        return whole(rest / 3600000000);
      case Operation::minute:
        return whole(rest / 60000000 % 60);
      case Operation::second:
        return whole(rest / 1000000 % 60);
      case Operation::weekday:
        return whole(weekday(day_of).iso_encoding());
      case Operation::date_of:
        return held(days_since * length);
      default:
        break;
    }
    // The library's years end at ±32767: whole cycles of 400 years are taken out and put back.
    const Wide cycle = floored(days_since, 146097);
    const sys_days near{days{static_cast<int>(days_since - cycle * 146097)}};
    const year_month_day date{near};
    switch (operation) {
      case Operation::year:
        return whole(static_cast<int>(date.year()) + static_cast<int64_t>(cycle) * 400);
      case Operation::month:
        return whole(static_cast<unsigned>(date.month()));
      case Operation::day:
        return whole(static_cast<unsigned>(date.day()));
      default:
        return whole((near - sys_days{date.year() / January / 1}).count() + 1);
    }
  }
};

}  // namespace mlw::reference
