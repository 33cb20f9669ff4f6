#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/graph.h"
#include "compiler/kernel/graph.h"
#include "compiler/kernel/graph_layout.h"

namespace mlw::kernel {
namespace {

using fmt::format;

bool is_tensor_type(Type type) { return type == Type::f32 || type == Type::f64 || type == Type::i32; }

/// Checks one node against the nodes before it. Each check returns the first fault as a sentence, or nothing.
class NodeChecker {
 public:
  NodeChecker(const Graph& graph, const TensorNode& node, Value self)
      : graph_(graph), node_(node), self_(self), loops_(loops_of(node)) {}

  std::string check() const {
    if (!is_tensor_type(node_.type)) return format("no tensor has elements of type {}", name(node_.type));
    for (const int64_t extent : loops_)
      if (extent < 0) return "an extent is negative";
    return std::visit([this](const auto& work) { return check(work); }, node_.work);
  }

 private:
  std::string check(const Input&) const { return {}; }

  std::string check(const Map& map) const {
    if (map.term.expression && map.term.expression->type != node_.type) return "the expression has another type";
    return term(map.term, loops_.size(), nullptr);
  }

  std::string check(const Reduce& reduce) const {
    if (std::string text = term(reduce.term, loops_.size(), nullptr); !text.empty()) return text;
    const Type type = reduce.term.expression->type;
    if (reduce.reduction == Reduction::argument_of_maximum) {
      if (reduce.reduced.size() != 1) return "the position of the largest element needs exactly one axis";
      return node_.type == Type::i32 && is_float(type) ? "" : "a position is an i32, of the largest of floats";
    }
    return type == node_.type && is_float(type) ? "" : "only floats are reduced, to their own type";
  }

  std::string check(const Contract& contract) const {
    for (const Term* factor : {&contract.left, &contract.right})
      if (std::string text = term(*factor, loops_.size(), nullptr); !text.empty()) return text;
    const Type type = contract.left.expression->type;
    if (contract.right.expression->type != type || !is_float(type)) return "the factors are not floats of one type";
    const Expression sum = argument(type, 0);
    if (std::string text = term(contract.epilogue, node_.shape.size(), sum); !text.empty()) return text;
    return contract.epilogue.expression->type == node_.type ? "" : "the epilogue has another type";
  }

  std::string check(const Gather& gather) const {
    if (std::string text = value(gather.table); !text.empty()) return text;
    if (std::string text = value(gather.index); !text.empty()) return text;
    const TensorNode &table = graph_[gather.table], &index = graph_[gather.index];
    if (table.shape.empty()) return "a table without rows";
    if (index.type != Type::i32) return "the index is not i32";
    if (table.type != node_.type) return "the table has another type";
    return node_.shape == with_rows(index.shape, table.shape) ? "" : "the shape is not the index' and a row's";
  }

  std::string check(const ScatterAdd& scatter) const {
    if (std::string text = value(scatter.index); !text.empty()) return text;
    if (std::string text = value(scatter.updates); !text.empty()) return text;
    const TensorNode &updates = graph_[scatter.updates], &index = graph_[scatter.index];
    if (node_.shape.empty()) return "a table without rows";
    if (index.type != Type::i32) return "the index is not i32";
    if (updates.type != node_.type || !is_float(node_.type)) return "only floats are added up, to their own type";
    return updates.shape == with_rows(index.shape, node_.shape) ? "" : "updates do not fit the index and a row";
  }

  std::string check(const View& view) const {
    if (std::string text = value(view.source); !text.empty()) return text;
    const TensorNode& source = graph_[view.source];
    if (source.type != node_.type) return "a view has its source's type";
    if (view.permutation.empty()) {
      if (elements(source.shape) != elements(node_.shape)) return "a reshape keeps the number of elements";
      const bool gapless = layout_of(graph_, view.source).strides == row_major(source.shape);
      return gapless ? "" : "a transposed view cannot be reshaped";
    }
    std::vector<int> sorted = view.permutation;
    std::sort(sorted.begin(), sorted.end());
    for (size_t d = 0; d < sorted.size(); ++d)
      if (sorted[d] != static_cast<int>(d)) return "the permutation names a dimension twice or none";
    if (sorted.size() != source.shape.size() || sorted.size() != node_.shape.size())
      return "the permutation has another rank";
    for (size_t d = 0; d < sorted.size(); ++d)
      if (node_.shape[d] != source.shape[view.permutation[d]]) return "the shape is not the permuted one";
    return {};
  }

