#include "compiler/codegen/text_emitter.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <algorithm>

#include "compiler/codegen/device_functions.h"
#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {
namespace {

[[noreturn]] void unknown(const Formula& formula) {
  fail(kinds::not_a_row_formula, {{"operation", std::string(name(formula.operation))}});
}

}  // namespace

TextEmitter::TextEmitter(llvm::IRBuilderBase& builder, const PredictorPlan& plan, RecordFields& fields,
                         llvm::Value* parameters, llvm::Value* room, Condition condition)
    : builder_(builder),
      plan_(plan),
      fields_(fields),
      parameters_(parameters),
      room_(room),
      used_(builder.getInt64(0)),
      out_of_room_(builder.getFalse()),
      condition_(std::move(condition)) {}

TextValue TextEmitter::constant(const std::string& text) {
  llvm::Value* bytes = builder_.CreateGlobalString(text, "text", 0, nullptr, /*AddNull=*/false);
  return {bytes, builder_.getInt64(text.size()), builder_.getTrue()};
}

TextValue TextEmitter::chosen(llvm::Value* condition, const TextValue& then, const TextValue& otherwise) {
  return {builder_.CreateSelect(condition, then.bytes, otherwise.bytes),
          builder_.CreateSelect(condition, then.length, otherwise.length),
          builder_.CreateSelect(condition, then.valid, otherwise.valid)};
}

TextValue TextEmitter::column(const std::string& name) {
  for (const PlannedDefinition& definition : plan_.definitions)
    if (definition.name == name) return text(*definition.formula.formula);
  for (size_t i = 0; i < plan_.field_names.size(); ++i)
    if (plan_.field_names[i] == name) return fields_.text(static_cast<int>(i));
  fail(kinds::code_generation_failed, {{"reason", "there is no text `" + name + "`"}});
}

/// function(a, [b,] room + used, what is left of the room): the length, or -1 when it does not fit.
TextValue TextEmitter::made(DeviceFunction function, const TextValue& a, const TextValue* b) {
  llvm::Value* place = builder_.CreateGEP(builder_.getInt8Ty(), room_, used_);
  llvm::Value* left = builder_.CreateSub(builder_.getInt64(static_cast<uint64_t>(plan_.text_bytes)), used_);
  std::vector<llvm::Value*> arguments = {a.bytes, a.length};
  llvm::Value* valid = a.valid;
  if (b) {
    arguments.insert(arguments.end(), {b->bytes, b->length});
    valid = builder_.CreateAnd(a.valid, b->valid);
  }
  arguments.insert(arguments.end(), {place, left});
  llvm::Value* written = builder_.CreateCall(device_function(builder_, function), arguments);
  llvm::Value* failed = builder_.CreateICmpEQ(written, builder_.getInt64(UINT64_MAX));
  out_of_room_ = builder_.CreateOr(out_of_room_, failed);
  llvm::Value* length = builder_.CreateSelect(failed, builder_.getInt64(0), written);
  used_ = builder_.CreateAdd(used_, length);
  return {place, builder_.CreateSelect(valid, length, builder_.getInt64(0)), valid};
}

TextValue TextEmitter::trimmed(const TextValue& text) {
  llvm::Function* function = builder_.GetInsertBlock()->getParent();
  llvm::IRBuilder<> entry(&function->getEntryBlock(), function->getEntryBlock().begin());
  llvm::Value* bytes = entry.CreateAlloca(builder_.getPtrTy());
  llvm::Value* length = entry.CreateAlloca(builder_.getInt64Ty());
  builder_.CreateStore(text.bytes, bytes);
  builder_.CreateStore(text.length, length);
  builder_.CreateCall(device_function(builder_, DeviceFunction::text_trim), {bytes, length});
  return {builder_.CreateLoad(builder_.getPtrTy(), bytes), builder_.CreateLoad(builder_.getInt64Ty(), length),
          text.valid};
}

