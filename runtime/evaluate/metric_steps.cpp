#include "runtime/evaluate/metric_steps.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "compiler/diagnostics/kinds/evaluate.h"

namespace mlw {
namespace {

using metric_graph::Action;
using metric_graph::Graph;
using metric_graph::Node;

ElementType element_of(ValueType type) {
  return type == ValueType::flag      ? ElementType::flag
         : type == ValueType::integer ? ElementType::int64
                                      : ElementType::float64;
}

std::string input_name(int node) { return "v" + std::to_string(node); }

/// The formula of an element node in terms of stored nodes; collects those.
FormulaPointer formula_of(const Graph& graph, int index, bool top, std::set<int>& inputs,
                          std::map<int, FormulaPointer>& done) {
  const Node& node = graph.nodes[index];
  if (node.action == Action::constant) {
    return std::make_shared<Formula>(Formula{node.operation, node.type, {}, node.value});
  }
  if (node.stored && !top) {
    inputs.insert(index);
    return make_column(input_name(index), node.type);
  }
  if (const auto found = done.find(index); found != done.end()) return found->second;
  std::vector<FormulaPointer> arguments;
  for (const int argument : node.arguments) arguments.push_back(formula_of(graph, argument, false, inputs, done));
  return done[index] = make_formula(node.operation, node.type, std::move(arguments));
}

MetricPass compile_pass(const Graph& graph, std::vector<int> outputs, CodeGenerator& generator) {
  MetricPass pass;
  pass.over_rows = graph.nodes[outputs.front()].vector;
  ColumnKernel kernel;
  kernel.judged = true;
  std::set<int> inputs;
  std::map<int, FormulaPointer> done;
  for (const int output : outputs) {
    const ElementType type = element_of(graph.nodes[output].type);
    kernel.outputs.push_back({formula_of(graph, output, true, inputs, done), type});
    pass.output_types.push_back(type);
  }
  for (const int input : inputs) {
    const ElementType type = element_of(graph.nodes[input].type);
    kernel.inputs.push_back({input_name(input), type, true});
    pass.input_types.push_back(type);
  }
  pass.inputs.assign(inputs.begin(), inputs.end());
  pass.outputs = std::move(outputs);
  pass.code = generator.compile(kernel);
  return pass;
}

/// A column of a pass in the form that compiled code reads or writes.
struct PassColumn {
  std::vector<double> numbers;
  std::vector<int64_t> integers;
  std::vector<uint8_t> flags;
  std::vector<uint8_t> validity;
};

size_t padded(int64_t rows) { return static_cast<size_t>((rows + 63) / 64 * 64); }

void pack_validity(const JudgedVector& x, int64_t rows, PassColumn& column) {
  if (x.valid.empty()) return;
  const bool repeat = static_cast<int64_t>(x.values.size()) != rows;
  column.validity.assign(padded(rows) / 8, 0);
  for (int64_t i = 0; i < rows; ++i) {
    if (x.valid[repeat ? 0 : i]) column.validity[i >> 3] |= static_cast<uint8_t>(1 << (i & 7));
  }
}

ColumnView view_input(const JudgedVector& x, ElementType type, int64_t rows, PassColumn& column) {
  pack_validity(x, rows, column);
  const uint8_t* validity = column.validity.empty() ? nullptr : column.validity.data();
  const bool repeat = static_cast<int64_t>(x.values.size()) != rows;
  const auto value = [&](int64_t i) { return x.values[repeat ? 0 : i]; };
  if (type == ElementType::int64) {
    for (int64_t i = 0; i < rows; ++i) column.integers.push_back(static_cast<int64_t>(value(i)));
    return {column.integers.data(), validity};
  }
  if (type == ElementType::flag) {
    for (int64_t i = 0; i < rows; ++i) column.flags.push_back(value(i) != 0 ? 1 : 0);
    return {column.flags.data(), validity};
  }
  if (!repeat) return {x.values.data(), validity};
  column.numbers.assign(padded(rows), x.values[0]);
  return {column.numbers.data(), validity};
}

MutableColumnView view_output(ElementType type, int64_t rows, PassColumn& column) {
  column.validity.assign(padded(rows) / 8, 0);
  if (type == ElementType::int64) {
    column.integers.assign(padded(rows), 0);
    return {column.integers.data(), column.validity.data()};
  }
  if (type == ElementType::flag) {
    column.flags.assign(padded(rows), 0);
    return {column.flags.data(), column.validity.data()};
  }
  column.numbers.assign(padded(rows), 0);
  return {column.numbers.data(), column.validity.data()};
}

/// Values that are not finite are undefined, therefore missing; missing ones become 0.
JudgedVector read_output(ElementType type, int64_t rows, PassColumn& column) {
  JudgedVector result;
  if (type == ElementType::float64) {
    result.values = std::move(column.numbers);
    result.values.resize(static_cast<size_t>(rows));
  } else {
    for (int64_t i = 0; i < rows; ++i) {
      result.values.push_back(type == ElementType::int64 ? static_cast<double>(column.integers[i])
                                                         : static_cast<double>(column.flags[i]));
    }
  }
  for (int64_t i = 0; i < rows; ++i) {
    const bool there = (column.validity[i >> 3] >> (i & 7) & 1) != 0 && std::isfinite(result.values[i]);
    if (there) continue;
    if (result.valid.empty()) result.valid.assign(static_cast<size_t>(rows), 1);
    result.valid[i] = 0;
    result.values[i] = 0;
  }
  return result;
}

void run_pass(const MetricSteps& steps, const MetricPass& pass, int64_t all_rows, NodeValues& values) {
  const int64_t rows = pass.over_rows ? all_rows : 1;
  std::vector<PassColumn> inputs(pass.inputs.size()), outputs(pass.outputs.size());
  std::vector<ColumnView> input_views;
  std::vector<MutableColumnView> output_views;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Node& node = steps.graph.nodes[pass.inputs[i]];
    input_views.push_back(
        view_input(values.at(pass.inputs[i], node.weighted).vector, pass.input_types[i], rows, inputs[i]));
  }
  for (size_t i = 0; i < outputs.size(); ++i)
    output_views.push_back(view_output(pass.output_types[i], rows, outputs[i]));
  const int64_t overflow = pass.code->run(input_views.data(), output_views.data(), 0, rows);
  if (overflow != 0) fail(kinds::metric_overflow, {{"row", std::to_string(overflow)}, {"name", "metric"}});
  for (size_t i = 0; i < outputs.size(); ++i)
    values.own[pass.outputs[i]].vector = read_output(pass.output_types[i], rows, outputs[i]);
}

JudgedVector one_number(double value) { return {{value}, {}}; }
JudgedVector no_number() { return {{0}, {0}}; }

/// The values that are there.
std::vector<double> present(const JudgedVector& x) {
  std::vector<double> values;
  for (size_t i = 0; i < x.values.size(); ++i) {
    if (!x.missing(i)) values.push_back(x.values[i]);
  }
  return values;
}

JudgedVector reduce(Operation operation, const JudgedVector& x, double share, int64_t rows) {
  if (operation == Operation::count_of) return one_number(static_cast<double>(rows));
  if (operation == Operation::sum_of) return one_number(judging::tree_sum(x.values));  // missing values are 0
  if (operation == Operation::median_of || operation == Operation::quantile_of) {
    double result = 0;
    return judging::quantile(x, operation == Operation::median_of ? 0.5 : share, result) ? one_number(result)
                                                                                         : no_number();
  }
  const auto values = present(x);
  if (values.empty()) return no_number();
  if (operation == Operation::minimum_of) return one_number(*std::min_element(values.begin(), values.end()));
  if (operation == Operation::maximum_of) return one_number(*std::max_element(values.begin(), values.end()));
  const auto count = static_cast<double>(values.size());
  const double mean = judging::tree_sum(values) / count;
  if (operation == Operation::mean_of) return one_number(mean);
  auto squares = values;
  for (double& value : squares) value = (value - mean) * (value - mean);
  return one_number(std::sqrt(judging::tree_sum(squares) / count));
}

/// The value of an argument, one a row; a single number is repeated, in `repeated`.
const JudgedVector& over_rows(const MetricSteps& steps, const NodeValues& values, int node, int64_t rows,
                              JudgedVector& repeated) {
  const Node& read = steps.graph.nodes[node];
  if (read.stored && read.vector) return values.at(node, read.weighted).vector;
  double value = 0;
  const auto size = static_cast<size_t>(rows);
  const bool there = number_of(steps, values, node, value);
  repeated.values.assign(size, there ? value : 0);
  repeated.valid.assign(there ? 0 : size, 0);
  return repeated;
}

void run_node(const MetricSteps& steps, int index, int64_t rows, NodeValues& values) {
  const Node& node = steps.graph.nodes[index];
  NodeValue& result = values.own[index];
  const auto argument = [&](int i) -> const NodeValue& {
    return values.at(node.arguments[i], steps.graph.nodes[node.arguments[i]].weighted);
  };
  JudgedVector repeated[2];
  const auto rows_of = [&](int i) -> const JudgedVector& {
    return over_rows(steps, values, node.arguments[i], rows, repeated[i]);
  };
  switch (node.action) {
    case Action::dot: {
      const Node& multiple = steps.graph.nodes[node.arguments[0]];
      if (multiple.stored && multiple.vector) {
        result.vector = one_number(judging::tree_dot(values.weight, argument(0).vector.values));
      } else {
        double value = 0;
        result.vector = number_of(steps, values, node.arguments[0], value)
                            ? one_number(value * judging::tree_sum(values.weight))
                            : one_number(0);
      }
      break;
    }
    case Action::reduce: {
      double share = 0;
      if (node.operation == Operation::quantile_of && !number_of(steps, values, node.arguments[1], share)) share = -1;
      result.vector = reduce(node.operation, node.arguments.empty() ? JudgedVector{} : rows_of(0), share, rows);
      break;
    }
    case Action::permutation:
      result.order = judging::ascending(rows_of(0));
      break;
    case Action::sort:
      result.vector = judging::gather(rows_of(0), argument(1).order);
      break;
    case Action::rank:
      result.vector = judging::rank(rows_of(0), argument(1).order);
      break;
    case Action::cumulate:
      result.vector = judging::cumulative_sum(rows_of(0));
      break;
    case Action::segments:
      result.segments = judging::find_segments(rows_of(0), rows_of(1));
      break;
    case Action::segment_sum:
      result.vector = judging::segment_sum(rows_of(0), argument(1).segments);
      break;
    case Action::last_of_run:
      result.vector = judging::last_of_run(rows_of(0));
      break;
    default:
      break;
  }
}

}  // namespace

