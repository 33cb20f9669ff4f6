#pragma once

#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/plan/space.h"

namespace mlw {

/// What `network(…)` says, read from a call without ranges and choices in it.
struct NetworkSettings {
  /// A layer of units, or (units 0) only the dropout of the inputs.
  struct Layer {
    int units = 0;
    Activation activation = Activation::identity;
    double dropout = 0;  ///< the share of the layer's results that a training step leaves out
  };
  /// Adam (Kingma and Ba 2015) or gradient descent with momentum; weight decay is decoupled from the gradient
  /// (Loshchilov and Hutter 2019) and leaves biases alone.
  struct Optimizer {
    enum class Kind { adam, sgd } kind = Kind::adam;
    double learning_rate = 0.001;
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;  ///< of adam
    double momentum = 0.9;                              ///< of sgd
  };
  std::vector<Layer> layers;
  Optimizer optimizer;
  int batch = 64, epochs = 200;
  int patience = 10;  ///< epochs without a better validation loss; 0: `never`
  double weight_decay = 0;
};

/// Fails with R463 or R464 for what is not built.
NetworkSettings read_network_settings(const Space& call, TaskKind task);

}  // namespace mlw
