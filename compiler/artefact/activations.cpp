#include "compiler/artefact/activations.h"

namespace mlw {

kernel::Expression activate(Activation activation, kernel::Expression x) {
  using namespace kernel;
  const auto number = [](double value) { return constant(Type::f32, value); };
  switch (activation) {
    case Activation::identity:
      return x;
    case Activation::relu:
      return select(greater(x, number(0)), x, number(0));
    case Activation::tanh:
      return elementary(Elementary::tanh, x);
    case Activation::sigmoid:
      return elementary(Elementary::sigmoid, x);
    case Activation::gelu:
      return multiply(multiply(number(0.5), x),
                      add(number(1), elementary(Elementary::erf, multiply(x, number(0.70710678118654752)))));
  }
  return x;
}

}  // namespace mlw
