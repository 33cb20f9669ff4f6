#include "compiler/codegen/expression_loop.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <map>

#include "compiler/codegen/expressions.h"

namespace mlw::codegen {
namespace {

using kernel::Expression;

/// Writes the one function of the module.
class LoopEmitter {
 public:
  LoopEmitter(llvm::Module& module, const std::vector<Expression>& roots, int lanes)
      : module_(module), builder_(module.getContext()), roots_(roots), lanes_(lanes) {}

  void emit() {
    llvm::Type* pointer = builder_.getPtrTy();
    auto* type = llvm::FunctionType::get(builder_.getVoidTy(), {pointer, pointer, builder_.getInt64Ty()}, false);
    auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, Jit::entry_name, module_);
    llvm::LLVMContext& context = module_.getContext();
    auto* entry = llvm::BasicBlock::Create(context, "entry", function);
    auto* head = llvm::BasicBlock::Create(context, "head", function);
    auto* body = llvm::BasicBlock::Create(context, "body", function);
    auto* done = llvm::BasicBlock::Create(context, "done", function);
    builder_.SetInsertPoint(entry);
    load_pointers(function->getArg(0), function->getArg(1));
    builder_.CreateBr(head);
    builder_.SetInsertPoint(head);
    llvm::PHINode* at = builder_.CreatePHI(builder_.getInt64Ty(), 2);
    at->addIncoming(builder_.getInt64(0), entry);
    builder_.CreateCondBr(builder_.CreateICmpSLT(at, function->getArg(2)), body, done);
    builder_.SetInsertPoint(body);
    emit_body(at);
    at->addIncoming(builder_.CreateAdd(at, builder_.getInt64(lanes_)), body);
    builder_.CreateBr(head);
    builder_.SetInsertPoint(done);
    builder_.CreateRetVoid();
  }

 private:
  void load_pointers(llvm::Value* inputs, llvm::Value* outputs) {
    llvm::Type* pointer = builder_.getPtrTy();
    const auto load = [&](llvm::Value* table, int index) {
      return builder_.CreateLoad(pointer, builder_.CreateConstGEP1_64(pointer, table, index));
    };
    for (const Expression node : kernel::in_order(roots_))
      if (node->op == kernel::Op::argument && !inputs_.count(node->index))
        inputs_[node->index] = load(inputs, node->index);
    for (size_t i = 0; i < roots_.size(); ++i) outputs_.push_back(load(outputs, static_cast<int>(i)));
  }

  llvm::Type* memory_type(kernel::Type type, int lanes) {
    return llvm_type(builder_, type == kernel::Type::flag ? kernel::Type::u8 : type, lanes);
  }
  llvm::Value* address(llvm::Value* base, kernel::Type type, llvm::Value* at) {
    return builder_.CreateGEP(memory_type(type, 1), base, at);
  }

  llvm::Value* leaf(Expression node, llvm::Value* at) {
    if (node->op == kernel::Op::position) {
      llvm::Value* position = builder_.CreateIntCast(at, llvm_type(builder_, node->type), true);
      if (lanes_ == 1) return position;
      llvm::SmallVector<llvm::Constant*> steps;
      for (int lane = 0; lane < lanes_; ++lane)
        steps.push_back(llvm::ConstantInt::get(llvm_type(builder_, node->type), static_cast<uint64_t>(lane)));
      return builder_.CreateAdd(builder_.CreateVectorSplat(lanes_, position), llvm::ConstantVector::get(steps));
    }
    llvm::Value* loaded = builder_.CreateAlignedLoad(memory_type(node->type, lanes_),
                                                     address(inputs_[node->index], node->type, at), llvm::Align(1));
    return node->type == kernel::Type::flag
               ? builder_.CreateICmpNE(loaded, llvm::Constant::getNullValue(loaded->getType()))
               : loaded;
  }

  void emit_body(llvm::Value* at) {
    ExpressionEmitter emitter(builder_, lanes_, [&](Expression node) { return leaf(node, at); });
    std::vector<llvm::Value*> values;
    for (const Expression root : roots_) values.push_back(emitter.emit_lanes(root));
    for (size_t i = 0; i < roots_.size(); ++i) {
      llvm::Value* value = values[i];
      if (roots_[i]->type == kernel::Type::flag)
        value = builder_.CreateZExt(value, memory_type(kernel::Type::flag, lanes_));
      builder_.CreateAlignedStore(value, address(outputs_[i], roots_[i]->type, at), llvm::Align(1));
    }
  }

  llvm::Module& module_;
  llvm::IRBuilder<> builder_;
  const std::vector<Expression>& roots_;
  int lanes_;
  std::map<int, llvm::Value*> inputs_;
  std::vector<llvm::Value*> outputs_;
};

}  // namespace

ExpressionLoop compile_loop(Jit& jit, const std::vector<Expression>& roots, int lanes) {
  const std::string description = "loop " + std::to_string(lanes) + " " + kernel::to_text(roots);
  const LoadedCode code =
      jit.load(description, [&](llvm::Module& module) { LoopEmitter(module, roots, lanes).emit(); });
  return reinterpret_cast<ExpressionLoop>(code.entry);
}

}  // namespace mlw::codegen
