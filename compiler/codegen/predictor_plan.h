#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "compiler/artefact/predictor_program.h"
#include "compiler/artefact/text_parts.h"
#include "compiler/codegen/dense_layer.h"
#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/target.h"

/// What a predictor program becomes before any code is emitted: its structure, from which code is made, and its
/// parameters (weights, fitted constants, dictionaries), which code only reads. Programs of one search share their
/// structure, so that their code is made once.
namespace mlw::codegen {

/// The memory of the parameters, from its offset 0 on aligned to 64 bytes.
class ParameterBlock {
 public:
  static constexpr int64_t alignment = 64;
  /// Appends at the next multiple of `align`; returns the offset.
  int64_t add(const void* bytes, size_t size, int64_t align);
  template <typename T>
  int64_t add(const std::vector<T>& values) {
    return add(values.data(), values.size() * sizeof(T), alignment);
  }
  void set(int64_t at, int64_t value);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// A constant in the parameters, a value a lane: a float64, or a float32 where that is what the formula makes of it.
struct PlannedConstant {
  int64_t at = 0;
  ElementType element = ElementType::float64;
};

/// A formula whose fitted constants have become columns named by `constant_name(k)`, and its text parts columns too.
struct PlannedFormula {
  FormulaPointer formula;
  std::vector<PlannedConstant> constants;
};
std::string constant_name(size_t k);
bool is_constant_name(std::string_view name);

/// Neighbouring features that are the same formula of different fields and constants: one computation for several
/// lanes. Field k of the formula is named `field_name(k)`. Without `fields` (and with one lane) fields and definitions
/// keep their names.
struct FeatureGroup {
  PlannedFormula formula;
  int begin = 0;  ///< first input of the model
  int lanes = 1;
  int repeated = 0;                      ///< so many of the first lanes are inputs of the group before, too
  std::vector<std::vector<int>> fields;  ///< [k][lane]: index of the field
};
std::string field_name(size_t k);

struct IndicatorGroup {
  PlannedFormula position;
  int begin = 0, width = 0;
};
using InputGroup = std::variant<FeatureGroup, IndicatorGroup>;

struct PlannedDefinition {
  std::string name;
  PlannedFormula formula;
};

struct PredictorPlan {
  std::vector<ValueType> field_types;
  std::vector<std::string> field_names;
  std::vector<bool> required;
  std::vector<int64_t> category_tables;  ///< a field: where the parameters say where its table is; -1 without one

  PlannedFormula population;  ///< formula null: everybody
  std::vector<PlannedDefinition> definitions;
  std::vector<InputGroup> inputs;
  std::vector<TextPart> text_parts;
  std::vector<std::pair<std::string, int64_t>>
      position_tables;  ///< text of a `position` formula, and where the parameters say where its table is

  int width = 0;                  ///< of all inputs
  std::vector<DensePlan> layers;  ///< of a layered model
  int64_t outputs_constant = -1;  ///< of a constant model: offset of its outputs
  PlannedFormula rule;            ///< of a rule model
  TaskKind task = TaskKind::unknown;
  Link link = Link::identity;
  int outputs = 1;
  int64_t threshold = -1;  ///< offset of a float32

  /// Where what lies in the scratch, in bytes.
  int64_t features_at = 0, hidden_at[2] = {0, 0}, lanes_at = 0, text_at = 0, scratch_bytes = 0;
  int64_t text_bytes = 0;  ///< room for texts that are made on the way

  std::string parameters;
  std::string description;  ///< canonical text of the structure: equal texts, equal code
};

/// `program` has been verified.
PredictorPlan plan_predictor(const PredictorProgram& program, const Target& target);

}  // namespace mlw::codegen
