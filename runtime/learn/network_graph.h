#pragma once

#include <string>
#include <vector>

#include "compiler/kernel/graph.h"
#include "runtime/learn/network_settings.h"

namespace mlw {

enum class NetworkLoss : uint8_t {
  squared,   ///< Σ (z - y)² over outputs
  logistic,  ///< log(1 + exp(z)) - y z, y in 0 … 1
  softmax,   ///< log Σ exp(z) - z[y], y a class
};

/// What the code of a training step depends on; everything else is given at run time.
struct NetworkShape {
  int inputs = 0, outputs = 0, batch = 0;
  std::vector<NetworkSettings::Layer> layers;  ///< without the last one; of the dropout only whether there is one
  NetworkLoss loss = NetworkLoss::squared;
  NetworkSettings::Optimizer::Kind optimizer = NetworkSettings::Optimizer::Kind::adam;
};

/// A parameter tensor: weights [inputs × outputs] of a layer, or its bias [outputs].
struct NetworkParameter {
  int layer = 0;  ///< the last layer included
  bool is_bias = false;
  int64_t inputs = 0, outputs = 0;  ///< inputs 1 for a bias
  int64_t size() const { return inputs * outputs; }
};
std::vector<NetworkParameter> parameters_of(const NetworkShape& shape);

/// How many tensors of optimizer state stand beside each parameter: first and second moments, or the last step.
int states_of(const NetworkShape& shape);

/// Scalar arguments of a training step, in their order. Numbers that change from step to step stand here too, so that
/// one compiled function serves all steps of all trials of a shape.
enum class StepScalar : uint8_t {
  seed,           ///< of dropout, i64: exact up to 2⁵³
  step,           ///< from 0
  learning_rate,  ///< the length of a step; of adam times 1 / (1 - beta1^t)
  decay,          ///< learning rate × weight decay
  beta1,          ///< or momentum
  one_minus_beta1,
  beta2,
  one_minus_beta2,
  root_scale,  ///< 1 / √(1 - beta2^t)
  epsilon,
  count,
};

/// One training step: forward, loss, gradients, update. Inputs: x [batch × inputs], y [batch × outputs] or classes
/// [batch] (i32), weight [batch], then parameters, then each parameter's states. Outputs: loss (Σ weight · loss of a
/// row), then parameters and states, each in place of its input. Scalars: those of `StepScalar`, then rate and 1 / (1 -
/// rate) for each layer with dropout.
kernel::Graph training_step(const NetworkShape& shape);

/// The loss without dropout. Inputs: x, y, weight, parameters. Output: loss.
kernel::Graph evaluation(const NetworkShape& shape);

}  // namespace mlw
