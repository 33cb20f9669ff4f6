#include "compiler/kernel/graph_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/kinds/graph.h"
#include "compiler/kernel/graph_passes.h"
#include "compiler/kernel/graph_term.h"

namespace mlw::kernel {
namespace {

[[noreturn]] void refuse(std::string reason) {
  fail(kinds::graph_not_well_formed, {{"after", "building"}, {"reason", std::move(reason)}});
}

/// "ik,kj->ij" taken apart: loop axes are the result's letters, then the others in the order in which they occur.
struct Subscripts {
  std::vector<std::string> subjects;
  std::string result, loops;

  explicit Subscripts(std::string_view text) {
    const size_t arrow = text.find("->");
    if (arrow == std::string_view::npos) refuse(fmt::format("subscripts without an arrow: {}", text));
    result = loops = text.substr(arrow + 2);
    subjects.emplace_back();
    for (const char letter : text.substr(0, arrow)) {
      if (letter == ',') {
        subjects.emplace_back();
        continue;
      }
      subjects.back() += letter;
      if (loops.find(letter) == std::string::npos) loops += letter;
    }
  }

  std::vector<int> axes(const std::string& subject) const {
    std::vector<int> found;
    for (const char letter : subject) found.push_back(static_cast<int>(loops.find(letter)));
    return found;
  }

  /// Extents of the loop axes, from the subjects' shapes.
  Shape extents(const Graph& graph, const std::vector<Subject>& values) const {
    if (values.size() != subjects.size()) refuse("as many subscripts as subjects are needed");
    Shape found(loops.size(), -1);
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i].value < 0) continue;
      const Shape& shape = graph[values[i].value].shape;
      if (shape.size() != subjects[i].size())
        refuse(fmt::format("%{} has another rank than '{}'", values[i].value, subjects[i]));
      for (size_t d = 0; d < shape.size(); ++d) found[loops.find(subjects[i][d])] = shape[d];
    }
    return found;
  }

  std::vector<Operand> operands(const std::vector<Subject>& values) const {
    std::vector<Operand> made;
    for (size_t i = 0; i < values.size(); ++i) made.push_back({values[i].value, values[i].scalar, axes(subjects[i])});
    return made;
  }
};

struct Extents {
  Shape output, inner;
  Extents(const Subscripts& subscripts, const Shape& loops)
      : output(loops.begin(), loops.begin() + static_cast<std::ptrdiff_t>(subscripts.result.size())),
        inner(loops.begin() + static_cast<std::ptrdiff_t>(subscripts.result.size()), loops.end()) {}
};

}  // namespace

Value GraphBuilder::input(std::string name, Shape shape, Type type) {
  return append(graph_, {std::move(name), type, std::move(shape), Input{}});
}

ScalarArgument GraphBuilder::scalar(std::string name, Type type) {
  graph_.scalars.push_back({std::move(name), type});
  return {static_cast<int>(graph_.scalars.size()) - 1};
}

Value GraphBuilder::map(std::string_view text, Expression expression, const std::vector<Subject>& subjects,
                        std::string name) {
  const Subscripts subscripts(text);
  return append(graph_, {std::move(name), expression->type, subscripts.extents(graph_, subjects),
                         Map{{expression, subscripts.operands(subjects)}}});
}

Value GraphBuilder::fill(Shape shape, Expression expression, const std::vector<Subject>& scalars, std::string name) {
  std::vector<Operand> operands;
  for (const Subject& scalar : scalars) operands.push_back({scalar.value, scalar.scalar, {}});
  return append(graph_, {std::move(name), expression->type, std::move(shape), Map{{expression, operands}}});
}

Value GraphBuilder::reduce(std::string_view text, Reduction reduction, Expression expression,
                           const std::vector<Subject>& subjects, std::string name) {
  const Subscripts subscripts(text);
  const Extents extents(subscripts, subscripts.extents(graph_, subjects));
  const Type type = reduction == Reduction::argument_of_maximum ? Type::i32 : expression->type;
  return append(graph_, {std::move(name), type, extents.output,
                         Reduce{reduction, {expression, subscripts.operands(subjects)}, extents.inner}});
}

