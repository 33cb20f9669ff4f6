#include "compiler/codegen/column_loop.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <map>

#include "compiler/codegen/expressions.h"
#include "compiler/codegen/jit.h"
#include "compiler/kernel/expression_passes.h"

namespace mlw::codegen {
namespace {

using kernel::Expression;
using kernel::RowValue;
using kernel::Type;
using llvm::BasicBlock;
using llvm::Value;

/// A column's memory. The word of a block is at `words` + row / 8 · `stride`: stride 0 for a column without a bitmap.
struct Column {
  Type type;
  Value* values = nullptr;
  Value* words = nullptr;
  Value* stride = nullptr;
};

class ColumnLoopEmitter {
 public:
  ColumnLoopEmitter(llvm::Module& module, const ColumnKernel& kernel, const std::vector<RowValue>& outputs,
                    const ColumnLoopShape& shape)
      : module_(module),
        context_(module.getContext()),
        builder_(context_),
        outputs_(outputs),
        shape_(shape),
        lanes_(shape.lanes) {
    for (const auto& input : kernel.inputs) in_.push_back({kernel::element_type(input.element)});
    for (const auto& output : kernel.outputs) out_.push_back({kernel::element_type(output.element)});
  }

  void emit() {
    llvm::Type* pointer = builder_.getPtrTy();
    llvm::Type* integer = builder_.getInt64Ty();
    auto* type = llvm::FunctionType::get(integer, {pointer, pointer, integer, integer}, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage, Jit::entry_name, module_);
    BasicBlock* entry = block("entry");
    BasicBlock* head = block("blocks");
    BasicBlock* body = block("block");
    BasicBlock* done = block("done");
    builder_.SetInsertPoint(entry);
    Value* all_valid = builder_.CreateAlloca(integer);
    Value* nowhere = builder_.CreateAlloca(integer);
    builder_.CreateStore(number(-1), all_valid);
    for (size_t i = 0; i < in_.size(); ++i) read_bitmap(in_[i], bitmap_of(function_->getArg(0), i), all_valid);
    for (size_t i = 0; i < out_.size(); ++i) read_bitmap(out_[i], bitmap_of(function_->getArg(1), i), nowhere);
    builder_.CreateBr(head);
    builder_.SetInsertPoint(head);
    llvm::PHINode* row = builder_.CreatePHI(integer, 2);
    row->addIncoming(function_->getArg(2), entry);
    builder_.CreateCondBr(builder_.CreateICmpSLT(row, function_->getArg(3)), body, done);
    builder_.SetInsertPoint(body);
    read_values();
    emit_block(row);
    row->addIncoming(builder_.CreateAdd(row, number(block_rows)), builder_.GetInsertBlock());
    builder_.CreateBr(head);
    builder_.SetInsertPoint(done);
    finish_stores();
    builder_.CreateRet(number(0));
  }

 private:
  BasicBlock* block(const char* name) { return BasicBlock::Create(context_, name, function_); }
  Value* number(int64_t value) { return builder_.getInt64(static_cast<uint64_t>(value)); }
  llvm::Type* memory_type(Type type, int lanes) {
    return llvm_type(builder_, type == Type::flag ? Type::u8 : type, lanes);
  }
  int64_t bytes_of(Type type) { return std::max(kernel::bits(type) / 8, 1); }

  // --- the columns' memory

  /// Member k of a view: its values, its bitmap.
  Value* view_member(Value* views, size_t index, size_t k) {
    llvm::Type* pointer = builder_.getPtrTy();
    return builder_.CreateLoad(pointer, builder_.CreateConstGEP1_64(pointer, views, 2 * index + k));
  }
  Value* bitmap_of(Value* views, size_t index) { return view_member(views, index, 1); }

  void read_bitmap(Column& column, Value* bitmap, Value* without_bitmap) {
    Value* none = builder_.CreateIsNull(bitmap);
    column.words = builder_.CreateSelect(none, without_bitmap, bitmap);
    column.stride = builder_.CreateSelect(none, number(0), number(1));
  }

