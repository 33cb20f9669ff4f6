#pragma once

#include <array>
#include <bit>
#include <map>

#include "compiler/artefact/predictor_program.h"
#include "tests/reference/row_formula_reference.h"

/// A predictor program for one record, as plainly as it can be written: what compiled predictors must answer, bit for
/// bit.
namespace mlw::reference {

/// A cell a field, in the program's order.
using Record = std::vector<Cell>;

struct Answer {
  PredictionStatus status = PredictionStatus::ok;
  int32_t decision = -1;
  std::vector<float> scores;
};

inline bool same_bits(const Answer& a, const Answer& b) {
  if (a.status != b.status || a.decision != b.decision || a.scores.size() != b.scores.size()) return false;
  for (size_t i = 0; i < a.scores.size(); ++i)
    if (std::bit_cast<uint32_t>(a.scores[i]) != std::bit_cast<uint32_t>(b.scores[i])) return false;
  return true;
}

/// Sums with the tree of 16 lanes: term i goes to lane i mod 16; then halves of the lanes are added.
class TreeSum {
 public:
  void add(float term) {
    lanes_[count_ % 16] = lanes_[count_ % 16] + term;
    ++count_;
  }
  float total() const {
    std::array<float, 16> lanes = lanes_;
    for (size_t width = 8; width > 0; width /= 2)
      for (size_t i = 0; i < width; ++i) lanes[i] = lanes[i] + lanes[i + width];
    return lanes[0];
  }

 private:
  std::array<float, 16> lanes_ = {};
  size_t count_ = 0;
};

inline float apply(kernel::Elementary function, float x) {
  const Value argument = real_value(kernel::Type::f32, x);
  return static_cast<float>(
      evaluate_exactly(kernel::elementary(function, kernel::argument(kernel::Type::f32, 0)), {&argument, 1}).real);
}

inline float activated(Activation activation, float x) {
  switch (activation) {
    case Activation::identity:
      return x;
    case Activation::relu:
      return x > 0 ? x : 0;
    case Activation::tanh:
      return apply(kernel::Elementary::tanh, x);
    case Activation::sigmoid:
      return apply(kernel::Elementary::sigmoid, x);
    case Activation::gelu: {
      const float scaled = x * 0.70710678118654752f;
      const float half = 0.5f * x, shifted = 1.0f + apply(kernel::Elementary::erf, scaled);
      return half * shifted;
    }
  }
  return x;
}

/// The record and the definitions. What a formula reads, directly or through other definitions, is computed before it;
/// a number becomes a float32 then.
class Scope {
 public:
  Scope(const PredictorProgram& program, const Record& record) : program_(program), record_(record) {}

  Cell evaluate(const Formula& formula) {
    for (const std::string& name : columns_of(formula)) define(name);
    return RowFormulas([&](const std::string& name) { return column(name); }).evaluate(formula);
  }

 private:
  void define(const std::string& name) {
    for (const Definition& definition : program_.definitions) {
      if (definition.name != name || definitions_.count(name)) continue;
      const Cell value = evaluate(*definition.formula);
      const bool narrows =
          definition.formula->type == ValueType::number && definition.formula->operation != Operation::column;
      definitions_[name] = narrows ? RowFormulas::as_number(value) : value;
    }
  }

  Cell column(const std::string& name) const {
    if (const auto found = definitions_.find(name); found != definitions_.end()) return found->second;
    for (size_t i = 0; i < program_.fields.size(); ++i)
      if (program_.fields[i].name == name) return record_[i];
    throw std::logic_error("no such column");
  }

  const PredictorProgram& program_;
  const Record& record_;
  std::map<std::string, Cell> definitions_;
};

class PredictorReference {
 public:
  explicit PredictorReference(const PredictorProgram& program) : program_(program) {}

  Answer predict(const Record& record) const {
    Answer none;
    none.scores.assign(static_cast<size_t>(program_.outputs()), std::bit_cast<float>(0x7fc00000));
    try {
      return answer(record);
    } catch (PredictionStatus status) {
      none.status = status;
    } catch (Overflow) {
      none.status = PredictionStatus::malformed;
    }
    return none;
  }