std::shared_ptr<const MetricSteps> plan_steps(Graph graph, CodeGenerator& generator) {
  auto steps = std::make_shared<MetricSteps>();
  std::map<std::tuple<int, bool, bool>, std::vector<int>> passes;  // level, weighted, over rows
  std::vector<std::pair<int, MetricStep>> by_level;
  for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
    const Node& node = graph.nodes[i];
    if (!node.stored) continue;
    if (node.action == Action::element) {
      passes[{node.level, node.weighted, node.vector}].push_back(i);
    } else if (node.action == Action::column) {
      steps->columns.push_back(i);
      if (node.column == "weight") steps->weight = i;
    } else {
      by_level.push_back({node.level, {-1, i, node.weighted}});
    }
  }
  for (auto& [key, outputs] : passes) {
    by_level.push_back({std::get<0>(key), {static_cast<int>(steps->passes.size()), -1, std::get<1>(key)}});
    steps->passes.push_back(compile_pass(graph, outputs, generator));
  }
  std::sort(by_level.begin(), by_level.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first, a.second.pass, a.second.node) < std::tuple(b.first, b.second.pass, b.second.node);
  });
  for (const auto& [level, step] : by_level) steps->steps.push_back(step);
  steps->graph = std::move(graph);
  return steps;
}

void run_steps(const MetricSteps& steps, bool weighted, int64_t rows, NodeValues& values) {
  for (const MetricStep& step : steps.steps) {
    if (step.weighted != weighted) continue;
    if (step.pass >= 0) {
      run_pass(steps, steps.passes[step.pass], rows, values);
    } else {
      run_node(steps, step.node, rows, values);
    }
  }
}

bool number_of(const MetricSteps& steps, const NodeValues& values, int index, double& result) {
  const Node& node = steps.graph.nodes[index];
  if (node.action == Action::constant) {
    if (const auto* number = std::get_if<double>(&node.value)) return result = *number, true;
    if (const auto* integer = std::get_if<int64_t>(&node.value)) return result = static_cast<double>(*integer), true;
    if (const auto* flag = std::get_if<bool>(&node.value)) return result = *flag ? 1 : 0, true;
    return false;
  }
  const JudgedVector& vector = values.at(index, node.weighted).vector;
  if (vector.missing(0)) return false;
  result = vector.values[0];
  return true;
}

std::vector<double> column_of(const MetricSteps& steps, const NodeValues& values, int node, int64_t rows) {
  JudgedVector repeated;
  return over_rows(steps, values, node, rows, repeated).values;
}

}  // namespace mlw
