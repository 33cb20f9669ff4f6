#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/expression.h"
#include "compiler/kernel/formula.h"

/// Row formulas as expressions: the one place where every operation gets its exact meaning.
///
/// *Types.* A flag is a flag; integers, dates and durations are i64; a number is float32 in row scope and float64 in
/// judged scope. A column of numbers stored as float64 keeps its digits until it meets arithmetic on numbers (every
/// operation below that says "number", comparisons with numbers included); there it becomes float32, and so does an
/// integer that meets a number. `select`, `coalesce`, `to_number` of a number, `to_integer` and `is_missing` are no
/// such arithmetic.
///
/// *Missing.* Unless said otherwise the result is missing where an argument is. A number that is infinite or no number,
/// wherever it comes from (a column, x / 0, log of 0, a sum out of range), is missing.
///
/// *Overflow.* An i64 result out of range is an error with the row, where the arguments are not missing and the result
/// is looked at: not in the arm that `select` or `coalesce` did not take, nor right of a false `and` or a true `or`.
///
///     add, subtract, multiply, negate, absolute    numbers: IEEE 754; both integers: exact. date ± duration, date -
///     date,
///                            duration ± duration: exact. duration · number: in float64, to the nearest microsecond,
///                            ties to even
///     divide                 numbers; duration / duration in float64, then a number; duration / number: to the nearest
///                            microsecond. With an integer result: rounded down. By 0: missing
///     modulo                 x - y · floor(x / y), of the sign of y; missing for y = 0, and for numbers where |x / y|
///     has
///                            more digits than a number (2^24, float64: 2^53), since nothing of the remainder is known
///     power                  numbers; 0^0 is 1; a negative base has whole exponents only. With an integer result:
///     exact, missing for negative exponents sign                   -1, 0, 1, of the type of the argument floor, ceil,
///     round     numbers; round: halves to even minimum, maximum       of numbers, integers, dates, durations equal …
///     greater_equal  numbers, integers, dates, durations; equality also of flags in                     the first
///     equals one of the others, by `or` logical_and, _or, _not Kleene: false and missing is false, true or missing is
///     true select                 missing where the condition is coalesce               the first that is not missing
///     is_missing             never missing
///     exp … sigmoid          see elementary.h; atan2(0, 0) is missing
///     to_number              of a flag 0 or 1
///     to_integer             of a number: cut towards 0, missing when out of range; of a flag 0 or 1
///     year … day_of_year     of the proleptic Gregorian calendar in UTC; weekday 1 (Monday) … 7; date_of: midnight
///     days … seconds         in float64, then a number
namespace mlw::kernel {

/// A value with its validity and whether an integer overflowed on the way to it; both are flags. Where `valid` is
/// false, `value` is 0.
struct RowValue {
  Expression value = nullptr;
  Expression valid = nullptr;
  Expression overflow = nullptr;
};

/// A value on the way: of numbers also whether it may be infinite or no number, which stands for missing and is looked
/// at only where it would get lost.
struct Lifted {
  Expression value = nullptr;
  Expression valid = nullptr;
  Expression overflow = nullptr;
  bool unchecked = false;
};

Type element_type(ElementType element);

/// Lifts formulas over the columns of a kernel into expressions. The value of input i is argument 2 i, whether it is
/// there (a flag) argument 2 i + 1. Fails with B351 at an operation that is none of rows.
class FormulaLowering {
 public:
  FormulaLowering(std::span<const ColumnKernel::Input> inputs, bool judged);

  /// The formula's value as an element of an output column, simplified.
  RowValue lower(const FormulaPointer& formula, ElementType element);

 private:
  Lifted lift(const Formula& formula);
  Lifted lift_new(const Formula& formula);
  Lifted lift_leaf(const Formula& formula);

  std::span<const ColumnKernel::Input> inputs_;
  Type number_;
  std::unordered_map<const Formula*, Lifted> done_;
};

}  // namespace mlw::kernel
