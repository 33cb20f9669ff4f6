#pragma once

#include <functional>
#include <unordered_map>

#include "compiler/kernel/expression.h"

namespace llvm {
class IRBuilderBase;
class Type;
class Value;
}  // namespace llvm

namespace mlw::codegen {

/// LLVM's type for one value (`lanes` 1) or a vector of values. A flag is i1.
llvm::Type* llvm_type(llvm::IRBuilderBase& builder, kernel::Type type, int lanes = 1);

/// Emits expressions at the builder's place, for any number of lanes. The operations and their order are those of the
/// expression, whatever the lanes and the target, so that results have equal bits everywhere.
///
/// What depends on no lane (constants, uniform leaves and all that is made of them alone) stays scalar. A node is
/// emitted once; what is emitted must dominate later uses: one emitter serves one straight piece of code.
class ExpressionEmitter {
 public:
  /// Gives the value of an `argument` or `position`: a scalar when it is the same in every lane, else a vector.
  using Leaf = std::function<llvm::Value*(kernel::Expression leaf)>;

  ExpressionEmitter(llvm::IRBuilderBase& builder, int lanes, Leaf leaf)
      : builder_(builder), lanes_(lanes), leaf_(std::move(leaf)) {}

  /// A scalar when the expression is the same in every lane, else a vector of `lanes` values. Elementary functions and
  /// random numbers are expanded on the way.
  llvm::Value* emit(kernel::Expression expression);
  /// Always a vector (a scalar when `lanes` is 1).
  llvm::Value* emit_lanes(kernel::Expression expression);
  /// A scalar or vector as a vector of `lanes` values.
  llvm::Value* spread(llvm::Value* value);

 private:
  llvm::Value* emit_node(kernel::Expression node);
  llvm::Value* emit_binary(kernel::Expression node, llvm::Value* a, llvm::Value* b);
  llvm::Value* emit_unary(kernel::Expression node, llvm::Value* a);
  llvm::Value* emit_quotient(kernel::Expression node, llvm::Value* a, llvm::Value* b);
  llvm::Value* emit_overflow(kernel::Expression node, llvm::Value* a, llvm::Value* b);
  llvm::Value* emit_convert(kernel::Expression node, llvm::Value* a);
  llvm::Value* emit_constant(kernel::Expression node);
  void make_alike(std::initializer_list<llvm::Value**> values);

  llvm::IRBuilderBase& builder_;
  int lanes_;
  Leaf leaf_;
  std::unordered_map<kernel::Expression, llvm::Value*> done_;
};

}  // namespace mlw::codegen
