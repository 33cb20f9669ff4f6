#include "compiler/codegen/record_fields.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include "compiler/codegen/device_functions.h"
#include "compiler/codegen/lane_groups.h"

namespace mlw::codegen {
namespace {

constexpr int64_t raw_value_bytes = 16;
bool are_neighbours(std::span<const int> fields) {
  for (size_t i = 1; i < fields.size(); ++i)
    if (fields[i] != fields[0] + static_cast<int>(i)) return false;
  return true;
}

}  // namespace

RecordFields::RecordFields(llvm::IRBuilderBase& builder, const PredictorPlan& plan, llvm::Value* fields,
                           llvm::Value* missing)
    : builder_(builder), plan_(plan), fields_(fields) {
  for (size_t word = 0; word < (plan.field_types.size() + 63) / 64; ++word)
    missing_.push_back(builder.CreateLoad(builder.getInt64Ty(),
                                          builder.CreateConstGEP1_64(builder.getInt64Ty(), missing, word), "missing"));
}

llvm::Value* RecordFields::place(int field, int64_t byte) {
  return builder_.CreateConstGEP1_64(builder_.getInt8Ty(), fields_,
                                     static_cast<uint64_t>(field * raw_value_bytes + byte));
}

/// The first eight bytes of each field. Neighbours: twice as many are read, and every second one is kept.
llvm::Value* RecordFields::raw(std::span<const int> fields, llvm::Type* type) {
  const auto lanes = static_cast<unsigned>(fields.size());
  if (lanes == 1)
    return builder_.CreateAlignedLoad(type, place(fields[0]), llvm::Align(8),
                                      plan_.field_names[static_cast<size_t>(fields[0])]);
  if (are_neighbours(fields)) {
    llvm::Value* both =
        builder_.CreateAlignedLoad(llvm::FixedVectorType::get(type, 2 * lanes), place(fields[0]), llvm::Align(8));
    llvm::SmallVector<int> even;
    for (unsigned i = 0; i < lanes; ++i) even.push_back(static_cast<int>(2 * i));
    return builder_.CreateShuffleVector(both, even);
  }
  llvm::Value* vector = llvm::PoisonValue::get(llvm::FixedVectorType::get(type, lanes));
  for (unsigned i = 0; i < lanes; ++i)
    vector =
        builder_.CreateInsertElement(vector, builder_.CreateAlignedLoad(type, place(fields[i]), llvm::Align(8)), i);
  return vector;
}

/// A bit a lane: the caller did not say that the field is missing.
llvm::Value* RecordFields::present(std::span<const int> fields) {
  const auto lanes = static_cast<unsigned>(fields.size());
  const auto bits = [&](int field, unsigned count) {
    const auto word = static_cast<size_t>(field / 64);
    const auto bit = static_cast<unsigned>(field % 64);
    llvm::Value* shifted = builder_.CreateLShr(missing_[word], builder_.getInt64(bit));
    if (bit + count > 64)
      shifted = builder_.CreateOr(shifted, builder_.CreateShl(missing_[word + 1], builder_.getInt64(64 - bit)));
    return builder_.CreateNot(builder_.CreateTrunc(shifted, builder_.getIntNTy(count)));
  };
  if (lanes == 1) return bits(fields[0], 1);
  if (are_neighbours(fields))
    return builder_.CreateBitCast(bits(fields[0], lanes), llvm::FixedVectorType::get(builder_.getInt1Ty(), lanes));
  llvm::Value* vector = llvm::PoisonValue::get(llvm::FixedVectorType::get(builder_.getInt1Ty(), lanes));
  for (unsigned i = 0; i < lanes; ++i) vector = builder_.CreateInsertElement(vector, bits(fields[i], 1), i);
  return vector;
}

LiftedValue RecordFields::values(std::span<const int> fields) {
  const ValueType type = plan_.field_types[static_cast<size_t>(fields[0])];
  llvm::Value* value = raw(fields, type == ValueType::number ? builder_.getDoubleTy() : builder_.getInt64Ty());
  if (type == ValueType::flag) value = builder_.CreateICmpNE(value, llvm::Constant::getNullValue(value->getType()));
  return {value, present(fields)};
}

TextValue RecordFields::text(int field) {
  llvm::Value* bytes =
      builder_.CreateLoad(builder_.getPtrTy(), place(field), plan_.field_names[static_cast<size_t>(field)]);
  llvm::Value* length = builder_.CreateLoad(builder_.getInt64Ty(), place(field, 8));
  const int fields[] = {field};
  llvm::Value* valid = present(fields);
  return {bytes, builder_.CreateSelect(valid, length, builder_.getInt64(0)), valid};
}

std::vector<int> RecordFields::of_type(ValueType type, bool required_only) const {
  std::vector<int> found;
  for (size_t i = 0; i < plan_.field_types.size(); ++i)
    if (plan_.field_types[i] == type && (!required_only || plan_.required[i])) found.push_back(static_cast<int>(i));
  return found;
}

/// Neighbours in vectors.
std::vector<std::vector<int>> RecordFields::runs(const std::vector<int>& fields) const {
  std::vector<std::vector<int>> cut;
  for (size_t begin = 0, end = 1; begin < fields.size(); begin = end++) {
    while (end < fields.size() && fields[end] == fields[end - 1] + 1) ++end;
    for (const LaneGroup& group : lane_groups(static_cast<int>(end - begin))) {
      const auto first = fields.begin() + static_cast<int64_t>(begin) + group.begin;
      cut.emplace_back(first, first + group.count);
    }
  }
  return cut;
}

llvm::Value* RecordFields::any(llvm::Value* lanes) {
  return lanes->getType()->isVectorTy() ? builder_.CreateOrReduce(lanes) : lanes;
}

llvm::Value* RecordFields::is_not_finite(llvm::Value* value) {
  llvm::Value* magnitude = builder_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, value);
  return builder_.CreateFCmpUEQ(magnitude, llvm::ConstantFP::getInfinity(value->getType()));
}

