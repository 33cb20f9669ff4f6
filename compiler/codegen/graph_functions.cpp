#include "compiler/codegen/graph_functions.h"

#include <llvm/IR/Module.h>

#include <algorithm>

#include "compiler/codegen/expressions.h"
#include "compiler/kernel/expression_passes.h"
#include "compiler/kernel/graph.h"

namespace mlw::codegen {

using kernel::Expression;
using kernel::Op;

namespace {

/// Philox 4x32-10 as a loop of its ten rounds: a tenth of the code that `expand` gives, and of the time that the back
/// end needs for it. Operands: key, low, high (64 bits), each a scalar or a vector. Gives word `index`.
llvm::Value* emit_random(llvm::IRBuilder<>& b, int index, const std::vector<llvm::Value*>& operands, int width) {
  const auto lanes_of = [&](llvm::Value* value) {
    return width == 1 || value->getType()->isVectorTy() ? value
                                                        : b.CreateVectorSplat(static_cast<unsigned>(width), value);
  };
  llvm::Type* word = llvm_type(b, kernel::Type::u32, width);
  llvm::Type* wide = llvm_type(b, kernel::Type::i64, width);
  const auto low_word = [&](llvm::Value* value) { return b.CreateTrunc(value, word); };
  const auto high_word = [&](llvm::Value* value) { return b.CreateTrunc(b.CreateLShr(value, 32), word); };
  std::vector<llvm::Value*> state;  // the counter's four words and the key's two
  for (const int which : {1, 2, 0}) {
    llvm::Value* value = lanes_of(operands[static_cast<size_t>(which)]);
    state.push_back(low_word(value));
    state.push_back(high_word(value));
  }
  llvm::BasicBlock* before = b.GetInsertBlock();
  llvm::BasicBlock* round = llvm::BasicBlock::Create(b.getContext(), "round", before->getParent());
  llvm::BasicBlock* after = llvm::BasicBlock::Create(b.getContext(), "after", before->getParent());
  b.CreateBr(round);
  b.SetInsertPoint(round);
  llvm::PHINode* i = b.CreatePHI(b.getInt32Ty(), 2);
  std::vector<llvm::PHINode*> now;
  for (llvm::Value* value : state) {
    now.push_back(b.CreatePHI(word, 2));
    now.back()->addIncoming(value, before);
  }
  const auto product = [&](llvm::Value* value, uint64_t factor) {
    return b.CreateMul(b.CreateZExt(value, wide), llvm::ConstantInt::get(wide, factor));
  };
  llvm::Value *first = product(now[0], 0xD2511F53), *second = product(now[2], 0xCD9E8D57);
  const std::vector<llvm::Value*> next{b.CreateXor(b.CreateXor(high_word(second), now[1]), now[4]),
                                       low_word(second),
                                       b.CreateXor(b.CreateXor(high_word(first), now[3]), now[5]),
                                       low_word(first),
                                       b.CreateAdd(now[4], llvm::ConstantInt::get(word, 0x9E3779B9)),
                                       b.CreateAdd(now[5], llvm::ConstantInt::get(word, 0xBB67AE85))};
  for (size_t k = 0; k < next.size(); ++k) now[k]->addIncoming(next[k], round);
  llvm::Value* done = b.CreateAdd(i, b.getInt32(1));
  i->addIncoming(b.getInt32(0), before);
  i->addIncoming(done, round);
  b.CreateCondBr(b.CreateICmpEQ(done, b.getInt32(10)), after, round);
  b.SetInsertPoint(after);
  return next[static_cast<size_t>(index)];
}

}  // namespace

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
  if (node->op == Op::random) {
    std::vector<llvm::Value*> given;
    for (llvm::Argument& argument : function->args()) given.push_back(&argument);
    builder.CreateRet(emit_random(builder, node->index, given, width));
    return function;
  }
  std::vector<Expression> arguments;
  for (int i = 0; i < node->count; ++i) arguments.push_back(kernel::argument(node->operands[i]->type, i));
  ExpressionEmitter emitter(builder, width,
                            [&](Expression leaf) { return function->getArg(static_cast<unsigned>(leaf->index)); });
  builder.CreateRet(emitter.emit_lanes(kernel::with_operands(node, arguments)));
  return function;
}

}  // namespace mlw::codegen
