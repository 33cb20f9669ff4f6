#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/evaluate/metric_graph.h"

namespace mlw::metric_graph {

/// Collects nodes, each once.
class Builder {
 public:
  int add(Node node);
  int number(double value);
  int element(Operation operation, std::vector<int> arguments);

  std::vector<Node> nodes;

 private:
  std::map<std::string, int> known_;
};

/// When the node is a multiple of the weight in every row: the node of the multiple, which does not read the weights.
std::optional<int> linear_in_weight(Builder& builder, int node);

/// The metric as a ratio of sums over rows, when it is one.
std::optional<Ratio> find_ratio(Builder& builder, int root);

}  // namespace mlw::metric_graph