llvm::Value* RecordFields::malformed() {
  llvm::Value* wrong = builder_.getFalse();
  for (const std::vector<int>& run : runs(of_type(ValueType::flag, false))) {
    llvm::Value* value = raw(run, builder_.getInt64Ty());
    llvm::Value* neither = builder_.CreateICmpUGT(value, llvm::ConstantInt::get(value->getType(), 1));
    wrong = builder_.CreateOr(wrong, any(builder_.CreateAnd(neither, present(run))));
  }
  for (const ValueType type : {ValueType::category, ValueType::text})
    for (const int field : of_type(type, false)) {
      const TextValue value = text(field);
      llvm::Value* well_formed =
          builder_.CreateCall(device_function(builder_, DeviceFunction::text_valid), {value.bytes, value.length});
      wrong = builder_.CreateOr(wrong, builder_.CreateICmpEQ(well_formed, builder_.getInt32(0)));
    }
  return wrong;
}

llvm::Value* RecordFields::lacks_required() {
  llvm::Value* lacking = builder_.getFalse();
  for (const std::vector<int>& run : runs(of_type(ValueType::number, true)))
    lacking = builder_.CreateOr(lacking, any(is_not_finite(raw(run, builder_.getDoubleTy()))));
  for (size_t word = 0; word < missing_.size(); ++word) {
    uint64_t mask = 0;
    for (size_t bit = 0; bit < 64 && 64 * word + bit < plan_.required.size(); ++bit)
      if (plan_.required[64 * word + bit]) mask |= uint64_t{1} << bit;
    if (mask == 0) continue;
    llvm::Value* found = builder_.CreateAnd(missing_[word], builder_.getInt64(mask));
    lacking = builder_.CreateOr(lacking, builder_.CreateICmpNE(found, builder_.getInt64(0)));
  }
  return lacking;
}

}  // namespace mlw::codegen
