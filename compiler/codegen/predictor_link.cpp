#include "compiler/codegen/predictor_link.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include <array>

#include "compiler/codegen/counted_loop.h"
#include "compiler/codegen/expressions.h"

namespace mlw::codegen {
namespace {

llvm::Value* float_at(llvm::IRBuilderBase& builder, llvm::Value* base, llvm::Value* index) {
  return builder.CreateGEP(builder.getFloatTy(), base, index);
}

llvm::Value* emit_elementary(llvm::IRBuilderBase& builder, kernel::Elementary function, llvm::Value* value, int lanes) {
  ExpressionEmitter emitter(builder, lanes, [value](kernel::Expression) { return value; });
  return emitter.emit_lanes(kernel::elementary(function, kernel::argument(kernel::Type::f32, 0)));
}

/// Starts with the first and ends with the best: (value, index) where a later one replaces an earlier one only when it
/// is greater.
std::vector<llvm::Value*> greatest(llvm::IRBuilderBase& builder, llvm::Value* floats, int count) {
  llvm::Value* first = builder.CreateLoad(builder.getFloatTy(), floats);
  const std::array<llvm::Value*, 2> initial = {first, builder.getInt64(0)};
  return emit_counted_loop(builder, 1, count, initial, [&](llvm::Value* i, std::span<llvm::Value* const> best) {
    llvm::Value* value = builder.CreateLoad(builder.getFloatTy(), float_at(builder, floats, i));
    llvm::Value* greater = builder.CreateFCmpOGT(value, best[0]);
    return std::vector{builder.CreateSelect(greater, value, best[0]), builder.CreateSelect(greater, i, best[1])};
  });
}

/// Trees of 16 lanes at a time: exp(raw - greatest), in place; sums of the lanes, then of their halves.
void emit_softmax(llvm::IRBuilderBase& builder, int count, llvm::Value* raw, llvm::Value* scores) {
  auto* tree = llvm::FixedVectorType::get(builder.getFloatTy(), tree_lanes);
  llvm::Value* most = greatest(builder, raw, count)[0];
  // What lies behind the outputs becomes e^-∞ = 0.
  for (int i = count; i < padded(count); ++i)
    builder.CreateStore(llvm::ConstantFP::getInfinity(builder.getFloatTy(), true),
                        float_at(builder, raw, builder.getInt64(static_cast<uint64_t>(i))));
  llvm::Value* shift = builder.CreateVectorSplat(tree_lanes, most);
  const std::array<llvm::Value*, 1> zero = {llvm::Constant::getNullValue(tree)};
  llvm::Value* sums = emit_counted_loop(
      builder, 0, padded(count) / tree_lanes, zero, [&](llvm::Value* k, std::span<llvm::Value* const> before) {
        llvm::Value* place = float_at(builder, raw, builder.CreateMul(k, builder.getInt64(tree_lanes)));
        llvm::Value* values = builder.CreateAlignedLoad(tree, place, llvm::Align(64));
        llvm::Value* powers =
            emit_elementary(builder, kernel::Elementary::exp, builder.CreateFSub(values, shift), tree_lanes);
        builder.CreateAlignedStore(powers, place, llvm::Align(64));
        return std::vector{builder.CreateFAdd(before[0], powers)};
      })[0];
  llvm::Value* sum = sum_of_lanes(builder, sums);
  emit_counted_loop(builder, 0, count, [&](llvm::Value* i) {
    llvm::Value* power = builder.CreateLoad(builder.getFloatTy(), float_at(builder, raw, i));
    builder.CreateStore(builder.CreateFDiv(power, sum), float_at(builder, scores, i));
  });
}

}  // namespace

void emit_link(llvm::IRBuilderBase& builder, const PredictorPlan& plan, llvm::Value* raw, llvm::Value* scores) {
  if (plan.link == Link::softmax) return emit_softmax(builder, plan.outputs, raw, scores);
  emit_counted_loop(builder, 0, plan.outputs, [&](llvm::Value* i) {
    llvm::Value* value = builder.CreateLoad(builder.getFloatTy(), float_at(builder, raw, i));
    if (plan.link == Link::logistic) value = emit_elementary(builder, kernel::Elementary::sigmoid, value, 1);
    builder.CreateStore(value, float_at(builder, scores, i));
  });
}

llvm::Value* emit_decision(llvm::IRBuilderBase& builder, const PredictorPlan& plan, llvm::Value* scores,
                           llvm::Value* parameters) {
  if (plan.task == TaskKind::regression) return builder.getInt32(0);
  if (plan.task == TaskKind::multiclass)
    return builder.CreateTrunc(greatest(builder, scores, plan.outputs)[1], builder.getInt32Ty());
  llvm::Value* place =
      builder.CreateConstGEP1_64(builder.getInt8Ty(), parameters, static_cast<uint64_t>(plan.threshold));
  llvm::Value* threshold = builder.CreateLoad(builder.getFloatTy(), place, "threshold");
  llvm::Value* reached = builder.CreateFCmpOGE(builder.CreateLoad(builder.getFloatTy(), scores), threshold);
  return builder.CreateZExt(reached, builder.getInt32Ty());
}

llvm::Value* not_finite(llvm::IRBuilderBase& builder, llvm::Value* floats, int count) {
  const std::array<llvm::Value*, 1> none = {builder.getFalse()};
  return emit_counted_loop(builder, 0, count, none, [&](llvm::Value* i, std::span<llvm::Value* const> before) {
    llvm::Value* value = builder.CreateLoad(builder.getFloatTy(), float_at(builder, floats, i));
    llvm::Value* magnitude = builder.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, value);
    llvm::Value* wrong = builder.CreateFCmpUEQ(magnitude, llvm::ConstantFP::getInfinity(builder.getFloatTy()));
    return std::vector{builder.CreateOr(before[0], wrong)};
  })[0];
}

}  // namespace mlw::codegen
