#include "compiler/codegen/graph_kernel.h"

#include <llvm/IR/Intrinsics.h>

#include "compiler/kernel/graph_term.h"

namespace mlw::codegen {

using kernel::Expression;
using kernel::lanes;
using kernel::Op;

namespace {

constexpr int light = 8;

llvm::Align align_of(kernel::Type type) { return llvm::Align(static_cast<uint64_t>(kernel::size_of(type))); }

}  // namespace

bool is_light(Expression expression) { return kernel::cost(expression) <= light; }

void KernelEmitter::loop(int64_t begin, int64_t end, int64_t step, const std::function<void(llvm::Value*)>& body) {
  loop(begin, end, step, {}, [&](llvm::Value* i, const Carried&) {
    body(i);
    return Carried{};
  });
}

KernelEmitter::Carried KernelEmitter::loop(int64_t begin, int64_t end, int64_t step, Carried carried,
                                           const std::function<Carried(llvm::Value*, const Carried&)>& body) {
  if (begin >= end) return carried;
  if (begin + step >= end) return body(index(begin), carried);
  llvm::Function* function = b.GetInsertBlock()->getParent();
  llvm::BasicBlock* before = b.GetInsertBlock();
  llvm::BasicBlock* head = llvm::BasicBlock::Create(b.getContext(), "loop", function);
  llvm::BasicBlock* after = llvm::BasicBlock::Create(b.getContext(), "after", function);
  b.CreateBr(head);
  b.SetInsertPoint(head);
  llvm::PHINode* i = b.CreatePHI(b.getInt64Ty(), 2, "i");
  i->addIncoming(index(begin), before);
  std::vector<llvm::PHINode*> phis;
  Carried inside;
  for (llvm::Value* value : carried) {
    phis.push_back(b.CreatePHI(value->getType(), 2));
    phis.back()->addIncoming(value, before);
    inside.push_back(phis.back());
  }
  Carried next = body(i, inside);
  llvm::Value* advanced = b.CreateNUWAdd(i, index(step));
  llvm::BasicBlock* last = b.GetInsertBlock();
  i->addIncoming(advanced, last);
  for (size_t k = 0; k < phis.size(); ++k) phis[k]->addIncoming(next[k], last);
  // The first value that is not below the end: equality is enough, and the back end knows the number of rounds.
  const int64_t stop = begin + (end - begin + step - 1) / step * step;
  b.CreateCondBr(b.CreateICmpEQ(advanced, index(stop)), after, head);
  b.SetInsertPoint(after);
  return next;
}

void KernelEmitter::nest(const kernel::Shape& extents, size_t first, Place& place, const std::function<void()>& body) {
  nest(extents, first, place, {}, [&](const Carried&) {
    body();
    return Carried{};
  });
}

KernelEmitter::Carried KernelEmitter::nest(const kernel::Shape& extents, size_t first, Place& place, Carried carried,
                                           const std::function<Carried(const Carried&)>& body) {
  const std::function<Carried(size_t, Carried)> level = [&](size_t depth, Carried values) -> Carried {
    if (depth == extents.size()) return body(values);
    return loop(0, extents[depth], 1, std::move(values), [&](llvm::Value* i, const Carried& inside) {
      place.at[first + depth] = i;
      return level(depth + 1, inside);
    });
  };
  return level(0, std::move(carried));
}

llvm::Value* KernelEmitter::mask(int64_t count) {
  if (count >= lanes) return nullptr;
  std::vector<llvm::Constant*> bits;
  for (int lane = 0; lane < lanes; ++lane) bits.push_back(b.getInt1(lane < count));
  return llvm::ConstantVector::get(bits);
}

void KernelEmitter::sweep(int64_t extent, int axis, Place& place, const std::function<void()>& body) {
  const int64_t whole = extent / lanes * lanes;
  place.vector_axis = axis;
  loop(0, whole, lanes, [&](llvm::Value* i) {
    place.at[axis] = i;
    place.mask = nullptr;
    body();
  });
  if (whole == extent) return;
  place.at[axis] = index(whole);
  place.mask = mask(extent - whole);
  body();
  place.mask = nullptr;
}

void KernelEmitter::sweep(llvm::Value* extent, int axis, Place& place, const std::function<void()>& body) {
  llvm::Function* function = b.GetInsertBlock()->getParent();
  const auto block = [&](const char* name) { return llvm::BasicBlock::Create(b.getContext(), name, function); };
  llvm::BasicBlock *whole = block("whole"), *head = block("loop"), *check = block("rest");
  llvm::BasicBlock *rest = block("masked"), *after = block("after");
  place.vector_axis = axis;
  llvm::Value* end = b.CreateAnd(extent, index(-lanes));
  b.CreateCondBr(b.CreateICmpEQ(end, index(0)), check, whole);
  b.SetInsertPoint(whole);
  b.CreateBr(head);
  b.SetInsertPoint(head);
  llvm::PHINode* i = b.CreatePHI(b.getInt64Ty(), 2, "i");
  i->addIncoming(index(0), whole);
  place.at[axis] = i;
  place.mask = nullptr;
  body();
  llvm::Value* next = b.CreateNUWAdd(i, index(lanes));
  i->addIncoming(next, b.GetInsertBlock());
  b.CreateCondBr(b.CreateICmpEQ(next, end), check, head);
  b.SetInsertPoint(check);
  b.CreateCondBr(b.CreateICmpEQ(end, extent), after, rest);
  b.SetInsertPoint(rest);
  std::vector<llvm::Constant*> steps;
  for (int lane = 0; lane < lanes; ++lane) steps.push_back(b.getInt32(static_cast<uint32_t>(lane)));
  llvm::Value* left = b.CreateTrunc(b.CreateSub(extent, end), b.getInt32Ty());
  place.at[axis] = end;
  place.mask = b.CreateICmpULT(llvm::ConstantVector::get(steps), b.CreateVectorSplat(lanes, left));
  body();
  b.CreateBr(after);
  b.SetInsertPoint(after);
  place.mask = nullptr;
}

llvm::Value* KernelEmitter::address(const Source& source, const Place& place) {
  llvm::Value* counted = index(0);
  int64_t distance = 0;
  for (size_t axis = 0; axis < source.strides.size(); ++axis) {
    const int64_t stride = source.strides[axis];
    if (stride == 0) continue;
    counted = b.CreateAdd(counted, b.CreateMul(place.at[axis].counter, index(stride)));
    distance += place.at[axis].distance * stride;
  }
  llvm::Type* type = llvm_type(b, source.type);
  llvm::Value* first = b.CreateGEP(type, source.base, counted);
  return distance == 0 ? first : b.CreateGEP(type, first, index(distance));
}

llvm::Value* KernelEmitter::load(const Source& source, const Place& place) {
  if (source.scalar >= 0) return source.value;
  llvm::Type* element = llvm_type(b, source.type);
  llvm::Value* from = address(source, place);
  const int64_t stride = place.vector_axis < 0 ? 0 : source.strides[place.vector_axis];
  if (stride == 0) return b.CreateAlignedLoad(element, from, align_of(source.type));
  llvm::Type* vector = llvm_type(b, source.type, lanes);
  if (stride == 1) {
    if (!place.mask) return b.CreateAlignedLoad(vector, from, align_of(source.type));
    return b.CreateMaskedLoad(vector, from, align_of(source.type), place.mask, llvm::Constant::getNullValue(vector));
  }
  std::vector<llvm::Constant*> steps;
  for (int lane = 0; lane < lanes; ++lane) steps.push_back(b.getInt64(static_cast<uint64_t>(lane * stride)));
  llvm::Value* each = b.CreateGEP(element, from, llvm::ConstantVector::get(steps));
  llvm::Value* all =
      place.mask ? place.mask : llvm::ConstantInt::getAllOnesValue(llvm::FixedVectorType::get(b.getInt1Ty(), lanes));
  return b.CreateMaskedGather(vector, each, align_of(source.type), all, llvm::Constant::getNullValue(vector));
}

void KernelEmitter::store(const Source& target, const Place& place, llvm::Value* value) {
  llvm::Value* to = address(target, place);
  if (place.vector_axis >= 0 && place.mask)
    b.CreateMaskedStore(value, to, align_of(target.type), place.mask);
  else
    b.CreateAlignedStore(value, to, align_of(target.type));
}

llvm::Value* KernelEmitter::emit(const Factor& factor, const Place& place, llvm::Value* first, bool as_lanes) {
  const int width = place.vector_axis < 0 ? 1 : lanes;
  const SplitExpression parts = split(factor.expression);
  std::vector<llvm::Value*> results;
  const auto leaf = [&](Expression node) -> llvm::Value* {
    if (node->op == Op::position) return position(node, place);
    if (node->index >= SplitExpression::first_result)
      return results[static_cast<size_t>(node->index - SplitExpression::first_result)];
    if (first && node->index == 0) return first;
    return load(factor.sources[static_cast<size_t>(node->index - (first ? 1 : 0))], place);
  };
  ExpressionEmitter emitter(b, width, leaf);
  for (const Expression call : parts.calls) {
    std::vector<llvm::Value*> operands;
    for (const Expression operand : call->arguments()) operands.push_back(emitter.emit(operand));
    results.push_back(functions_.call(b, call, operands));
  }
  return as_lanes ? emitter.emit_lanes(parts.rest) : emitter.emit(parts.rest);
}

llvm::Value* KernelEmitter::position(Expression node, const Place& place) {
  llvm::Value* at = b.CreateTrunc(value(place.at[static_cast<size_t>(node->index)]), llvm_type(b, node->type));
  if (node->index != place.vector_axis) return at;
  std::vector<llvm::Constant*> steps;
  for (int lane = 0; lane < lanes; ++lane)
    steps.push_back(llvm::ConstantInt::get(at->getType(), static_cast<uint64_t>(lane)));
  return b.CreateAdd(b.CreateVectorSplat(lanes, at), llvm::ConstantVector::get(steps));
}

llvm::Value* KernelEmitter::evaluate(const Factor& factor, const Place& place, llvm::Value* first) {
  return emit(factor, place, first, false);
}

llvm::Value* KernelEmitter::evaluate_lanes(const Factor& factor, const Place& place, llvm::Value* first) {
  return emit(factor, place, first, true);
}

llvm::Value* KernelEmitter::spread(llvm::Value* value) {
  return value->getType()->isVectorTy() ? value : b.CreateVectorSplat(lanes, value);
}

llvm::Value* KernelEmitter::zero(kernel::Type type, int width) {
  return llvm::Constant::getNullValue(llvm_type(b, type, width));
}

llvm::Value* KernelEmitter::fused_multiply_add(llvm::Value* x, llvm::Value* y, llvm::Value* z) {
  return b.CreateIntrinsic(llvm::Intrinsic::fma, {x->getType()}, {x, y, z});
}

llvm::Value* KernelEmitter::fold_lanes(llvm::Value* vector, const Join& join) {
  for (int half = lanes / 2; half >= 1; half /= 2) {
    std::vector<int> low, high;
    for (int lane = 0; lane < half; ++lane) {
      low.push_back(lane);
      high.push_back(lane + half);
    }
    vector = join(b.CreateShuffleVector(vector, low), b.CreateShuffleVector(vector, high));
  }
  return b.CreateExtractElement(vector, uint64_t{0});
}

llvm::Value* KernelEmitter::local(llvm::Type* type, int64_t count) {
  llvm::BasicBlock& entry = b.GetInsertBlock()->getParent()->getEntryBlock();
  llvm::IRBuilder<> at_entry(&entry, entry.begin());
  llvm::AllocaInst* memory = at_entry.CreateAlloca(type, at_entry.getInt64(static_cast<uint64_t>(count)));
  memory->setAlignment(llvm::Align(64));
  return memory;
}

namespace {

/// Whether axis a and a + 1 are one walk through memory.
bool joins(const KernelPlan& plan, size_t a) {
  const auto one_walk = [&](const Source& source) {
    return source.scalar >= 0 || source.strides[a] == source.strides[a + 1] * plan.extents[a + 1];
  };
  for (const Factor& factor : plan.factors) {
    for (const Source& source : factor.sources)
      if (!one_walk(source)) return false;
    for (const Expression leaf : kernel::in_order(factor.expression))
      if (leaf->op == Op::position && (leaf->index == static_cast<int>(a) || leaf->index == static_cast<int>(a) + 1))
        return false;
  }
  return one_walk(plan.result);
}

/// The plan without axis a, at which everything stands at position 0.
void drop(KernelPlan& plan, size_t a) {
  plan.extents.erase(plan.extents.begin() + static_cast<std::ptrdiff_t>(a));
  plan.outputs -= a < static_cast<size_t>(plan.outputs);
  const auto erase = [&](Source& source) {
    if (source.scalar < 0) source.strides.erase(source.strides.begin() + static_cast<std::ptrdiff_t>(a));
  };
  erase(plan.result);
  for (Factor& factor : plan.factors) {
    for (Source& source : factor.sources) erase(source);
    std::unordered_map<Expression, Expression> replacements;
    for (const Expression leaf : kernel::in_order(factor.expression)) {
      if (leaf->op != Op::position) continue;
      if (leaf->index == static_cast<int>(a)) replacements[leaf] = kernel::integer(leaf->type, 0);
      if (leaf->index > static_cast<int>(a)) replacements[leaf] = kernel::position(leaf->index - 1, leaf->type);
    }
    factor.expression = kernel::substitute(factor.expression, replacements);
  }
}

}  // namespace

bool is_flat(const KernelPlan& plan) {
  if (plan.extents.size() != 1 || plan.outputs != 1) return false;
  for (const Factor& factor : plan.factors)
    for (const Source& source : factor.sources)
      if (source.scalar < 0 && source.strides[0] > 1) return false;
  return true;
}

KernelPlan collapsed(KernelPlan plan) {
  for (size_t a = plan.extents.size(); a-- > 0;)
    if (plan.extents[a] == 1) drop(plan, a);
  for (size_t a = plan.extents.size(); a-- > 1;) {
    // Summed axes stay apart: the order of sums is laid down axis by axis.
    if (static_cast<int>(a) >= plan.outputs || !joins(plan, a - 1)) continue;
    const int64_t extent = plan.extents[a - 1] * plan.extents[a];
    // The outer axis takes the inner one's strides and goes on as the only one.
    const auto take = [&](Source& source) {
      if (source.scalar < 0) source.strides[a - 1] = source.strides[a];
    };
    take(plan.result);
    for (Factor& factor : plan.factors)
      for (Source& source : factor.sources) take(source);
    plan.extents[a - 1] = extent;
    drop(plan, a);
  }
  return plan;
}

}  // namespace mlw::codegen
