#pragma once

#include <llvm/IR/IRBuilder.h>

#include <map>
#include <string>
#include <vector>

#include "compiler/kernel/expression.h"

namespace llvm {
class Module;
}

namespace mlw::codegen {

/// An expression taken apart: elementary functions and random numbers are calls, whose results the rest reads as
/// arguments from `first_result` on.
struct SplitExpression {
  static constexpr int first_result = 1 << 20;
  std::vector<kernel::Expression> calls;  ///< operands before their users; their operands read earlier results alike
  kernel::Expression rest = nullptr;
};
SplitExpression split(kernel::Expression expression);

/// The elementary functions of a module, each emitted once as a function of its own however many kernels use it: their
/// code is long, a call is short.
class FunctionLibrary {
 public:
  explicit FunctionLibrary(llvm::Module& module) : module_(module) {}

  /// Calls the function of an `elementary` or `random` node with operands that are scalars or vectors of 16 lanes.
  llvm::Value* call(llvm::IRBuilder<>& builder, kernel::Expression node, const std::vector<llvm::Value*>& operands);

 private:
  llvm::Function* make(kernel::Expression node, const std::vector<llvm::Value*>& operands, const std::string& name);

  llvm::Module& module_;
  std::map<std::string, llvm::Function*> functions_;
};

}  // namespace mlw::codegen
