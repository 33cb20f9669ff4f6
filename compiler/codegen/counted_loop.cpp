#include "compiler/codegen/counted_loop.h"

#include <llvm/IR/IRBuilder.h>

namespace mlw::codegen {

std::vector<llvm::Value*> emit_counted_loop(llvm::IRBuilderBase& builder, int64_t begin, int64_t end,
                                            std::span<llvm::Value* const> initial, const LoopBody& body) {
  if (end - begin == 1) return body(builder.getInt64(static_cast<uint64_t>(begin)), initial);
  llvm::BasicBlock* before = builder.GetInsertBlock();
  llvm::Function* function = before->getParent();
  llvm::BasicBlock* loop = llvm::BasicBlock::Create(builder.getContext(), "loop", function);
  llvm::BasicBlock* after = llvm::BasicBlock::Create(builder.getContext(), "after", function);
  builder.CreateBr(loop);
  builder.SetInsertPoint(loop);
  llvm::PHINode* index = builder.CreatePHI(builder.getInt64Ty(), 2, "index");
  index->addIncoming(builder.getInt64(static_cast<uint64_t>(begin)), before);
  std::vector<llvm::PHINode*> phis;
  std::vector<llvm::Value*> carried;
  for (llvm::Value* value : initial) {
    phis.push_back(builder.CreatePHI(value->getType(), 2));
    phis.back()->addIncoming(value, before);
    carried.push_back(phis.back());
  }
  std::vector<llvm::Value*> results = body(index, carried);
  llvm::BasicBlock* last = builder.GetInsertBlock();
  llvm::Value* next = builder.CreateAdd(index, builder.getInt64(1));
  index->addIncoming(next, last);
  for (size_t i = 0; i < phis.size(); ++i) phis[i]->addIncoming(results[i], last);
  builder.CreateCondBr(builder.CreateICmpSLT(next, builder.getInt64(static_cast<uint64_t>(end))), loop, after);
  builder.SetInsertPoint(after);
  return results;
}

void emit_counted_loop(llvm::IRBuilderBase& builder, int64_t begin, int64_t end,
                       const std::function<void(llvm::Value* index)>& body) {
  emit_counted_loop(builder, begin, end, {}, [&](llvm::Value* index, std::span<llvm::Value* const>) {
    body(index);
    return std::vector<llvm::Value*>{};
  });
}

}  // namespace mlw::codegen
