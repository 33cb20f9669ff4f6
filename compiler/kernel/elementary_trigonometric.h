#pragma once

#include "compiler/kernel/elementary_numbers.h"

namespace mlw::kernel {

/// sin, cos, tan of x in float64, over the whole range; the result is to be rounded to float32 for `Single`, whose x is
/// one.
template <typename Number>
Real trigonometric_function(Elementary function, Real x);
extern template Real trigonometric_function<Single>(Elementary function, Real x);
extern template Real trigonometric_function<Pair>(Elementary function, Real x);

/// atan2, and asin, acos, atan by it (y is not used).
template <typename Number>
Real inverse_trigonometric_function(Elementary function, Real x, Real y);
extern template Real inverse_trigonometric_function<Single>(Elementary function, Real x, Real y);
extern template Real inverse_trigonometric_function<Pair>(Elementary function, Real x, Real y);

}  // namespace mlw::kernel
