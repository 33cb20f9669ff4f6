#pragma once

#include <functional>
#include <map>
#include <string>

#include "compiler/codegen/device_functions.h"
#include "compiler/codegen/record_fields.h"

namespace llvm {
class Constant;
}

namespace mlw::codegen {

/// Emits what formulas do with texts and categories, as calls of the device run time's functions. Texts are never
/// copied but by lower, upper and concat, which write one behind the other into the room of the scratch.
class TextEmitter {
 public:
  /// Emits a flag that a text depends on.
  using Condition = std::function<LiftedValue(const FormulaPointer&)>;

  TextEmitter(llvm::IRBuilderBase& builder, const PredictorPlan& plan, RecordFields& fields, llvm::Value* parameters,
              llvm::Value* room, Condition condition);

  /// A formula that reads text and gives an integer (i64) or a flag (i1).
  LiftedValue part(const Formula& formula);
  /// Whether a text found no room any more (i1).
  llvm::Value* out_of_room() const { return out_of_room_; }
  /// The position of a text in the table that `slot` (an offset in the parameters) leads to; -1 when it is not there
  /// (i64).
  llvm::Value* position(const TextValue& text, int64_t slot);

 private:
  TextValue text(const Formula& formula);
  TextValue column(const std::string& name);
  TextValue made(DeviceFunction function, const TextValue& a, const TextValue* b);
  TextValue trimmed(const TextValue& text);
  TextValue constant(const std::string& text);
  TextValue chosen(llvm::Value* condition, const TextValue& then, const TextValue& otherwise);
  llvm::Value* test(DeviceFunction function, const TextValue& a, const TextValue& b);
  LiftedValue membership(const Formula& formula);

  llvm::IRBuilderBase& builder_;
  const PredictorPlan& plan_;
  RecordFields& fields_;
  llvm::Value* parameters_;
  llvm::Value* room_;
  llvm::Value* used_;
  llvm::Value* out_of_room_;
  Condition condition_;
  std::map<std::string, TextValue> done_;  ///< by the formula's text
};

}  // namespace mlw::codegen
