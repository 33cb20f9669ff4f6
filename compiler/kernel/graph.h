#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/kernel/expression.h"

/// Kernel graphs: computations on tensors, as plain data. Losses, gradients, whole training steps, metrics' inner sums
/// and linear algebra over blocks of rows are made of the few primitives below, and of nothing else.
///
/// What holds for every graph:
/// - Shapes are known. A value is a tensor of rank 0 and more, stored row-major without gaps; a `View` owns no memory.
/// - A node uses only nodes that stand before it. Nodes have no effects; the order of nodes is the order of work.
/// - A node runs over *loop axes*: its output axes first, then those it sums or chooses over. Dimension d of an operand
///   runs along the loop axis `axes[d]`, and has its extent; a loop axis that an operand does not have repeats it.
/// - Expressions are the training profile of numeric.md: operations round as they are written, a product and a sum fuse
///   only where `fma` is written. A contraction is a chain of fused multiply-adds that starts from +0.
/// - The order of every sum follows from the graph alone, never from the machine or the number of threads.
///   `SumOrder::sequential`: one sum, along the summed axes in their order, the last one fastest. `SumOrder::lanes`: 16
///   sums, element k of the last summed axis (axes of one element do not count) goes to sum k mod 16, earlier axes are
///   run through in order; then sums l and l + 8 are added, then l and l + 4, l + 2, l + 1. Callers with many rows run
///   blocks of rows of one fixed size and add the blocks' results in a fixed tree.
/// - Numbers that keep all shapes (learning rate, dropout rate, step counter, seed …) are `Scalar` arguments, given at
///   run time: no change of them makes new code.
namespace mlw::kernel {

/// The number of partial sums of `SumOrder::lanes`, and of elements that emitted code handles at once, on every target.
inline constexpr int lanes = 16;

/// A node of a graph, by its position.
using Value = int32_t;
using Shape = std::vector<int64_t>;

int64_t elements(const Shape& shape);  ///< 1 for rank 0
int size_of(Type type);                ///< bytes of an element in memory

/// What an expression's argument stands for: an element of a tensor, or a run-time scalar.
struct Operand {
  Value value = -1;  ///< a tensor; -1: the scalar argument `scalar`
  int scalar = -1;
  std::vector<int> axes;  ///< loop axis of each dimension; no axis twice

  bool is_scalar() const { return value < 0; }
  friend bool operator==(const Operand&, const Operand&) = default;
};

/// An expression together with what its arguments stand for: `argument(i)` is operand i, `position(a)` the loop axis a.
struct Term {
  Expression expression;
  std::vector<Operand> operands;
};

enum class SumOrder : uint8_t { sequential, lanes };

/// A tensor that the caller gives.
struct Input {};

/// Each element is an expression of elements of other tensors.
struct Map {
  Term term;
};

enum class Reduction : uint8_t { sum, minimum, maximum, argument_of_maximum };
std::string_view name(Reduction reduction);

/// Sum, smallest, largest element, or (int32) the first position of the largest one, of a term along axes.
/// Without elements: 0, +inf, -inf, 0. A NaN is never the smallest or largest element.
struct Reduce {
  Reduction reduction = Reduction::sum;
  Term term;
  Shape reduced;  ///< extents of the axes behind the output axes; one axis for `argument_of_maximum`
  SumOrder order = SumOrder::sequential;
};

/// Sum along axes of the product of two terms, then an expression of it. `epilogue.expression`: argument 0 is the sum,
/// argument 1 + i is `epilogue.operands[i]`, which run along output axes.
struct Contract {
  Term left, right;
  Shape summed;
  Term epilogue;
  SumOrder order = SumOrder::sequential;
};

/// Rows of a table, picked by an index tensor: result[i…, j…] = table[index[i…], j…].
/// An index outside the table ends the run with a status (see `CompiledGraph::run`).
struct Gather {
  Value table = -1, index = -1;
};

/// Rows added up where an index tensor says: result[index[i…], j…] += updates[i…, j…], in the order of i, from zero.
struct ScatterAdd {
  Value index = -1, updates = -1;
};

/// The same elements under other positions; moves nothing. `transpose`: dimension d of the result is dimension
/// `permutation[d]` of the source; empty: a reshape, of a source that is not a transposed one.
struct View {
  Value source = -1;
  std::vector<int> permutation;
};

using Work = std::variant<Input, Map, Reduce, Contract, Gather, ScatterAdd, View>;

struct TensorNode {
  std::string name;  ///< for dumps and messages; may be empty
  Type type = Type::f32;
  Shape shape;
  Work work;
};

/// A run-time number: given as double, converted to its type at the entry.
struct Scalar {
  std::string name;
  Type type = Type::f32;
};

struct Output {
  std::string name;
  Value value = -1;
  int in_place_of = -1;  ///< an input whose memory the caller may give to this output; -1: none
};

/// Where every value lies at run time; made by `plan_memory`.
struct MemoryPlan {
  static constexpr int64_t not_in_arena = -1;
  std::vector<int64_t>
      offsets;  ///< of each node in the arena, in bytes, multiples of 64; inputs, outputs and views: not_in_arena
  int64_t arena_bytes = 0;  ///< the peak
};

struct Graph {
  std::vector<TensorNode> nodes;
  std::vector<Value> inputs;  ///< in the order of the compiled function's inputs
  std::vector<Output> outputs;
  std::vector<Scalar> scalars;  ///< in the order of the compiled function's arguments
  MemoryPlan memory;            ///< empty before planning

  const TensorNode& operator[](Value value) const { return nodes[value]; }
  bool planned() const { return !memory.offsets.empty(); }
};

/// The executable definition of a well-formed graph. Returns what is wrong, naming the node; empty when nothing is.
std::string verify(const Graph& graph);
/// Fails with R460, a fault of mlwc itself, when the graph is not well-formed. `after` names the pass that made it.
void require_valid(const Graph& graph, std::string_view after);

/// Appends a node that is well-formed behind those already there; fails with R460 when it is not.
Value append(Graph& graph, TensorNode node);

/// Canonical text, one line a node; equal graphs have equal texts. Keys are made of it, and golden files show it.
std::string to_text(const Graph& graph);

/// The terms of a node (one of a map or a reduction; left, right and epilogue of a contraction), and all their
/// operands.
std::vector<Term*> terms_of(TensorNode& node);
std::vector<const Term*> terms_of(const TensorNode& node);
std::vector<const Operand*> operands_of(const TensorNode& node);
/// The values that a node reads, operands and indices alike, each once.
std::vector<Value> values_read(const TensorNode& node);
/// The extents of a node's loop axes.
Shape loops_of(const TensorNode& node);

}  // namespace mlw::kernel
