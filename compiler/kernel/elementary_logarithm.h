#pragma once

#include "compiler/kernel/elementary_numbers.h"

namespace mlw::kernel {

/// log(1 + f) for 1/sqrt(2) - 1 <= f <= sqrt(2) - 1, with relative precision near 0.
template <typename Number>
Number logarithm_near_one(Number f);
extern template Single logarithm_near_one(Single f);
extern template Pair logarithm_near_one(Pair f);

/// log, log2, log10, log1p of x in float64; the result is to be rounded to float32 for `Single`, whose x is one.
template <typename Number>
Real logarithm_function(Elementary function, Real x);
extern template Real logarithm_function<Single>(Elementary function, Real x);
extern template Real logarithm_function<Pair>(Elementary function, Real x);

/// x^y. 1 for y = 0 and for x = 1; not a number for a negative x and a y that is not whole.
template <typename Number>
Real power_function(Real x, Real y);
extern template Real power_function<Single>(Real x, Real y);
extern template Real power_function<Pair>(Real x, Real y);

}  // namespace mlw::kernel
