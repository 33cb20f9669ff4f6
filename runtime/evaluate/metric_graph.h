#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/kernel/formula.h"

/// A metric's formula as a graph in which every part stands once, divided in steps: passes over rows that are compiled,
/// and sums and orders that are library calls. Parts that do not read the weights are told from those that do, so that
/// a metric can be evaluated again and again under other weights.
namespace mlw::metric_graph {

enum class Action : uint8_t {
  constant,
  column,   ///< what the judged rows give: truth, prediction, score …
  element,  ///< row by row (or one number out of others): compiled
  reduce,   ///< sum_of, mean_of … : one number
  dot,      ///< sum over rows of weight times the argument: what `sum_of` of something linear in the weights becomes
  permutation,  ///< ascending order of the argument
  sort,         ///< arguments: values, permutation
  rank,         ///< arguments: values, permutation
  cumulate,
  segments,     ///< arguments: by, at
  segment_sum,  ///< arguments: values, segments
  last_of_run,
};

struct Node {
  Action action = Action::constant;
  Operation operation = Operation::constant;
  ValueType type = ValueType::number;
  Constant value;
  std::string column;
  std::vector<int> arguments;
  bool vector = false;    ///< one value a row; else one value
  bool weighted = false;  ///< depends on the weights
  bool stored = false;    ///< has a value in memory: every node but element nodes inside a pass, and constants
  int level = 0;          ///< a stored node reads only stored nodes of lower levels
};

/// A metric that is `offset + scale * root(numerator / denominator)`, where numerator and denominator are sums over
/// rows of weight times a value (nodes, one value a row), root is the square root or nothing. Without a denominator it
/// is a plain sum.
struct Ratio {
  int numerator = -1, denominator = -1;
  bool square_root = false, weighted = true;
  double scale = 1, offset = 0;
};

struct Graph {
  std::vector<Node> nodes;
  int root = -1;
  std::optional<Ratio> ratio;
};

/// Columns that have one value for all rows.
bool is_scalar_column(std::string_view name);

/// Throws R481 when the formula gives one value a row instead of one number.
Graph build(const Formula& formula);

}  // namespace mlw::metric_graph