Value GraphBuilder::reduce(std::string_view text, Reduction reduction, Value value, std::string name) {
  return reduce(text, reduction, argument(graph_[value].type, 0), {value}, std::move(name));
}

Value GraphBuilder::contract(std::string_view text, Value left, Value right, std::string name) {
  const Subscripts subscripts(text);
  const Extents extents(subscripts, subscripts.extents(graph_, {left, right}));
  const std::vector<Operand> operands = subscripts.operands({left, right});
  const Type type = graph_[left].type;
  return append(
      graph_,
      {std::move(name), type, extents.output,
       Contract{plain(graph_, operands[0]), plain(graph_, operands[1]), extents.inner, {argument(type, 0), {}}}});
}

Value GraphBuilder::contract(std::string_view text, Value left, Value right, Value third, std::string name) {
  const Subscripts subscripts(text);
  const Extents extents(subscripts, subscripts.extents(graph_, {left, right, third}));
  const std::vector<Operand> operands = subscripts.operands({left, right, third});
  const Type type = graph_[left].type;
  const Term product{multiply(argument(type, 0), argument(type, 1)), {operands[1], operands[2]}};
  return append(graph_, {std::move(name), type, extents.output,
                         Contract{plain(graph_, operands[0]), product, extents.inner, {argument(type, 0), {}}}});
}

Value GraphBuilder::gather(Value table, Value index, std::string name) {
  Shape shape = graph_[index].shape;
  const Shape& rows = graph_[table].shape;
  if (!rows.empty()) shape.insert(shape.end(), rows.begin() + 1, rows.end());
  return append(graph_, {std::move(name), graph_[table].type, std::move(shape), Gather{table, index}});
}

Value GraphBuilder::scatter_add(Value index, Value updates, int64_t rows, std::string name) {
  const Shape& from = graph_[updates].shape;
  const size_t rank = std::min(graph_[index].shape.size(), from.size());
  Shape shape{rows};
  shape.insert(shape.end(), from.begin() + static_cast<std::ptrdiff_t>(rank), from.end());
  return append(graph_, {std::move(name), graph_[updates].type, std::move(shape), ScatterAdd{index, updates}});
}

Value GraphBuilder::reshape(Value source, Shape shape) {
  return append(graph_, {{}, graph_[source].type, std::move(shape), View{source, {}}});
}

Value GraphBuilder::transpose(Value source, std::vector<int> permutation) {
  Shape shape;
  for (const int dimension : permutation) {
    if (dimension < 0 || dimension >= static_cast<int>(graph_[source].shape.size()))
      refuse("a permutation of other dimensions");
    shape.push_back(graph_[source].shape[dimension]);
  }
  return append(graph_, {{}, graph_[source].type, std::move(shape), View{source, std::move(permutation)}});
}

std::vector<Value> GraphBuilder::gradients(Value loss, const std::vector<Value>& with_respect_to) {
  return differentiate(graph_, loss, with_respect_to);
}

void GraphBuilder::output(std::string name, Value value, Value in_place_of) {
  const Work& work = graph_[value].work;
  const bool twice = std::any_of(graph_.outputs.begin(), graph_.outputs.end(),
                                 [&](const Output& other) { return other.value == value; });
  if (std::holds_alternative<Input>(work) || std::holds_alternative<View>(work) || twice) {
    const TensorNode& node = graph_[value];
    Term copy = plain(graph_, {value, -1, all_axes(node.shape.size())});
    value = append(graph_, {node.name, node.type, node.shape, Map{std::move(copy)}});
  }
  int input = -1;
  if (in_place_of >= 0) {
    const auto place = std::find(graph_.inputs.begin(), graph_.inputs.end(), in_place_of);
    if (place == graph_.inputs.end()) refuse(fmt::format("output {} in place of what is no input", name));
    input = static_cast<int>(place - graph_.inputs.begin());
  }
  graph_.outputs.push_back({std::move(name), value, input});
}

Graph GraphBuilder::finish() const {
  Graph graph = tidy(graph_);
  require_valid(graph, "building");
  return graph;
}

}  // namespace mlw::kernel
