#pragma once

#include "compiler/kernel/elementary_numbers.h"

namespace mlw::kernel {

/// e^x = (1 + rest) · 2^k, |rest| < 0.42; `rest` keeps its relative precision near 0.
template <typename Number>
struct Exponential {
  Number rest;
  Real k;
};
extern template struct Exponential<Single>;
extern template struct Exponential<Pair>;

/// e^x for |x| < 1200.
template <typename Number>
Exponential<Number> exponential(Number x);
extern template Exponential<Single> exponential(Single x);
extern template Exponential<Pair> exponential(Pair x);

/// (1 + rest) · 2^k rounded to float64, for |k| < 2000; subnormal results are rounded twice.
template <typename Number>
Real assembled(const Exponential<Number>& value);
extern template Real assembled(const Exponential<Single>&);
extern template Real assembled(const Exponential<Pair>&);

/// exp, exp2, expm1, sinh, cosh, tanh, sigmoid of x in float64; the result is to be rounded to float32 for `Single`.
template <typename Number>
Real exponential_function(Elementary function, Real x);
extern template Real exponential_function<Single>(Elementary function, Real x);
extern template Real exponential_function<Pair>(Elementary function, Real x);

}  // namespace mlw::kernel
