#pragma once

#include <llvm/IR/IRBuilder.h>

#include <functional>
#include <string>
#include <vector>

#include "compiler/codegen/expressions.h"
#include "compiler/codegen/graph_functions.h"
#include "compiler/kernel/graph.h"
#include "compiler/kernel/target.h"

/// Building the function of one node of a kernel graph: loops, addresses, loads and stores of 16 lanes.
namespace mlw::codegen {

/// An operand as a kernel sees it: a tensor with its strides along the loop axes, in elements, or a run-time scalar.
struct Source {
  kernel::Type type = kernel::Type::f32;
  int scalar = -1;
  std::vector<int64_t> strides;
  llvm::Value* base = nullptr;   ///< of a tensor
  llvm::Value* value = nullptr;  ///< of a scalar
};

/// A term with its operands as sources.
struct Factor {
  kernel::Expression expression = nullptr;
  std::vector<Source> sources;
};

/// A position along an axis: what a loop counts and a constant distance from it, kept apart so that neighbouring
/// elements share one address.
struct Index {
  llvm::Value* counter = nullptr;
  int64_t distance = 0;

  Index() = default;
  Index(llvm::Value* counter, int64_t distance = 0) : counter(counter), distance(distance) {}
  Index moved(int64_t by) const { return {counter, distance + by}; }
};

/// Where the loops stand: the index along every loop axis; lanes l of a vector stand at `at[vector_axis] + l`.
struct Place {
  std::vector<Index> at;
  int vector_axis = -1;         ///< -1: one element
  llvm::Value* mask = nullptr;  ///< <16 x i1>: lanes in use; null: all
};

/// What a kernel is made of. A node's kernel depends on this description alone, so that nodes of equal descriptions
/// share one.
struct KernelPlan {
  kernel::Shape extents;  ///< of the loop axes: output axes, then those that are summed over
  int outputs = 0;        ///< how many of them are output axes
  std::vector<Factor> factors;
  Source result;                 ///< strides along all loop axes, 0 along those that are summed over
  llvm::Value* count = nullptr;  ///< the extent of the only axis when it is given at run time (see `is_flat`)
};

class KernelEmitter {
 public:
  KernelEmitter(llvm::IRBuilder<>& builder, const Target& target, FunctionLibrary& functions)
      : b(builder), target(target), functions_(functions) {}

  llvm::IRBuilder<>& b;
  const Target& target;

  llvm::Value* index(int64_t value) { return b.getInt64(static_cast<uint64_t>(value)); }
  llvm::Value* value(const Index& index) { return b.CreateAdd(index.counter, this->index(index.distance)); }

  /// for (i = begin; i < end; i += step): nothing when empty, no loop when it runs once.
  void loop(int64_t begin, int64_t end, int64_t step, const std::function<void(llvm::Value*)>& body);
  /// The same with values that are carried from round to round.
  using Carried = std::vector<llvm::Value*>;
  Carried loop(int64_t begin, int64_t end, int64_t step, Carried carried,
               const std::function<Carried(llvm::Value*, const Carried&)>& body);
  /// Loops over several axes, the last one fastest: sets place.at[first + i].
  void nest(const kernel::Shape& extents, size_t first, Place& place, const std::function<void()>& body);
  Carried nest(const kernel::Shape& extents, size_t first, Place& place, Carried carried,
               const std::function<Carried(const Carried&)>& body);
  /// The vector axis in steps of 16: whole vectors in a loop, then the rest under a mask. Sets place.at and place.mask.
  void sweep(int64_t extent, int axis, Place& place, const std::function<void()>& body);
  /// The same for an extent that is known at run time only.
  void sweep(llvm::Value* extent, int axis, Place& place, const std::function<void()>& body);
  /// The mask of the first `count` lanes; null for 16 and more.
  llvm::Value* mask(int64_t count);

  llvm::Value* address(const Source& source, const Place& place);
  llvm::Value* load(const Source& source, const Place& place);
  /// A vector where the place has a vector axis, else one element.
  void store(const Source& target, const Place& place, llvm::Value* value);
  /// The value of a term: scalar where it is the same in every lane. `first`: what argument 0 is when it is no source.
  llvm::Value* evaluate(const Factor& factor, const Place& place, llvm::Value* first = nullptr);
  /// The same, as a vector where the place has a vector axis.
  llvm::Value* evaluate_lanes(const Factor& factor, const Place& place, llvm::Value* first = nullptr);

  llvm::Value* spread(llvm::Value* value);  ///< a scalar as 16 equal lanes
  llvm::Value* zero(kernel::Type type, int lanes);
  llvm::Value* fused_multiply_add(llvm::Value* a, llvm::Value* b, llvm::Value* c);
  /// Sums of `SumOrder::lanes`: l and l + 8, then l + 4, l + 2, l + 1, with any way of joining two.
  using Join = std::function<llvm::Value*(llvm::Value*, llvm::Value*)>;
  llvm::Value* fold_lanes(llvm::Value* vector, const Join& join);
  llvm::Value* local(llvm::Type* type, int64_t count);  ///< memory of the function's frame

 private:
  llvm::Value* emit(const Factor& factor, const Place& place, llvm::Value* first, bool lanes);

  llvm::Value* position(kernel::Expression node, const Place& place);

  FunctionLibrary& functions_;
};

/// A loop nest with axes of one element dropped, and output axes joined with their neighbours where every operand runs
/// through both in one go and no expression reads a position along them.
KernelPlan collapsed(KernelPlan plan);

/// Whether the plan is one walk through memory without gaps: such maps share one kernel whatever their extent.
bool is_flat(const KernelPlan& plan);

/// Whether the expression costs so little that it is emitted for every vector of a tile.
bool is_light(kernel::Expression expression);

/// The kernels of collapsed plans, each given the builder inside the function. Their meaning: kernel/graph.h.
void emit_map(KernelEmitter& emitter, const KernelPlan& plan);
void emit_reduce(KernelEmitter& emitter, const KernelPlan& plan, kernel::Reduction reduction, kernel::SumOrder order);
/// Factors: left, right, epilogue (whose argument 0 is the sum).
void emit_contract(KernelEmitter& emitter, const KernelPlan& plan, kernel::SumOrder order);
/// Sources: table and index, or index and updates. Returns a status: 0, or 1 when an index stood outside the table.
llvm::Value* emit_gather(KernelEmitter& emitter, const KernelPlan& plan, int64_t rows);
llvm::Value* emit_scatter_add(KernelEmitter& emitter, const KernelPlan& plan, int64_t rows);

}  // namespace mlw::codegen