  /// Once a block: the addresses of all columns need not stay in registers.
  void read_values() {
    for (size_t i = 0; i < in_.size(); ++i) in_[i].values = view_member(function_->getArg(0), i, 0);
    for (size_t i = 0; i < out_.size(); ++i) out_[i].values = view_member(function_->getArg(1), i, 0);
  }

  Value* value_address(const Column& column, Value* row) {
    return builder_.CreateGEP(memory_type(column.type, 1), column.values, row);
  }
  Value* word_address(const Column& column, Value* row) {
    Value* offset = builder_.CreateMul(builder_.CreateLShr(row, number(3)), column.stride);
    return builder_.CreateGEP(builder_.getInt8Ty(), column.words, offset);
  }

  void store(Value* value, const Column& column, Value* row) {
    const int64_t alignment = shape_.past_caches ? lanes_ * bytes_of(column.type) : bytes_of(column.type);
    auto* made =
        builder_.CreateAlignedStore(value, value_address(column, row), llvm::Align(static_cast<uint64_t>(alignment)));
    if (!shape_.past_caches) return;
    auto* once = llvm::ConstantAsMetadata::get(builder_.getInt32(1));
    made->setMetadata(llvm::LLVMContext::MD_nontemporal, llvm::MDNode::get(context_, once));
  }

  /// Stores past the caches are ordered before what the caller does next.
  void finish_stores() {
    if (shape_.past_caches) builder_.CreateFence(llvm::AtomicOrdering::SequentiallyConsistent);
  }

  // --- one block of 64 rows

  /// The inputs whose validity the outputs look at.
  std::vector<int> validity_used() {
    std::vector<int> used;
    for (const Expression node : kernel::in_order(roots()))
      if (node->op == kernel::Op::argument && node->index % 2) used.push_back(node->index / 2);
    return used;
  }

  std::vector<Expression> roots() const {
    std::vector<Expression> all;
    for (const RowValue& output : outputs_) all.insert(all.end(), {output.value, output.valid, output.overflow});
    return all;
  }

  void emit_block(Value* row) {
    const std::vector<int> used = validity_used();
    BasicBlock* joined = block("joined");
    std::map<int, Value*> words;
    if (used.empty()) {
      emit_body(row, roots(), words, joined);
    } else {
      Value* all = number(-1);
      for (const int input : used) {
        Value* address = word_address(in_[static_cast<size_t>(input)], row);
        words[input] = builder_.CreateAlignedLoad(builder_.getInt64Ty(), address, llvm::Align(1));
        all = builder_.CreateAnd(all, words[input]);
      }
      BasicBlock* full = block("full");
      BasicBlock* partial = block("partial");
      builder_.CreateCondBr(builder_.CreateICmpEQ(all, number(-1)), full, partial);
      builder_.SetInsertPoint(full);
      emit_body(row, roots_of_full_block(used), words, joined);
      builder_.SetInsertPoint(partial);
      emit_body(row, roots(), words, joined);
    }
    builder_.SetInsertPoint(joined);
  }

  std::vector<Expression> roots_of_full_block(const std::vector<int>& used) const {
    std::unordered_map<Expression, Expression> known;
    for (const int input : used) known[kernel::argument(Type::flag, 2 * input + 1)] = kernel::flag(true);
    std::vector<Expression> all;
    for (const Expression root : roots()) all.push_back(kernel::substitute(root, known));
    return kernel::simplify(all);
  }

