#pragma once

#include <span>

#include "compiler/kernel/lower_formula.h"

/// The parts of `FormulaLowering`: operations on lifted values, by kind.
namespace mlw::kernel {

Lifted always(Expression value);
/// The value with everything infinite or not a number made missing.
Lifted settled(Lifted x);
/// As a number of the scope: float64 and integers are converted here and nowhere else.
Lifted as_number(Lifted x, Type number);
/// An i64 out of a number (cut towards 0), a flag or an integer.
Lifted as_integer(Lifted x);
/// Valid where both are, overflown where one is.
Lifted joined(Expression value, const Lifted& a, const Lifted& b, bool unchecked = false);
/// Two values of one type, so that one of them can be chosen: floats of the wider type, an integer beside a number as a
/// number.
void make_alike(Lifted& a, Lifted& b, Type number);
/// Marks an overflow where `flag` holds and the value is there.
void add_overflow(Lifted& x, Expression flag);

Lifted lift_arithmetic(const Formula& formula, std::span<Lifted> arguments, Type number);
Lifted lift_function(const Formula& formula, std::span<Lifted> arguments, Type number);
Lifted lift_comparison(Operation operation, Lifted a, Lifted b, Type number);
Lifted lift_logic(const Formula& formula, std::span<Lifted> arguments, Type number);
Lifted lift_time(const Formula& formula, std::span<Lifted> arguments, Type number);

}  // namespace mlw::kernel
