#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "compiler/kernel/formula.h"
#include "compiler/plan/schema.h"
#include "compiler/plan/workflow.h"

/// The predictor program: from a raw record to a decision, as plain data. It is what is scored, tested, shipped and
/// proved equal; nothing else predicts.
///
///   raw fields -> population -> definitions -> features -> model -> link -> decision
///
/// Arithmetic follows the *predictor* numeric profile: float32, separate multiply and add, sums in a fixed tree of 16
/// lanes, so that every target gives the same bits.
namespace mlw {

/// A field of the raw record. Numbers are given as float64, integers, dates as int64, flags as 0 or 1, text and
/// categories as bytes with a length.
struct RawField {
  std::string name;
  ColumnKind kind = ColumnKind::number;
  std::string unit;
  std::vector<std::string> categories;  ///< seen in training (for documentation and the status "unseen category")
  bool required = false;                ///< its missing value makes the record unanswerable (no imputation covers it)
};

/// One output column of the preparation: a row formula over raw fields and definitions, evaluated to float32.
struct Feature {
  std::string name;
  FormulaPointer formula;
};
/// `width` columns of which the one at `position` is 1 and the others are 0; all 0 when the position is -1.
struct IndicatorFeature {
  std::string name;
  FormulaPointer position;  ///< an integer formula
  int width = 0;
  std::vector<std::string> labels;  ///< of the columns
};
using FeatureBlock = std::variant<Feature, IndicatorFeature>;

enum class Activation : uint8_t { identity, relu, tanh, sigmoid, gelu };
std::string_view name(Activation activation);

/// y = activation(W x + b); weights [outputs × inputs] row-major.
struct DenseLayer {
  int inputs = 0, outputs = 0;
  std::vector<float> weights, bias;
  Activation activation = Activation::identity;
};
/// Layers one after the other; a linear model is one layer with the identity. The last one gives the raw outputs.
struct LayeredModel {
  std::vector<DenseLayer> layers;
};
/// Answers the same raw outputs for every record: naive baselines.
struct ConstantModel {
  std::vector<float> outputs;
};
/// A rule: its flag (missing counts as false) is the positive class; outputs 1 and 0 as probability.
struct RuleModel {
  FormulaPointer condition;
};
using Model = std::variant<LayeredModel, ConstantModel, RuleModel>;

enum class Link : uint8_t { identity, logistic, softmax };

/// The words that mean a missing value in a CSV when the data block does not say otherwise: those of artefact/device/missing_words.h.
std::vector<std::string> default_missing_words();

struct PredictorProgram {
  static constexpr uint32_t interface_version = 1;
  std::string name;
  TaskKind task = TaskKind::unknown;
  std::vector<RawField> fields;
  std::vector<std::string> missing_words = default_missing_words();  ///< fields of a CSV that mean a missing value, beside the empty one
  FormulaPointer population;            ///< null: every record belongs to it
  std::vector<Definition> definitions;  ///< fitted: row formulas
  std::vector<FeatureBlock> features;   ///< in the order of the model's inputs
  Model model;
  Link link = Link::identity;
  std::vector<std::string> classes;  ///< of the target; binary: negative first
  double threshold = 0.5;            ///< binary: positive when the probability is at least this (compared in float32)
  std::string unit;                  ///< of a predicted value

  int inputs() const;  ///< width of all features together
  int outputs()
      const;  ///< of scores: 1 (binary: probability of the positive class; regression: value) or the number of classes
};

/// The status that comes with every answer. Several may hold: the gravest is given, in this order.
///
/// unseen_category: a category that training never saw; there is an answer. missing_value: a feature has no value and nothing imputes it; a number that is
/// infinite or NaN counts as missing, as in all formulas. malformed: a flag other than 0 and 1, a text that is not UTF-8, an integer that overflows in a
/// formula, a text that outgrows the scratch, or scores that are not finite.
/// From missing_value on there is no answer: the decision is -1 and every score is the quiet NaN 0x7fc00000.
enum class PredictionStatus : int32_t {
  ok = 0,
  unseen_category = 1,
  missing_value = 2,
  outside_population = 3,
  malformed = 4
};
inline constexpr int prediction_statuses = 5;
std::string_view name(PredictionStatus status);

/// The columns of answers as every artefact and command writes them: `value,status`, or `decision,probability,status`
/// (of the positive class), or `decision,probability of a,probability of b,…,status`.
std::vector<std::string> answer_columns(const PredictorProgram& program);

/// Canonical text, read back by `parse_program` bit for bit; equal programs have equal texts. Weights are written as
/// the eight hexadecimal digits of a float32's bits. What does not predict (documentation, places in a source) is left
/// out.
std::string to_text(const PredictorProgram& program);
/// Malformed text, or a program that `verify_program` refuses: a Failure (B310, B311).
PredictorProgram parse_program(std::string_view text);

/// What every consumer of a program may rely on; a Failure (B311) that names the first breach. Names of fields and
/// definitions differ and are not empty; formulas are well typed row formulas that read fields and earlier definitions
/// only; shapes agree from layer to layer; weights are finite; the model's raw outputs, link and classes fit the task:
/// binary 1 output (identity, logistic), multiclass one a class (identity, softmax), regression 1 (identity).
void verify_program(const PredictorProgram& program);

}  // namespace mlw
