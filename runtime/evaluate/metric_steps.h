#pragma once

#include <memory>
#include <span>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "runtime/evaluate/metric_graph.h"
#include "runtime/evaluate/reductions.h"

namespace mlw {

using judging::JudgedVector;
using judging::Segments;

/// One compiled pass: element nodes of one level and one kind (over rows or not, weighted or not).
struct MetricPass {
  std::vector<int> inputs, outputs;  ///< nodes
  std::vector<ElementType> input_types;
  std::vector<ElementType> output_types;
  bool over_rows = false;
  std::shared_ptr<const CompiledColumns> code;
};

/// A step: a pass, or a node that is a library call.
struct MetricStep {
  int pass = -1, node = -1;
  bool weighted = false;
};

struct MetricSteps {
  metric_graph::Graph graph;
  std::vector<MetricPass> passes;
  std::vector<MetricStep> steps;  ///< in an order in which each finds what it reads
  std::vector<int> columns;       ///< nodes that the judged rows fill
  int weight = -1;                ///< the one that holds the weights; -1 when only sums read them
};

std::shared_ptr<const MetricSteps> plan_steps(metric_graph::Graph graph, CodeGenerator& generator);

/// What a stored node holds.
struct NodeValue {
  JudgedVector vector;
  std::vector<uint32_t> order;  ///< of a permutation
  Segments segments;
};

/// Values of nodes; weighted ones stand on top of those that were computed once.
struct NodeValues {
  const std::vector<NodeValue>* base = nullptr;
  std::span<const double> weight;  ///< of the rows; read by weighted steps alone
  std::vector<NodeValue> own;
  const NodeValue& at(int node, bool weighted) const { return weighted || base == nullptr ? own[node] : (*base)[node]; }
};

/// Runs the steps that are weighted, or those that are not. `rows`: how many there are. Throws R483 on integer
/// overflow.
void run_steps(const MetricSteps& steps, bool weighted, int64_t rows, NodeValues& values);

/// The value of a node as one number; false when missing.
bool number_of(const MetricSteps& steps, const NodeValues& values, int node, double& result);
/// The value of a node for every row (one number is repeated).
std::vector<double> column_of(const MetricSteps& steps, const NodeValues& values, int node, int64_t rows);

}  // namespace mlw
