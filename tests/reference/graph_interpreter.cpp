#include "tests/reference/graph_interpreter.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "compiler/kernel/graph_layout.h"

namespace mlw::reference {
namespace {

using namespace kernel;
using Positions = std::vector<int64_t>;

/// Calls `visit` with every position of a box, the last axis fastest.
template <typename Visit>
void for_each(const Shape& extents, Visit visit) {
  Positions at(extents.size(), 0);
  for (const int64_t extent : extents)
    if (extent == 0) return;
  while (true) {
    visit(at);
    size_t axis = extents.size();
    while (axis > 0 && ++at[axis - 1] == extents[axis - 1]) at[--axis] = 0;
    if (axis == 0) return;
  }
}

int64_t flat(const Positions& at, const std::vector<int64_t>& strides) {
  int64_t index = 0;
  for (size_t d = 0; d < strides.size(); ++d) index += at[d] * strides[d];
  return index;
}

class Interpreter {
 public:
  Interpreter(const Graph& graph, const std::vector<Tensor>& inputs, const std::vector<double>& scalars)
      : graph_(graph), inputs_(inputs), scalars_(scalars) {}

  std::vector<Tensor> run() {
    for (const TensorNode& node : graph_.nodes) {
      Tensor result(static_cast<size_t>(elements(node.shape)));
      std::visit([&](const auto& work) { compute(node, work, result); }, node.work);
      values_.push_back(std::move(result));
    }
    return std::move(values_);
  }

 private:
  double element(Value value, const Positions& at) const {
    return values_[value].at(flat(at, row_major(graph_[value].shape)));
  }

  double operand(const Operand& operand, const Positions& at) const {
    if (operand.is_scalar()) return scalars_.at(operand.scalar);
    Positions own;
    for (const int axis : operand.axes) own.push_back(at[axis]);
    return element(operand.value, own);
  }

  double term(const Term& term, const Positions& at, std::vector<double> arguments = {}) const {
    for (const Operand& each : term.operands) arguments.push_back(operand(each, at));
    return evaluate(term.expression, arguments, at);
  }

  void compute(const TensorNode&, const Input&, Tensor& result) const {
    const size_t index = input_number_++;
    if (inputs_.at(index).size() != result.size()) throw std::logic_error("an input of another size");
    result = inputs_[index];
  }

  void compute(const TensorNode& node, const Map& map, Tensor& result) const {
    size_t next = 0;
    for_each(node.shape, [&](const Positions& at) { result[next++] = term(map.term, at); });
  }

  template <typename Visit>
  static void for_each_inner(const Positions& outer, const Shape& inner, Visit visit) {
    for_each(inner, [&](const Positions& at) {
      Positions all = outer;
      all.insert(all.end(), at.begin(), at.end());
      visit(all);
    });
  }

  void compute(const TensorNode& node, const Reduce& reduce, Tensor& result) const {
    size_t next = 0;
    for_each(node.shape, [&](const Positions& outer) {
      const bool largest = reduce.reduction != Reduction::minimum;
      double value =
          reduce.reduction == Reduction::sum ? 0 : std::numeric_limits<double>::infinity() * (largest ? -1 : 1);
      double winner = 0;
      for_each_inner(outer, reduce.reduced, [&](const Positions& at) {
        const double each = term(reduce.term, at);
        if (reduce.reduction == Reduction::sum) {
          value += each;
        } else if (largest ? each > value : each < value) {
          value = each;
          winner = static_cast<double>(at.back());
        }
      });
      result[next++] = reduce.reduction == Reduction::argument_of_maximum ? winner : value;
    });
  }

  void compute(const TensorNode& node, const Contract& contract, Tensor& result) const {
    size_t next = 0;
    for_each(node.shape, [&](const Positions& outer) {
      double sum = 0;
      for_each_inner(outer, contract.summed,
                     [&](const Positions& at) { sum += term(contract.left, at) * term(contract.right, at); });
      result[next++] = term(contract.epilogue, outer, {sum});
    });
  }

  void compute(const TensorNode& node, const Gather& gather, Tensor& result) const {
    size_t next = 0;
    const size_t index_rank = graph_[gather.index].shape.size();
    for_each(node.shape, [&](const Positions& at) {
      result[next++] = element(gather.table, in_table(at, gather.index, index_rank, graph_[gather.table].shape[0]));
    });
  }

  void compute(const TensorNode& node, const ScatterAdd& scatter, Tensor& result) const {
    const size_t index_rank = graph_[scatter.index].shape.size();
    for_each(graph_[scatter.updates].shape, [&](const Positions& at) {
      const Positions place = in_table(at, scatter.index, index_rank, node.shape[0]);
      result[flat(place, row_major(node.shape))] += element(scatter.updates, at);
    });
  }

  Positions in_table(const Positions& at, Value index, size_t index_rank, int64_t rows) const {
    const auto split = at.begin() + static_cast<std::ptrdiff_t>(index_rank);
    const auto row = static_cast<int64_t>(element(index, Positions(at.begin(), split)));
    if (row < 0 || row >= rows) throw std::out_of_range("an index outside the table");
    Positions place{row};
    place.insert(place.end(), split, at.end());
    return place;
  }

  void compute(const TensorNode& node, const View& view, Tensor& result) const {
    if (view.permutation.empty()) {
      result = values_[view.source];
      return;
    }
    size_t next = 0;
    for_each(node.shape, [&](const Positions& at) {
      Positions source(at.size());
      for (size_t d = 0; d < at.size(); ++d) source[view.permutation[d]] = at[d];
      result[next++] = element(view.source, source);
    });
  }

  const Graph& graph_;
  const std::vector<Tensor>& inputs_;
  const std::vector<double>& scalars_;
  std::vector<Tensor> values_;
  mutable size_t input_number_ = 0;
};

}  // namespace

std::vector<Tensor> interpret_all(const Graph& graph, const std::vector<Tensor>& inputs,
                                  const std::vector<double>& scalars) {
  return Interpreter(graph, inputs, scalars).run();
}

std::vector<Tensor> interpret(const Graph& graph, const std::vector<Tensor>& inputs,
                              const std::vector<double>& scalars) {
  const std::vector<Tensor> values = interpret_all(graph, inputs, scalars);
  std::vector<Tensor> outputs;
  for (const Output& output : graph.outputs) outputs.push_back(values[output.value]);
  return outputs;
}

}  // namespace mlw::reference