  static Shape with_rows(Shape index, const Shape& table) {
    index.insert(index.end(), table.begin() + 1, table.end());
    return index;
  }

  std::string value(Value value) const {
    return value >= 0 && value < self_ ? "" : format("%{} does not stand before it", value);
  }

  std::string operand(const Operand& operand, size_t axes) const {
    if (operand.is_scalar()) {
      const bool known = operand.scalar >= 0 && operand.scalar < static_cast<int>(graph_.scalars.size());
      return known && operand.axes.empty() ? "" : "there is no such scalar argument";
    }
    if (std::string text = value(operand.value); !text.empty()) return text;
    const Shape& shape = graph_[operand.value].shape;
    if (operand.axes.size() != shape.size()) return format("%{} is used with another rank", operand.value);
    for (size_t d = 0; d < shape.size(); ++d) {
      const int axis = operand.axes[d];
      if (axis < 0 || axis >= static_cast<int>(axes)) return format("%{} runs along no axis", operand.value);
      if (std::count(operand.axes.begin(), operand.axes.end(), axis) > 1)
        return format("%{} runs twice along axis {}", operand.value, axis);
      if (shape[d] != loops_[axis]) return format("%{} has another extent along axis {}", operand.value, axis);
    }
    return {};
  }

  /// `sum`: what argument 0 of an epilogue is; null when argument 0 is an operand.
  std::string term(const Term& term, size_t axes, Expression sum) const {
    if (!term.expression) return "an expression is absent";
    for (const Operand& each : term.operands)
      if (std::string text = operand(each, axes); !text.empty()) return text;
    if (std::string text = verify(term.expression); !text.empty()) return text;
    for (const Expression leaf : in_order(term.expression)) {
      if (leaf->op == Op::position && (leaf->index < 0 || leaf->index >= static_cast<int>(axes)))
        return "the expression reads the position along no axis";
      if (leaf->op != Op::argument || leaf == sum) continue;
      const int index = leaf->index - (sum ? 1 : 0);
      if (index < 0 || index >= static_cast<int>(term.operands.size()))
        return format("the expression reads argument {}, which is no operand", leaf->index);
      const Operand& read = term.operands[index];
      const Type type = read.is_scalar() ? graph_.scalars[read.scalar].type : graph_[read.value].type;
      if (type != leaf->type) return format("argument {} is a {}, not a {}", leaf->index, name(type), name(leaf->type));
    }
    return {};
  }