TextValue TextEmitter::text(const Formula& formula) {
  const std::string key = to_text(formula);
  if (const auto found = done_.find(key); found != done_.end()) return found->second;
  TextValue value;
  const auto argument = [&](size_t i) { return text(*formula.arguments[i]); };
  switch (formula.operation) {
    case Operation::constant:
      value = constant(std::get<std::string>(formula.value));
      break;
    case Operation::missing:
      value = constant("");
      value.valid = builder_.getFalse();
      break;
    case Operation::column:
      value = column(formula.column);
      break;
    case Operation::lower:
      value = made(DeviceFunction::text_lower, argument(0), nullptr);
      break;
    case Operation::upper:
      value = made(DeviceFunction::text_upper, argument(0), nullptr);
      break;
    case Operation::concat: {
      const TextValue a = argument(0), b = argument(1);
      value = made(DeviceFunction::text_concat, a, &b);
      break;
    }
    case Operation::trim:
      value = trimmed(argument(0));
      break;
    case Operation::coalesce: {
      const TextValue first = argument(0);
      value = chosen(first.valid, first, argument(1));
      break;
    }
    case Operation::select: {
      const LiftedValue condition = condition_(formula.arguments[0]);
      const TextValue then = argument(1);
      value = chosen(condition.value, then, argument(2));
      value.valid = builder_.CreateAnd(value.valid, condition.valid);
      value.length = builder_.CreateSelect(value.valid, value.length, builder_.getInt64(0));
      break;
    }
    default:
      unknown(formula);
  }
  return done_[key] = value;
}

llvm::Value* TextEmitter::test(DeviceFunction function, const TextValue& a, const TextValue& b) {
  llvm::Value* result =
      builder_.CreateCall(device_function(builder_, function), {a.bytes, a.length, b.bytes, b.length});
  return builder_.CreateICmpNE(result, builder_.getInt32(0));
}

llvm::Value* TextEmitter::position(const TextValue& text, int64_t slot) {
  llvm::Value* offset =
      builder_.CreateLoad(builder_.getInt64Ty(),
                          builder_.CreateConstGEP1_64(builder_.getInt8Ty(), parameters_, static_cast<uint64_t>(slot)));
  llvm::Value* table = builder_.CreateGEP(builder_.getInt8Ty(), parameters_, offset);
  return builder_.CreateCall(device_function(builder_, DeviceFunction::text_position),
                             {text.bytes, text.length, table});
}

/// True when the first is one of the others; else missing when one of them is.
LiftedValue TextEmitter::membership(const Formula& formula) {
  const TextValue first = text(*formula.arguments[0]);
  llvm::Value* found = builder_.getFalse();
  llvm::Value* all_valid = builder_.getTrue();
  for (size_t i = 1; i < formula.arguments.size(); ++i) {
    const TextValue other = text(*formula.arguments[i]);
    found = builder_.CreateOr(found, builder_.CreateAnd(other.valid, test(DeviceFunction::text_equal, first, other)));
    all_valid = builder_.CreateAnd(all_valid, other.valid);
  }
  return {found, builder_.CreateAnd(first.valid, builder_.CreateOr(found, all_valid))};
}

LiftedValue TextEmitter::part(const Formula& formula) {
  if (formula.operation == Operation::in) return membership(formula);
  const TextValue first = text(*formula.arguments[0]);
  const auto count = [&](DeviceFunction function) -> LiftedValue {
    return {builder_.CreateCall(device_function(builder_, function), {first.bytes, first.length}), first.valid};
  };
  const auto compared = [&](DeviceFunction function) -> LiftedValue {
    const TextValue second = text(*formula.arguments[1]);
    return {test(function, first, second), builder_.CreateAnd(first.valid, second.valid)};
  };
  switch (formula.operation) {
    case Operation::length:
      return count(DeviceFunction::text_length);
    case Operation::word_count:
      return count(DeviceFunction::text_word_count);
    case Operation::contains:
      return compared(DeviceFunction::text_contains);
    case Operation::starts_with:
      return compared(DeviceFunction::text_starts_with);
    case Operation::ends_with:
      return compared(DeviceFunction::text_ends_with);
    case Operation::equal:
      return compared(DeviceFunction::text_equal);
    case Operation::not_equal: {
      const LiftedValue equal = compared(DeviceFunction::text_equal);
      return {builder_.CreateNot(equal.value), equal.valid};
    }
    case Operation::is_missing:
      return {builder_.CreateNot(first.valid), builder_.getTrue()};
    case Operation::position: {
      const std::string key = to_text(formula);
      const auto table = std::find_if(plan_.position_tables.begin(), plan_.position_tables.end(),
                                      [&](const auto& entry) { return entry.first == key; });
      return {position(first, table->second), first.valid};
    }
    default:
      unknown(formula);
  }
}

}  // namespace mlw::codegen