 private:
  Answer answer(const Record& record) const {
    Scope scope(program_, record);
    if (program_.population && !is_true(scope.evaluate(*program_.population)))
      throw PredictionStatus::outside_population;
    const std::vector<float> features = all_features(scope);
    check_required(record);
    std::vector<float> scores = linked(raw_outputs(scope, features));
    for (const float score : scores)
      if (!std::isfinite(score)) throw PredictionStatus::malformed;
    return {unseen(record) ? PredictionStatus::unseen_category : PredictionStatus::ok, decision(scores), scores};
  }

  static bool is_true(const Cell& cell) { return !RowFormulas::is_missing(cell) && std::get<bool>(cell); }

  void check_required(const Record& record) const {
    for (size_t i = 0; i < record.size(); ++i) {
      const auto* number = std::get_if<Wide>(&record[i]);
      const bool missing = RowFormulas::is_missing(record[i]) || (number && !std::isfinite(number->value));
      if (program_.fields[i].required && missing) throw PredictionStatus::missing_value;
    }
  }

  std::vector<float> all_features(Scope& scope) const {
    std::vector<float> features;
    bool lacking = false;
    for (const FeatureBlock& block : program_.features) {
      if (const auto* feature = std::get_if<Feature>(&block)) {
        const Cell cell = RowFormulas::as_number(scope.evaluate(*feature->formula));
        lacking |= RowFormulas::is_missing(cell);
        features.push_back(RowFormulas::is_missing(cell) ? 0 : std::get<float>(cell));
      } else {
        const auto& indicator = std::get<IndicatorFeature>(block);
        const Cell cell = scope.evaluate(*indicator.position);
        lacking |= RowFormulas::is_missing(cell);
        const int64_t position = RowFormulas::is_missing(cell) ? -1 : std::get<int64_t>(cell);
        for (int64_t i = 0; i < indicator.width; ++i) features.push_back(i == position ? 1.0f : 0.0f);
      }
    }
    if (lacking) throw PredictionStatus::missing_value;
    return features;
  }

  std::vector<float> raw_outputs(Scope& scope, std::vector<float> values) const {
    if (const auto* constant = std::get_if<ConstantModel>(&program_.model)) return constant->outputs;
    if (const auto* rule = std::get_if<RuleModel>(&program_.model))
      return {is_true(scope.evaluate(*rule->condition)) ? 1.0f : 0.0f};
    for (const DenseLayer& layer : std::get<LayeredModel>(program_.model).layers) {
      std::vector<float> outputs;
      for (size_t row = 0; row < static_cast<size_t>(layer.outputs); ++row) {
        TreeSum sum;
        for (size_t i = 0; i < values.size(); ++i) sum.add(layer.weights[row * values.size() + i] * values[i]);
        outputs.push_back(activated(layer.activation, sum.total() + layer.bias[row]));
      }
      values = outputs;
    }
    return values;
  }

  std::vector<float> linked(std::vector<float> raw) const {
    if (program_.link == Link::logistic)
      for (float& value : raw) value = apply(kernel::Elementary::sigmoid, value);
    if (program_.link != Link::softmax) return raw;
    float greatest = raw[0];
    for (const float value : raw) greatest = value > greatest ? value : greatest;
    TreeSum sum;
    for (float& value : raw) sum.add(value = apply(kernel::Elementary::exp, value - greatest));
    for (float& value : raw) value = value / sum.total();
    return raw;
  }

  int32_t decision(const std::vector<float>& scores) const {
    if (program_.task == TaskKind::regression) return 0;
    if (program_.task == TaskKind::binary) return scores[0] >= static_cast<float>(program_.threshold);
    return static_cast<int32_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  }

  bool unseen(const Record& record) const {
    for (size_t i = 0; i < record.size(); ++i) {
      const auto* text = std::get_if<std::string>(&record[i]);
      const std::vector<std::string>& known = program_.fields[i].categories;
      if (text && !known.empty() && std::find(known.begin(), known.end(), *text) == known.end()) return true;
    }
    return false;
  }

  const PredictorProgram& program_;
};

}  // namespace mlw::reference
