#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

/// Formulas: typed, missing-aware expressions as the language hands them to the numeric part, as plain data.
///
/// A formula is evaluated in one of three scopes. *row*: one record, columns by name (derived columns, rules, `where`, prepared
/// features). *training*: the same, plus statistics of the training rows (`mean`, `quantile`), which fitting replaces by constants,
/// so that a fitted formula is a row formula. *judged*: vectors over all judged rows (metrics), reductions and orders included.
///
/// Numbers: in row and training scope arithmetic on numbers is float32. A column's float64 or an integer becomes float32 where it meets
/// arithmetic on numbers, and nowhere else; this is the one place of that conversion. Integers, dates and durations are int64. In judged scope
/// numbers are float64. `missing` follows language.md (Kleene logic; arithmetic and comparison give missing; undefined results are missing).
namespace mlw {

enum class ValueType : uint8_t {
  unknown,   ///< the schema is not known yet, or a mistake was reported: takes part in no further check
  number,
  integer,
  flag,
  category,
  text,
  date,      ///< microseconds since 1970-01-01T00:00 UTC
  duration,  ///< microseconds
};
std::string_view name(ValueType type);

/// Every operation of a formula, declared once: name and number of arguments (-1: one or more).
#define MLW_FORMULA_OPERATIONS(X)                                                                                     \
  /* leaves */                                                                                                        \
  X(constant, 0) X(missing, 0) X(column, 0)                                                                           \
  /* arithmetic */                                                                                                    \
  X(add, 2) X(subtract, 2) X(multiply, 2) X(divide, 2) X(power, 2) X(modulo, 2) X(negate, 1) X(absolute, 1)           \
  X(sign, 1) X(floor, 1) X(ceil, 1) X(round, 1) X(minimum, 2) X(maximum, 2)                                           \
  /* comparison and logic; `in` compares the first with the others */                                                 \
  X(equal, 2) X(not_equal, 2) X(less, 2) X(less_equal, 2) X(greater, 2) X(greater_equal, 2) X(in, -1)                 \
  X(logical_and, 2) X(logical_or, 2) X(logical_not, 1)                                                                \
  /* choice: condition, then, otherwise */                                                                            \
  X(select, 3) X(coalesce, 2) X(is_missing, 1)                                                                        \
  /* elementary functions of a number */                                                                              \
  X(exp, 1) X(exp2, 1) X(expm1, 1) X(log, 1) X(log2, 1) X(log10, 1) X(log1p, 1) X(sqrt, 1) X(sin, 1) X(cos, 1)        \
  X(tan, 1) X(asin, 1) X(acos, 1) X(atan, 1) X(atan2, 2) X(sinh, 1) X(cosh, 1) X(tanh, 1) X(erf, 1) X(sigmoid, 1)     \
  /* conversions */                                                                                                   \
  X(to_number, 1) X(to_integer, 1)                                                                                    \
  /* text and categories */                                                                                           \
  X(length, 1) X(lower, 1) X(upper, 1) X(trim, 1) X(contains, 2) X(starts_with, 2) X(ends_with, 2) X(word_count, 1)   \
  X(concat, 2)                                                                                                        \
  /* position (integer) of a category or text among the constants that follow; -1 when it is none of them */          \
  X(position, -1)                                                                                                     \
  /* dates; the parts are integers; `days` … make a number out of a duration, `date_of` cuts to midnight */           \
  X(year, 1) X(month, 1) X(day, 1) X(hour, 1) X(minute, 1) X(second, 1) X(weekday, 1) X(day_of_year, 1) X(date_of, 1) \
  X(days, 1) X(hours, 1) X(minutes, 1) X(seconds, 1)                                                                  \
  /* statistics over rows: of the training rows in training scope, of the judged rows in judged scope */              \
  X(sum_of, 1) X(mean_of, 1) X(count_of, 0) X(minimum_of, 1) X(maximum_of, 1) X(median_of, 1) X(quantile_of, 2)       \
  X(deviation_of, 1)                                                                                                  \
  /* orders over judged rows; `sort_by(x, key)` ascending and stable; `rank` averages ties, from 1 */                 \
  X(sort_by, 2) X(rank, 1) X(cumulative_sum, 1)                                                                       \
  /* `segment_sum(x, by, at)`: at each row the sum of x over the rows whose `by` equals this row's `at` */            \
  X(segment_sum, 3)                                                                                                   \
  /* 1 on the last row of each run of equal values, else 0 */                                                         \
  X(last_of_run, 1)

enum class Operation : uint8_t {
#define X(name, arity) name,
  MLW_FORMULA_OPERATIONS(X)
#undef X
};
std::string_view name(Operation operation);
int arity(Operation operation);

struct Formula;
using FormulaPointer = std::shared_ptr<const Formula>;

/// A date or duration constant is an int64 of microseconds; a category or text constant is a string.
using Constant = std::variant<std::monostate, double, int64_t, bool, std::string>;

struct Formula {
  Operation operation = Operation::missing;
  ValueType type = ValueType::unknown;
  std::string unit;                      ///< "EUR"; empty: none
  Constant value;                        ///< of a `constant`
  std::string column;                    ///< of a `column`
  std::vector<FormulaPointer> arguments;
  SourceRange range;                     ///< not part of the value: two formulas that differ only here are equal
};

FormulaPointer make_constant(double value, std::string unit = {});
FormulaPointer make_constant(int64_t value, ValueType type = ValueType::integer);
FormulaPointer make_constant(bool value);
FormulaPointer make_constant(std::string value, ValueType type = ValueType::text);
FormulaPointer make_column(std::string name, ValueType type, std::string unit = {});
FormulaPointer make_formula(Operation operation, ValueType type, std::vector<FormulaPointer> arguments);

/// Canonical text, equal for equal formulas: `(add:number (column:number "x") 1.0)`. Keys are made of it, and `parse_formula` reads it.
std::string to_text(const Formula& formula);
FormulaPointer parse_formula(std::string_view text);

/// The names of the columns that a formula reads, sorted, each once.
std::vector<std::string> columns_of(const Formula& formula);
/// The formula with every leaf column of that name replaced (`replacements`: pairs of name and formula).
FormulaPointer substitute(const FormulaPointer& formula, const std::vector<std::pair<std::string, FormulaPointer>>& replacements);

}  // namespace mlw
