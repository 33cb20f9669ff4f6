#include <algorithm>
#include <cmath>
#include <map>

#include "compiler/artefact/predictor_program.h"
#include "compiler/artefact/verify_formula.h"
#include "compiler/diagnostics/kinds/artefact.h"

namespace mlw {
namespace {

[[noreturn]] void unsound(const std::string& what) { fail(kinds::predictor_unsound, {{"what", what}}); }

void require(bool holds, const std::string& what) {
  if (!holds) unsound(what);
}

bool is_number(ValueType type) {
  return type == ValueType::number || type == ValueType::integer || type == ValueType::flag;
}

void require_finite(const std::vector<float>& values, const std::string& what) {
  require(std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }),
          what + " are not finite");
}

class ProgramVerifier {
 public:
  explicit ProgramVerifier(const PredictorProgram& program) : program_(program) {}

  void verify() {
    verify_fields();
    if (program_.population) require_flag(program_.population, "the population");
    for (const Definition& definition : program_.definitions) {
      require_formula(definition.formula, "`" + definition.name + "`");
      add_name(definition.name, definition.formula->type);
    }
    int64_t width = 0;
    for (const FeatureBlock& block : program_.features) width += verify_feature(block);
    require(width <= INT32_MAX, "too many features");
    int64_t raw_outputs = verify_model(width);
    verify_task(raw_outputs);
  }

 private:
  void add_name(const std::string& name, ValueType type) {
    require(!name.empty(), "a field or definition without a name");
    require(types_.emplace(name, type).second, "two fields or definitions are called `" + name + "`");
  }

  void verify_fields() {
    for (const RawField& field : program_.fields) {
      add_name(field.name, value_type(field.kind));
      std::vector<std::string> sorted = field.categories;
      std::sort(sorted.begin(), sorted.end());
      require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(),
              "a category of `" + field.name + "` twice");
      require(field.kind != ColumnKind::flag || sorted.empty() || sorted.size() == 2,
              "the flag `" + field.name + "` needs two words or none");
    }
  }

  void require_formula(const FormulaPointer& formula, const std::string& what) {
    require(formula != nullptr, what + " has no formula");
    std::string fault = row_formula_fault(*formula, [&](const std::string& name) -> std::optional<ValueType> {
      auto found = types_.find(name);
      return found == types_.end() ? std::nullopt : std::optional(found->second);
    });
    require(fault.empty(), what + ": " + fault);
  }

  void require_flag(const FormulaPointer& formula, const std::string& what) {
    require_formula(formula, what);
    require(formula->type == ValueType::flag, what + " is no flag");
  }

  int64_t verify_feature(const FeatureBlock& block) {
    if (const auto* feature = std::get_if<Feature>(&block)) {
      require_formula(feature->formula, "`" + feature->name + "`");
      require(is_number(feature->formula->type), "the feature `" + feature->name + "` is no number");
      return 1;
    }
    const auto& indicator = std::get<IndicatorFeature>(block);
    require_formula(indicator.position, "`" + indicator.name + "`");
    require(indicator.position->type == ValueType::integer, "the position of `" + indicator.name + "` is no integer");
    require(indicator.width > 0, "`" + indicator.name + "` has no column");
    require(indicator.labels.empty() || indicator.labels.size() == static_cast<size_t>(indicator.width),
            "`" + indicator.name + "` has another number of labels than columns");
    return indicator.width;
  }

  int64_t verify_model(int64_t width) {
    if (const auto* constant = std::get_if<ConstantModel>(&program_.model)) {
      require_finite(constant->outputs, "the model's outputs");
      return static_cast<int64_t>(constant->outputs.size());
    }
    if (const auto* rule = std::get_if<RuleModel>(&program_.model)) {
      require_flag(rule->condition, "the rule");
      require(program_.task == TaskKind::binary, "a rule decides only between two classes");
      require(program_.link == Link::identity, "a rule gives probabilities, so its link is the identity");
      return 1;
    }
    const auto& layers = std::get<LayeredModel>(program_.model).layers;
    require(!layers.empty(), "a model without layers");
    for (const DenseLayer& layer : layers) {
      require(layer.inputs == width, "a layer takes another number of inputs than there are");
      require(layer.outputs > 0, "a layer without outputs");
      require(layer.weights.size() == static_cast<size_t>(layer.inputs) * static_cast<size_t>(layer.outputs) &&
                  layer.bias.size() == static_cast<size_t>(layer.outputs),
              "a layer's weights do not fit its shape");
      require_finite(layer.weights, "weights");
      require_finite(layer.bias, "biases");
      width = layer.outputs;
    }
    return width;
  }

  void verify_task(int64_t raw_outputs) {
    switch (program_.task) {
      case TaskKind::binary:
        require(program_.classes.size() == 2, "a binary task needs two classes");
        require(raw_outputs == 1, "a binary task needs one output");
        require(program_.link != Link::softmax, "a binary task's link is the identity or the logistic function");
        require(std::isfinite(program_.threshold), "the threshold is not finite");
        break;
      case TaskKind::multiclass:
        require(program_.classes.size() >= 2, "a task of several classes needs two or more");
        require(raw_outputs == static_cast<int64_t>(program_.classes.size()), "there must be one output a class");
        require(program_.link != Link::logistic, "the link of several classes is the identity or softmax");
        break;
      case TaskKind::regression:
        require(raw_outputs == 1, "a regression needs one output");
        require(program_.link == Link::identity, "the link of a regression is the identity");
        break;
      case TaskKind::unknown:
        unsound("the kind of task is not known");
    }
  }

  const PredictorProgram& program_;
  std::map<std::string, ValueType> types_;
};

}  // namespace

void verify_program(const PredictorProgram& program) { ProgramVerifier(program).verify(); }

}  // namespace mlw