  /// The loop over the vectors of a block. Words of validity and of overflow grow by the bits of each vector.
  void emit_body(Value* row, const std::vector<Expression>& all, const std::map<int, Value*>& words, BasicBlock* next) {
    std::vector<Expression> expanded = kernel::simplify(kernel::expand(all));
    llvm::Type* integer = builder_.getInt64Ty();
    BasicBlock* before = builder_.GetInsertBlock();
    BasicBlock* loop = block("vectors");
    builder_.CreateBr(loop);
    builder_.SetInsertPoint(loop);
    llvm::PHINode* step = builder_.CreatePHI(integer, 2);
    step->addIncoming(number(0), before);
    std::vector<llvm::PHINode*> grown;
    std::vector<Value*> now;
    for (size_t i = 0; i <= out_.size(); ++i) {  // the last one is the overflow of all
      grown.push_back(builder_.CreatePHI(integer, 2));
      grown.back()->addIncoming(number(0), before);
      now.push_back(grown.back());
    }
    emit_vector(builder_.CreateAdd(row, step), step, expanded, words, now);
    Value* further = builder_.CreateAdd(step, number(lanes_));
    BasicBlock* end = builder_.GetInsertBlock();
    BasicBlock* finish = block("words");
    builder_.CreateCondBr(builder_.CreateICmpULT(further, number(block_rows)), loop, finish);
    step->addIncoming(further, end);
    for (size_t i = 0; i < grown.size(); ++i) grown[i]->addIncoming(now[i], end);
    builder_.SetInsertPoint(finish);
    for (size_t i = 0; i < out_.size(); ++i)
      builder_.CreateAlignedStore(now[i], word_address(out_[i], row), llvm::Align(1));
    leave_on_overflow(now.back(), row, next);
  }

  void leave_on_overflow(Value* word, Value* row, BasicBlock* next) {
    BasicBlock* overflow = block("overflow");
    builder_.CreateCondBr(builder_.CreateICmpEQ(word, number(0)), next, overflow);
    builder_.SetInsertPoint(overflow);
    finish_stores();
    Value* first = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, word, builder_.getTrue());
    builder_.CreateRet(builder_.CreateAdd(builder_.CreateAdd(row, first), number(1)));
  }

  Value* leaf(Expression node, Value* row, Value* step, const std::map<int, Value*>& words) {
    if (node->index % 2) {
      Value* bits =
          builder_.CreateTrunc(builder_.CreateLShr(words.at(node->index / 2), step), builder_.getIntNTy(lanes_));
      return builder_.CreateBitCast(bits, llvm_type(builder_, Type::flag, lanes_));
    }
    const Column& column = in_[static_cast<size_t>(node->index) / 2];
    Value* loaded = builder_.CreateAlignedLoad(memory_type(node->type, lanes_), value_address(column, row),
                                               llvm::Align(static_cast<uint64_t>(bytes_of(column.type))));
    return node->type == Type::flag ? builder_.CreateIsNotNull(loaded) : loaded;
  }

  /// One bit a lane, at its place in the word of the block.
  Value* bits_at(Value* flags, Value* step) {
    Value* bits = builder_.CreateBitCast(flags, builder_.getIntNTy(lanes_));
    return builder_.CreateShl(builder_.CreateZExt(bits, builder_.getInt64Ty()), step);
  }

  void emit_vector(Value* row, Value* step, const std::vector<Expression>& all, const std::map<int, Value*>& words,
                   std::vector<Value*>& grown) {
    ExpressionEmitter emitter(builder_, lanes_, [&](Expression node) { return leaf(node, row, step, words); });
    std::vector<Value*> values;
    values.reserve(all.size());
    for (const Expression root : all) values.push_back(emitter.emit_lanes(root));
    for (size_t i = 0; i < out_.size(); ++i) {
      Value* value = values[3 * i];
      if (out_[i].type == Type::flag) value = builder_.CreateZExt(value, memory_type(Type::flag, lanes_));
      store(value, out_[i], row);
      grown[i] = builder_.CreateOr(grown[i], bits_at(values[3 * i + 1], step));
      if (!kernel::is_constant(all[3 * i + 2]))
        grown.back() = builder_.CreateOr(grown.back(), bits_at(values[3 * i + 2], step));
    }
  }

  llvm::Module& module_;
  llvm::LLVMContext& context_;
  llvm::IRBuilder<> builder_;
  const std::vector<RowValue>& outputs_;
  const ColumnLoopShape& shape_;
  int lanes_;
  llvm::Function* function_ = nullptr;
  std::vector<Column> in_, out_;
};

}  // namespace

void emit_column_loop(llvm::Module& module, const ColumnKernel& kernel, const std::vector<RowValue>& outputs,
                      const ColumnLoopShape& shape) {
  ColumnLoopEmitter(module, kernel, outputs, shape).emit();
}

}  // namespace mlw::codegen
