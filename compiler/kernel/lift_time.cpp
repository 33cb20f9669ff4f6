#include "compiler/kernel/lifted.h"

namespace mlw::kernel {
namespace {

constexpr int64_t second = 1000000, day = 86400 * second;

Expression small(int64_t value) { return integer(Type::i32, value); }

/// A date as whole days since 1970-01-01 (i32: a date's 2^64 microseconds are 2^28 days) and the microseconds of its
/// day.
struct Moment {
  Expression days, rest;
};

/// Rounded down. The quotient in float64 may be off by one next to a whole number; the remainder shows it.
Moment moment_of(Expression microseconds) {
  const Expression length = integer(Type::i64, day), zero = integer(Type::i64, 0), one = integer(Type::i64, 1);
  const Expression ratio = multiply(convert(microseconds, Type::f64), constant(Type::f64, 1.0 / day));
  const Expression guess = convert(convert(unary(Op::floor, ratio), Type::i32), Type::i64);
  const Expression left = subtract(microseconds, multiply(guess, length));
  const Expression high = less(left, zero), low = less_equal(length, left);
  const Expression days = select(high, subtract(guess, one), select(low, add(guess, one), guess));
  const Expression rest = select(high, add(left, length), select(low, subtract(left, length), left));
  return {convert(days, Type::i32), rest};
}

Expression quotient(Expression a, int64_t b) { return divide(a, small(b)); }
Expression product(Expression a, int64_t b) { return multiply(a, small(b)); }

/// The proleptic Gregorian calendar, counted in years that begin with March, so that the leap day is the last one, and
/// in cycles of 400 years (146,097 days). Dates are moved by 1,000 cycles first, so that nothing is negative.
struct Civil {
  Expression year, month, day, day_of_year;
};

Civil civil_of(Expression days) {
  const Expression moved = add(days, small(719468 + int64_t{1000} * 146097));  // since March 1 of the year 0
  const Expression cycle = quotient(moved, 146097);
  const Expression day_of_cycle = subtract(moved, product(cycle, 146097));
  // Without the leap days before it, a day of the cycle is 365 a year.
  const Expression without = add(subtract(day_of_cycle, quotient(day_of_cycle, 1460)),
                                 subtract(quotient(day_of_cycle, 36524), quotient(day_of_cycle, 146096)));
  const Expression year_of_cycle = quotient(without, 365);
  const Expression leap_days = subtract(quotient(year_of_cycle, 4), quotient(year_of_cycle, 100));
  const Expression march_day = subtract(day_of_cycle, add(product(year_of_cycle, 365), leap_days));
  // Months from March have 31, 30, 31, 30, 31 days in turn: 153 in five.
  const Expression march_month = quotient(add(product(march_day, 5), small(2)), 153);
  const Expression day = add(subtract(march_day, quotient(add(product(march_month, 153), small(2)), 5)), small(1));
  const Expression early = less(small(9), march_month);  // January or February of the next year
  const Expression month = add(march_month, select(early, small(-9), small(3)));
  const Expression march_year = add(product(subtract(cycle, small(1000)), 400), year_of_cycle);
  const Expression year = add(march_year, select(early, small(1), small(0)));
  const auto divides = [&](int64_t by) { return equal(binary(Op::remainder, year, small(by)), small(0)); };
  const Expression leap = either(both(divides(4), opposite(divides(100))), divides(400));
  const Expression in_year =
      select(early, subtract(march_day, small(305)), add(march_day, select(leap, small(61), small(60))));
  return {year, month, day, in_year};
}

Expression part_of_day(Operation operation, Expression rest) {
  // Below 86,400: a quotient of float64 numbers, rounded down, is exact for so few digits.
  const Expression ratio = divide(convert(rest, Type::f64), constant(Type::f64, second));
  const Expression seconds = convert(unary(Op::floor, ratio), Type::i32);
  const Expression minutes = quotient(seconds, 60);
  if (operation == Operation::hour) return quotient(minutes, 60);
  if (operation == Operation::minute) return subtract(minutes, product(quotient(minutes, 60), 60));
  return subtract(seconds, product(minutes, 60));
}

Expression part_of_date(Operation operation, Expression microseconds) {
  const Moment moment = moment_of(microseconds);
  switch (operation) {
    case Operation::hour:
    case Operation::minute:
    case Operation::second:
      return part_of_day(operation, moment.rest);
    case Operation::weekday: {
      // 1970-01-01 was a Thursday, and a cycle of 400 years is a whole number of weeks.
      const Expression moved = add(moment.days, small(3 + int64_t{1000} * 146097));
      return add(binary(Op::remainder, moved, small(7)), small(1));
    }
    default:
      break;
  }
  const Civil civil = civil_of(moment.days);
  if (operation == Operation::year) return civil.year;
  if (operation == Operation::month) return civil.month;
  return operation == Operation::day ? civil.day : civil.day_of_year;
}

double unit_of(Operation operation) {
  switch (operation) {
    case Operation::days:
      return day;
    case Operation::hours:
      return 3600.0 * second;
    case Operation::minutes:
      return 60.0 * second;
    default:
      return second;
  }
}

}  // namespace

Lifted lift_time(const Formula& formula, std::span<Lifted> arguments, Type number) {
  Lifted x = arguments[0];
  switch (formula.operation) {
    case Operation::days:
    case Operation::hours:
    case Operation::minutes:
    case Operation::seconds:
      x.value = divide(convert(x.value, Type::f64), constant(Type::f64, unit_of(formula.operation)));
      x.value = convert(x.value, number);
      return x;
    case Operation::date_of: {
      const Expression rest = moment_of(x.value).rest;
      add_overflow(x, binary(Op::subtract_overflows, x.value, rest));
      x.value = subtract(x.value, rest);
      return x;
    }
    default:
      x.value = convert(part_of_date(formula.operation, x.value), Type::i64);
      return x;
  }
}

}  // namespace mlw::kernel
