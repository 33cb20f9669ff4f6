#include "runtime/evaluate/metric_graph.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/evaluate.h"
#include "runtime/evaluate/metric_linear.h"

namespace mlw::metric_graph {
namespace {

Action action_of(Operation operation) {
  switch (operation) {
    case Operation::constant:
    case Operation::missing:
      return Action::constant;
    case Operation::column:
      return Action::column;
    case Operation::sum_of:
    case Operation::mean_of:
    case Operation::count_of:
    case Operation::minimum_of:
    case Operation::maximum_of:
    case Operation::median_of:
    case Operation::quantile_of:
    case Operation::deviation_of:
      return Action::reduce;
    case Operation::sort_by:
      return Action::sort;
    case Operation::rank:
      return Action::rank;
    case Operation::cumulative_sum:
      return Action::cumulate;
    case Operation::segment_sum:
      return Action::segment_sum;
    case Operation::last_of_run:
      return Action::last_of_run;
    default:
      return Action::element;
  }
}

int convert(Builder& builder, const Formula& formula, std::map<const Formula*, int>& done) {
  if (const auto found = done.find(&formula); found != done.end()) return found->second;
  Node node;
  node.action = action_of(formula.operation);
  node.operation = formula.operation;
  node.type = formula.type;
  node.value = formula.value;
  node.column = formula.column;
  for (const auto& argument : formula.arguments) node.arguments.push_back(convert(builder, *argument, done));
  switch (node.action) {
    case Action::sort:
      node.arguments[1] = builder.add({Action::permutation, node.operation, node.type, {}, {}, {node.arguments[1]}});
      break;
    case Action::rank:
      node.arguments.push_back(
          builder.add({Action::permutation, node.operation, node.type, {}, {}, {node.arguments[0]}}));
      break;
    case Action::segment_sum:
      node.arguments = {
          node.arguments[0],
          builder.add({Action::segments, node.operation, node.type, {}, {}, {node.arguments[1], node.arguments[2]}})};
      break;
    default:
      break;
  }
  if (node.operation == Operation::sum_of) {
    if (const auto linear = linear_in_weight(builder, node.arguments[0])) {
      node.action = Action::dot;
      node.arguments[0] = *linear;
    }
  }
  return done[&formula] = builder.add(std::move(node));
}

bool is_leaf(const Node& node) { return node.action == Action::constant || node.action == Action::column; }

/// Which element nodes get memory: those that something other than a pass reads, and those that a pass of another kind
/// reads (weighted passes read what the others have computed once; passes over rows read single numbers).
void mark_stored(std::vector<Node>& nodes, const std::vector<int>& roots) {
  std::vector<bool> needed(nodes.size(), false);
  for (const int root : roots) {
    needed[root] = true;
    nodes[root].stored = nodes[root].action == Action::element;
  }
  for (size_t i = nodes.size(); i-- > 0;) {
    Node& node = nodes[i];
    if (!needed[i]) continue;
    if (node.action != Action::constant && node.action != Action::element) node.stored = true;
    for (const int argument : node.arguments) {
      Node& read = nodes[argument];
      needed[argument] = true;
      if (read.action != Action::element) continue;
      const bool hoist = node.weighted && !read.weighted && read.type == ValueType::number;
      if (node.action != Action::element || hoist || node.vector != read.vector) read.stored = true;
    }
  }
}

/// Nodes stand behind what they read, so one pass from the first to the last suffices.
void find_levels(std::vector<Node>& nodes) {
  for (Node& node : nodes) {
    for (const int argument : node.arguments) {
      const Node& read = nodes[argument];
      node.level = std::max(node.level, read.stored && !is_leaf(read) ? read.level + 1 : read.level);
    }
  }
}

}  // namespace

bool is_scalar_column(std::string_view name) { return name == "classes"; }

int Builder::add(Node node) {
  std::string key = std::to_string(static_cast<int>(node.action)) + ' ' +
                    std::to_string(static_cast<int>(node.operation)) + ' ' +
                    std::to_string(static_cast<int>(node.type));
  if (node.action == Action::constant) key += ' ' + to_text(Formula{node.operation, node.type, {}, node.value});
  key += ' ' + node.column;
  for (const int argument : node.arguments) key += ' ' + std::to_string(argument);
  const auto [place, added] = known_.emplace(key, static_cast<int>(nodes.size()));
  if (!added) return place->second;
  node.weighted = node.column == "weight" || node.action == Action::dot;
  node.vector = node.action == Action::column && !is_scalar_column(node.column);
  bool reads_vector = false;
  for (const int argument : node.arguments) {
    node.weighted |= nodes[argument].weighted;
    reads_vector |= nodes[argument].vector;
  }
  if (node.action != Action::reduce && node.action != Action::dot) node.vector |= reads_vector;
  nodes.push_back(std::move(node));
  return place->second;
}

int Builder::number(double value) { return add({Action::constant, Operation::constant, ValueType::number, value}); }

int Builder::element(Operation operation, std::vector<int> arguments) {
  return add({Action::element,
              operation,
              operation == Operation::is_missing ? ValueType::flag : ValueType::number,
              {},
              {},
              std::move(arguments)});
}

Graph build(const Formula& formula) {
  Builder builder;
  std::map<const Formula*, int> done;
  Graph graph;
  graph.root = convert(builder, formula, done);
  if (builder.nodes[graph.root].vector) fail(kinds::metric_not_a_number, {}, formula.range);
  graph.ratio = find_ratio(builder, graph.root);
  std::vector<int> roots = {graph.root};
  if (graph.ratio) {
    roots.push_back(graph.ratio->numerator);
    if (graph.ratio->denominator >= 0) roots.push_back(graph.ratio->denominator);
  }
  graph.nodes = std::move(builder.nodes);
  mark_stored(graph.nodes, roots);
  find_levels(graph.nodes);
  return graph;
}

}  // namespace mlw::metric_graph
