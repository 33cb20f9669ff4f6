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

constexpr int block_rows = 64;

/// Where the values and the validity words of one column stand while blocks are walked through. The word of a block is
/// at `words` + row / 8 · `stride`: stride 0 for a column without a bitmap and for the block on the stack.
struct Place {
  Value* values = nullptr;
  Value* words = nullptr;
  Value* stride = nullptr;
};

/// A column's memory: as given, and its block on the stack.
struct Column {
  Type type;
  Value* values = nullptr;
  Value* bitmap = nullptr;  ///< may be null at run time
  Place given, at;
  Value* stack_values = nullptr;
  Value* stack_word = nullptr;
};

class ColumnLoopEmitter {
 public:
  ColumnLoopEmitter(llvm::Module& module, const ColumnKernel& kernel, const std::vector<RowValue>& outputs, int lanes)
      : module_(module), context_(module.getContext()), builder_(context_), outputs_(outputs), lanes_(lanes) {
    for (const auto& input : kernel.inputs) in_.push_back({kernel::element_type(input.element)});
    for (const auto& output : kernel.outputs) out_.push_back({kernel::element_type(output.element)});
  }

  void emit() {
    llvm::Type* pointer = builder_.getPtrTy();
    llvm::Type* integer = builder_.getInt64Ty();
    auto* type = llvm::FunctionType::get(integer, {pointer, pointer, integer, integer}, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage, Jit::entry_name, module_);
    BasicBlock* entry = block("entry");
    segment_ = block("segment");
    builder_.SetInsertPoint(entry);
    begin_ = function_->getArg(2);
    Value* rows = builder_.CreateSub(function_->getArg(3), begin_);
    whole_end_ = builder_.CreateAdd(begin_, builder_.CreateAnd(rows, builder_.getInt64(-block_rows)));
    rest_ = builder_.CreateAnd(rows, builder_.getInt64(block_rows - 1));
    read_views();
    builder_.CreateBr(segment_);
    emit_segment(entry);
  }

 private:
  BasicBlock* block(const char* name) { return BasicBlock::Create(context_, name, function_); }
  Value* number(int64_t value) { return builder_.getInt64(static_cast<uint64_t>(value)); }
  llvm::Type* memory_type(Type type, int lanes) {
    return llvm_type(builder_, type == Type::flag ? Type::u8 : type, lanes);
  }
  int64_t bytes_of(Type type) { return std::max(kernel::bits(type) / 8, 1); }

  // --- the columns' memory

  void read_column(Column& column, Value* views, size_t index, Value* without_bitmap) {
    llvm::Type* pointer = builder_.getPtrTy();
    const auto field = [&](size_t k) {
      return builder_.CreateLoad(pointer, builder_.CreateConstGEP1_64(pointer, views, 2 * index + k));
    };
    column.values = field(0);
    column.bitmap = field(1);
    Value* none = builder_.CreateIsNull(column.bitmap);
    column.given = {column.values, builder_.CreateSelect(none, without_bitmap, column.bitmap),
                    builder_.CreateSelect(none, number(0), number(1))};
    auto* stack = builder_.CreateAlloca(memory_type(column.type, block_rows));
    stack->setAlignment(llvm::Align(64));
    column.stack_values = stack;
    column.stack_word = builder_.CreateAlloca(builder_.getInt64Ty());
  }

  void read_views() {
    Value* all_valid = builder_.CreateAlloca(builder_.getInt64Ty());
    Value* nowhere = builder_.CreateAlloca(builder_.getInt64Ty());
    builder_.CreateStore(number(-1), all_valid);
    for (size_t i = 0; i < in_.size(); ++i) read_column(in_[i], function_->getArg(0), i, all_valid);
    for (size_t i = 0; i < out_.size(); ++i) read_column(out_[i], function_->getArg(1), i, nowhere);
  }

