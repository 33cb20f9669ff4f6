#include "compiler/codegen/graph_functions.h"

#include <llvm/IR/Module.h>

#include <algorithm>

#include "compiler/codegen/expressions.h"
#include "compiler/kernel/expression_passes.h"
#include "compiler/kernel/graph.h"

namespace mlw::codegen {

using kernel::Expression;
using kernel::Op;

SplitExpression split(Expression expression) {
  SplitExpression result;
  std::unordered_map<Expression, Expression> now;
  for (const Expression node : kernel::in_order(expression)) {
    Expression operands[3];
    for (int i = 0; i < node->count; ++i) operands[i] = now[node->operands[i]];
    Expression same = node->count ? kernel::with_operands(node, {operands, node->count}) : node;
    if (node->op == Op::elementary || node->op == Op::random) {
      result.calls.push_back(same);
      same = kernel::argument(node->type, SplitExpression::first_result + static_cast<int>(result.calls.size()) - 1);
    }
    now[node] = same;
  }
  result.rest = now[expression];
  return result;
}

llvm::Value* FunctionLibrary::call(llvm::IRBuilder<>& builder, Expression node,
                                   const std::vector<llvm::Value*>& operands) {
  std::string name(node->op == Op::random ? "random" + std::to_string(node->index)
                                          : std::string(kernel::name(node->function)));
  name += "_" + std::string(kernel::name(node->type)) + "_";
  for (llvm::Value* operand : operands) name += operand->getType()->isVectorTy() ? "v" : "s";
  llvm::Function*& function = functions_[name];
  if (!function) function = make(node, operands, name);
  llvm::CallInst* call = builder.CreateCall(function, operands);
  call->setCallingConv(function->getCallingConv());
  return call;
}

llvm::Function* FunctionLibrary::make(Expression node, const std::vector<llvm::Value*>& operands,
                                      const std::string& name) {
  llvm::IRBuilder<> builder(module_.getContext());
  std::vector<llvm::Type*> types;
  for (llvm::Value* operand : operands) types.push_back(operand->getType());
  const int width =
      std::any_of(types.begin(), types.end(), [](llvm::Type* type) { return type->isVectorTy(); }) ? kernel::lanes : 1;
  auto* type = llvm::FunctionType::get(llvm_type(builder, node->type, width), types, false);
  auto* function = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage, name, module_);
  function->setCallingConv(llvm::CallingConv::Fast);
  function->addFnAttr(llvm::Attribute::NoInline);
  function->setDoesNotAccessMemory();
  builder.SetInsertPoint(llvm::BasicBlock::Create(module_.getContext(), "entry", function));
  std::vector<Expression> arguments;
  for (int i = 0; i < node->count; ++i) arguments.push_back(kernel::argument(node->operands[i]->type, i));
  ExpressionEmitter emitter(builder, width,
                            [&](Expression leaf) { return function->getArg(static_cast<unsigned>(leaf->index)); });
  builder.CreateRet(emitter.emit_lanes(kernel::with_operands(node, arguments)));
  return function;
}

}  // namespace mlw::codegen
