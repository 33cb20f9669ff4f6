#pragma once

#include <vector>

#include "compiler/kernel/graph.h"

/// What a kernel graph means, element by element in float64, written to be read. Compiled code and every pass are
/// compared with it.
namespace mlw::reference {

/// The elements of a tensor, row-major. Integers are whole numbers.
using Tensor = std::vector<double>;

/// The value of an expression. Floats are computed in float64 whatever their type; integers wrap at their width.
double evaluate(kernel::Expression expression, const std::vector<double>& arguments,
                const std::vector<int64_t>& positions);

/// All values of the graph, one a node, from its inputs and scalar arguments in the order of the signature.
std::vector<Tensor> interpret_all(const kernel::Graph& graph, const std::vector<Tensor>& inputs,
                                  const std::vector<double>& scalars);
/// The outputs alone.
std::vector<Tensor> interpret(const kernel::Graph& graph, const std::vector<Tensor>& inputs,
                              const std::vector<double>& scalars = {});

}  // namespace mlw::reference
