#pragma once

#include <span>
#include <vector>

#include "compiler/codegen/predictor_plan.h"

namespace llvm {
class IRBuilderBase;
class Type;
class Value;
}  // namespace llvm

namespace mlw::codegen {

/// A value and whether there is one (i1, or a vector of i1): what is missing has a defined but meaningless value.
struct LiftedValue {
  llvm::Value* value = nullptr;
  llvm::Value* valid = nullptr;
};

struct TextValue {
  llvm::Value* bytes = nullptr;   ///< ptr
  llvm::Value* length = nullptr;  ///< i64; 0 where there is no value
  llvm::Value* valid = nullptr;   ///< i1
};

/// The raw record of a predictor function: `fields` [n] of RawValue, `missing` one bit a field. Neighbouring fields are
/// read as vectors. A number that is infinite or NaN counts as missing: the lowering of
/// formulas sees to it, and so does `lacks_required`.
class RecordFields {
 public:
  RecordFields(llvm::IRBuilderBase& builder, const PredictorPlan& plan, llvm::Value* fields, llvm::Value* missing);

  /// Number (double), integer or date (i64), flag (i1). `fields`: a field a lane, all of one type; a scalar for one.
  LiftedValue values(std::span<const int> fields);
  TextValue text(int field);

  /// Whether any field holds what its kind cannot be: a flag other than 0 and 1, a text that is not
  /// UTF-8.
  llvm::Value* malformed();
  /// Whether a required field is missing.
  llvm::Value* lacks_required();

 private:
  llvm::Value* place(int field, int64_t byte = 0);
  llvm::Value* raw(std::span<const int> fields, llvm::Type* type);
  llvm::Value* present(std::span<const int> fields);
  std::vector<std::vector<int>> runs(const std::vector<int>& fields) const;
  std::vector<int> of_type(ValueType type, bool required_only) const;
  llvm::Value* any(llvm::Value* lanes);
  llvm::Value* is_not_finite(llvm::Value* value);

  llvm::IRBuilderBase& builder_;
  const PredictorPlan& plan_;
  llvm::Value* fields_;
  std::vector<llvm::Value*> missing_;
};

}  // namespace mlw::codegen