  Value* value_address(const Place& place, Type type, Value* row) {
    return builder_.CreateGEP(memory_type(type, 1), place.values, row);
  }
  Value* word_address(const Place& place, Value* row) {
    Value* offset = builder_.CreateMul(builder_.CreateLShr(row, number(3)), place.stride);
    return builder_.CreateGEP(builder_.getInt8Ty(), place.words, offset);
  }

  // --- segments: the whole blocks, then the one on the stack

  void emit_segment(BasicBlock* entry) {
    builder_.SetInsertPoint(segment_);
    llvm::Type* integer = builder_.getInt64Ty();
    std::vector<std::pair<llvm::PHINode*, Value*>> from_tail;
    const auto either = [&](Value* first, Value* later) {
      llvm::PHINode* phi = builder_.CreatePHI(first->getType(), 2);
      phi->addIncoming(first, entry);
      from_tail.push_back({phi, later});
      return phi;
    };
    Value* row_begin = either(begin_, whole_end_);
    last_segment_ = either(builder_.getFalse(), builder_.getTrue());
    for (auto* columns : {&in_, &out_})
      for (Column& column : *columns) {
        column.at.values = either(column.given.values, nullptr);
        column.at.words = either(column.given.words, column.stack_word);
        column.at.stride = either(column.given.stride, number(0));
      }
    Value* row_end =
        builder_.CreateSelect(last_segment_, builder_.CreateAdd(whole_end_, number(block_rows)), whole_end_);
    Value* tail_rows = builder_.CreateSub(builder_.CreateShl(number(1), rest_), number(1));
    row_mask_ = builder_.CreateSelect(last_segment_, tail_rows, number(-1));
    BasicBlock* before = builder_.GetInsertBlock();

    BasicBlock* head = block("blocks");
    BasicBlock* body = block("block");
    BasicBlock* after = block("after");
    builder_.CreateBr(head);
    builder_.SetInsertPoint(head);
    llvm::PHINode* row = builder_.CreatePHI(integer, 2);
    row->addIncoming(row_begin, before);
    builder_.CreateCondBr(builder_.CreateICmpSLT(row, row_end), body, after);
    builder_.SetInsertPoint(body);
    emit_block(row);
    row->addIncoming(builder_.CreateAdd(row, number(block_rows)), builder_.GetInsertBlock());
    builder_.CreateBr(head);

    builder_.SetInsertPoint(after);
    BasicBlock* tail = block("tail");
    BasicBlock* finish = block("finish");
    BasicBlock* copy_back = block("copy_back");
    BasicBlock* done = block("done");
    builder_.CreateCondBr(last_segment_, copy_back, finish);
    builder_.SetInsertPoint(finish);
    builder_.CreateCondBr(builder_.CreateICmpEQ(rest_, number(0)), done, tail);
    builder_.SetInsertPoint(tail);
    copy_in();
    // Moved so that the row's number leads to the block on the stack.
    std::vector<Value*> moved;
    for (auto* columns : {&in_, &out_})
      for (Column& column : *columns) moved.push_back(stack_base(column));
    size_t next = 0;
    for (auto& [phi, value] : from_tail) phi->addIncoming(value ? value : moved[next++], builder_.GetInsertBlock());
    builder_.CreateBr(segment_);
    builder_.SetInsertPoint(copy_back);
    copy_out();
    builder_.CreateBr(done);
    builder_.SetInsertPoint(done);
    builder_.CreateRet(number(0));
  }

  Value* stack_base(const Column& column) {
    Value* offset = builder_.CreateMul(whole_end_, number(-bytes_of(column.type)));
    return builder_.CreateGEP(builder_.getInt8Ty(), column.stack_values, offset);
  }

  Value* rest_bytes(const Column& column) { return builder_.CreateMul(rest_, number(bytes_of(column.type))); }
  Value* rest_word_bytes() { return builder_.CreateLShr(builder_.CreateAdd(rest_, number(7)), number(3)); }