  const Graph& graph_;
  const TensorNode& node_;
  Value self_;
  Shape loops_;
};

std::string check_inputs(const Graph& graph) {
  std::vector<bool> seen(graph.nodes.size(), false);
  for (const Value input : graph.inputs) {
    if (input < 0 || input >= static_cast<Value>(graph.nodes.size()) || seen[input] ||
        !std::holds_alternative<Input>(graph[input].work))
      return format("%{} is no input, or one twice", input);
    seen[input] = true;
  }
  for (size_t i = 0; i < graph.nodes.size(); ++i)
    if (std::holds_alternative<Input>(graph.nodes[i].work) && !seen[i]) return format("%{} is not in the signature", i);
  return {};
}

std::string check_in_place(const Graph& graph, const Output& output) {
  if (output.in_place_of >= static_cast<int>(graph.inputs.size()))
    return format("output {}: there is no such input", output.name);
  const Value input = graph.inputs[output.in_place_of];
  if (graph[input].shape != graph[output.value].shape || graph[input].type != graph[output.value].type)
    return format("output {} does not fit the memory of its input", output.name);
  for (Value i = output.value; i < static_cast<Value>(graph.nodes.size()); ++i)
    for (const Value read : values_read(graph[i])) {
      if (std::holds_alternative<View>(graph[i].work) || owner_of(graph, read) != input) continue;
      if (i == output.value && read == input && reads_only_in_place(graph, graph[i], input)) continue;
      return format("%{} reads input {} when output {} was written over it", i, output.in_place_of, output.name);
    }
  return {};
}

std::string check_outputs(const Graph& graph) {
  std::vector<bool> seen(graph.nodes.size(), false);
  std::vector<bool> taken(graph.inputs.size(), false);
  for (const Output& output : graph.outputs) {
    if (output.value < 0 || output.value >= static_cast<Value>(graph.nodes.size()) || seen[output.value])
      return format("output {} is no value, or one twice", output.name);
    seen[output.value] = true;
    const Work& work = graph[output.value].work;
    if (std::holds_alternative<Input>(work) || std::holds_alternative<View>(work))
      return format("output {} is not computed", output.name);
    if (output.in_place_of < 0) continue;
    if (std::string text = check_in_place(graph, output); !text.empty()) return text;
    if (taken[output.in_place_of]) return format("two outputs share the memory of input {}", output.in_place_of);
    taken[output.in_place_of] = true;
  }
  return {};
}

/// No two values that are needed at the same time may share bytes, except where one is written in the place of the
/// other.
std::string check_memory(const Graph& graph) {
  const size_t count = graph.nodes.size();
  if (graph.memory.offsets.size() != count) return "the memory plan is of another graph";
  std::vector<size_t> last(count);
  for (size_t i = 0; i < count; ++i) {
    last[i] = i;
    for (const Value read : values_read(graph.nodes[i])) last[owner_of(graph, read)] = i;
  }
  for (size_t i = 0; i < count; ++i) {
    const int64_t begin = graph.memory.offsets[i];
    if (begin == MemoryPlan::not_in_arena) continue;
    const int64_t end = begin + elements(graph.nodes[i].shape) * size_of(graph.nodes[i].type);
    if (begin < 0 || begin % 64 || end > graph.memory.arena_bytes) return format("%{} lies outside the arena", i);
    for (size_t j = i + 1; j < count && j <= last[i]; ++j) {
      const int64_t other = graph.memory.offsets[j];
      if (other == MemoryPlan::not_in_arena) continue;
      const int64_t other_end = other + elements(graph.nodes[j].shape) * size_of(graph.nodes[j].type);
      if (other >= end || begin >= other_end) continue;
      const bool in_place =
          j == last[i] && other == begin && reads_only_in_place(graph, graph.nodes[j], static_cast<Value>(i));
      if (!in_place) return format("%{} and %{} share bytes while both are needed", i, j);
    }
  }
  return {};
}

std::string describe(const Graph& graph, size_t i, const std::string& fault) {
  return format("%{}{}{}: {}", i, graph.nodes[i].name.empty() ? "" : " ", graph.nodes[i].name, fault);
}

}  // namespace

std::string verify(const Graph& graph) {
  for (size_t i = 0; i < graph.nodes.size(); ++i)
    if (const std::string text = NodeChecker(graph, graph.nodes[i], static_cast<Value>(i)).check(); !text.empty())
      return describe(graph, i, text);
  if (std::string text = check_inputs(graph); !text.empty()) return text;
  if (std::string text = check_outputs(graph); !text.empty()) return text;
  return graph.planned() ? check_memory(graph) : std::string{};
}

void require_valid(const Graph& graph, std::string_view after) {
  if (const std::string text = verify(graph); !text.empty())
    fail(kinds::graph_not_well_formed, {{"after", std::string(after)}, {"reason", text}});
}

Value append(Graph& graph, TensorNode node) {
  const auto self = static_cast<Value>(graph.nodes.size());
  if (const std::string text = NodeChecker(graph, node, self).check(); !text.empty())
    fail(kinds::graph_not_well_formed,
         {{"after", "building"}, {"reason", fmt::format("%{} {}: {}", self, node.name, text)}});
  if (std::holds_alternative<Input>(node.work)) graph.inputs.push_back(self);
  graph.nodes.push_back(std::move(node));
  return self;
}

}  // namespace mlw::kernel