  /// Runs `then` only where the column has a bitmap.
  template <typename Then>
  void if_bitmap(const Column& column, Then then) {
    BasicBlock* present = block("bitmap");
    BasicBlock* on = block("on");
    builder_.CreateCondBr(builder_.CreateIsNull(column.bitmap), on, present);
    builder_.SetInsertPoint(present);
    Value* offset = builder_.CreateLShr(whole_end_, number(3));
    then(builder_.CreateGEP(builder_.getInt8Ty(), column.bitmap, offset));
    builder_.CreateBr(on);
    builder_.SetInsertPoint(on);
  }

  void copy_in() {
    const llvm::Align one(1);
    for (const Column& column : in_) {
      const int64_t bytes = block_rows * bytes_of(column.type);
      builder_.CreateMemSet(column.stack_values, builder_.getInt8(0), number(bytes), llvm::Align(64));
      builder_.CreateMemCpy(column.stack_values, one, value_address(column.given, column.type, whole_end_), one,
                            rest_bytes(column));
      builder_.CreateStore(row_mask_of_rest(), column.stack_word);
      if_bitmap(column, [&](Value* bitmap) {
        builder_.CreateStore(number(0), column.stack_word);
        builder_.CreateMemCpy(column.stack_word, one, bitmap, one, rest_word_bytes());
        Value* word = builder_.CreateLoad(builder_.getInt64Ty(), column.stack_word);
        builder_.CreateStore(builder_.CreateAnd(word, row_mask_of_rest()), column.stack_word);
      });
    }
  }
  Value* row_mask_of_rest() { return builder_.CreateSub(builder_.CreateShl(number(1), rest_), number(1)); }

  void copy_out() {
    const llvm::Align one(1);
    for (const Column& column : out_) {
      builder_.CreateMemCpy(value_address(column.given, column.type, whole_end_), one, column.stack_values, one,
                            rest_bytes(column));
      if_bitmap(column,
                [&](Value* bitmap) { builder_.CreateMemCpy(bitmap, one, column.stack_word, one, rest_word_bytes()); });
    }
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
        Value* address = word_address(in_[static_cast<size_t>(input)].at, row);
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
      builder_.CreateAlignedStore(builder_.CreateAnd(now[i], row_mask_), word_address(out_[i].at, row), llvm::Align(1));
    leave_on_overflow(builder_.CreateAnd(now.back(), row_mask_), row, next);
  }

  void leave_on_overflow(Value* word, Value* row, BasicBlock* next) {
    BasicBlock* overflow = block("overflow");
    builder_.CreateCondBr(builder_.CreateICmpEQ(word, number(0)), next, overflow);
    builder_.SetInsertPoint(overflow);
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
    Value* loaded =
        builder_.CreateAlignedLoad(memory_type(node->type, lanes_), value_address(column.at, column.type, row),
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
      builder_.CreateAlignedStore(value, value_address(out_[i].at, out_[i].type, row),
                                  llvm::Align(static_cast<uint64_t>(bytes_of(out_[i].type))));
      grown[i] = builder_.CreateOr(grown[i], bits_at(values[3 * i + 1], step));
      if (!kernel::is_constant(all[3 * i + 2]))
        grown.back() = builder_.CreateOr(grown.back(), bits_at(values[3 * i + 2], step));
    }
  }

  llvm::Module& module_;
  llvm::LLVMContext& context_;
  llvm::IRBuilder<> builder_;
  const std::vector<RowValue>& outputs_;
  int lanes_;
  llvm::Function* function_ = nullptr;
  std::vector<Column> in_, out_;
  BasicBlock* segment_ = nullptr;
  Value *begin_ = nullptr, *whole_end_ = nullptr, *rest_ = nullptr, *last_segment_ = nullptr, *row_mask_ = nullptr;
};

}  // namespace

void emit_column_loop(llvm::Module& module, const ColumnKernel& kernel, const std::vector<RowValue>& outputs,
                      int lanes) {
  ColumnLoopEmitter(module, kernel, outputs, lanes).emit();
}

}  // namespace mlw::codegen
