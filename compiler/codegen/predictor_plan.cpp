#include "compiler/codegen/predictor_plan.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include "compiler/artefact/text_table.h"
#include "compiler/codegen/lane_groups.h"
#include "compiler/codegen/predictor_leaves.h"

namespace mlw::codegen {
namespace {

/// Texts that are made on the way (lower, upper, concat) share so much room; a record that needs more is malformed.
constexpr int64_t room_for_texts = 1 << 16;
int64_t rounded_up(int64_t value, int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

/// Operations through which a constant can be an argument instead: each is one exact operation whatever its operands
/// are.
bool takes_any_constant(Operation operation) {
  switch (operation) {
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::minimum:
    case Operation::maximum:
    case Operation::less:
    case Operation::less_equal:
    case Operation::greater:
    case Operation::greater_equal:
    case Operation::coalesce:
    case Operation::select:
      return true;
    default:
      return false;
  }
}

struct Shaped {
  FormulaPointer formula;
  std::vector<double> constants;
};

/// Numbers among the arguments become columns: the formula's shape.
FormulaPointer take_constants(const FormulaPointer& formula, std::vector<double>& constants) {
  std::vector<FormulaPointer> arguments;
  bool changed = false;
  for (const FormulaPointer& argument : formula->arguments) {
    const auto* number = argument->operation == Operation::constant ? std::get_if<double>(&argument->value) : nullptr;
    if (number && takes_any_constant(formula->operation)) {
      arguments.push_back(make_column(constant_name(constants.size()), ValueType::number));
      constants.push_back(*number);
    } else {
      arguments.push_back(take_constants(argument, constants));
    }
    changed |= arguments.back() != argument;
  }
  if (!changed) return formula;
  auto copy = std::make_shared<Formula>(*formula);
  copy->arguments = std::move(arguments);
  return copy;
}

/// Finds lower, upper and concat, which make texts.
bool makes_text(const Formula& formula) {
  if (formula.operation == Operation::lower || formula.operation == Operation::upper ||
      formula.operation == Operation::concat)
    return true;
  return std::any_of(formula.arguments.begin(), formula.arguments.end(),
                     [](const auto& argument) { return makes_text(*argument); });
}

class Planner {
 public:
  Planner(const PredictorProgram& program, const Target& target) : program_(program), target_(target) {}

  PredictorPlan make() {
    plan_.task = program_.task;
    plan_.link = program_.link;
    plan_.outputs = program_.outputs();
    plan_.width = program_.inputs();
    plan_fields();
    if (program_.population) plan_.population = planned(program_.population);
    for (const Definition& definition : program_.definitions)
      plan_.definitions.push_back({definition.name, planned(definition.formula, defined_element(*definition.formula))});
    plan_inputs();
    plan_model();
    const auto threshold = static_cast<float>(program_.threshold);
    plan_.threshold = parameters_.add(&threshold, sizeof threshold, 8);
    plan_.text_parts = separator_.parts();
    plan_tables();
    plan_scratch();
    plan_.parameters = parameters_.bytes();
    plan_.description = description();
    return std::move(plan_);
  }

 private:
  void plan_fields() {
    for (const RawField& field : program_.fields) {
      plan_.field_types.push_back(value_type(field.kind));
      plan_.field_names.push_back(field.name);
      plan_.required.push_back(field.required);
    }
  }

  Shaped shaped(const FormulaPointer& formula) {
    Shaped out;
    out.formula = is_text(formula->type) ? formula : take_constants(separator_.separate(formula), out.constants);
    return out;
  }

  /// `element`: what the formula gives; of a text that does not matter.
  PlannedFormula planned(const FormulaPointer& formula, ElementType element) {
    const Shaped shape = shaped(formula);
    return {shape.formula, planned_constants(shape.formula, element, {shape.constants})};
  }
  PlannedFormula planned(const FormulaPointer& formula) { return planned(formula, leaf_element(formula->type)); }

  /// `constants`: of every lane, as many as the formula has.
  std::vector<PlannedConstant> planned_constants(const FormulaPointer& formula, ElementType element,
                                                 const std::vector<std::vector<double>>& constants) {
    std::vector<PlannedConstant> planned;
    for (const ElementType held : constant_elements(formula, element, constants[0].size(), plan_.definitions)) {
      std::vector<double> wide;
      wide.reserve(constants.size());
      for (const std::vector<double>& lane : constants) wide.push_back(lane[planned.size()]);
      const std::vector<float> narrow(wide.begin(), wide.end());
      planned.push_back({held == ElementType::float32 ? add_lanes(narrow) : add_lanes(wide), held});
    }
    return planned;
  }

  template <typename T>
  int64_t add_lanes(const std::vector<T>& lanes) {
    return lanes.size() == 1 ? parameters_.add(lanes.data(), sizeof(T), 8) : parameters_.add(lanes);
  }

  /// The shape with its fields numbered, when it reads fields only; the fields in the order of their numbers.
  std::optional<std::pair<FormulaPointer, std::vector<int>>> of_fields_only(const Shaped& shape) {
    std::vector<std::pair<std::string, FormulaPointer>> numbered;
    std::vector<int> fields;
    for (const std::string& column : columns_of(*shape.formula)) {
      if (is_constant_name(column)) continue;
      const auto found = std::find(plan_.field_names.begin(), plan_.field_names.end(), column);
      if (found == plan_.field_names.end()) return std::nullopt;
      const auto field = static_cast<size_t>(found - plan_.field_names.begin());
      if (is_text(plan_.field_types[field])) return std::nullopt;
      numbered.emplace_back(column, make_column(field_name(fields.size()), plan_.field_types[field]));
      fields.push_back(static_cast<int>(field));
    }
    return std::pair{substitute(shape.formula, numbered), fields};
  }

  /// Features that wait for neighbours of the same shape.
  struct Run {
    std::string text;
    FormulaPointer formula;
    std::vector<std::vector<int>> fields;  // [feature][k]
    std::vector<std::vector<double>> constants;
    int begin = 0;
  };

  void plan_inputs() {
    Run run;
    int begin = 0;
    for (const FeatureBlock& block : program_.features) {
      if (const auto* indicator = std::get_if<IndicatorFeature>(&block)) {
        finish(run);
        plan_.inputs.emplace_back(IndicatorGroup{planned(indicator->position), begin, indicator->width});
        begin += indicator->width;
        continue;
      }
      const Shaped shape = shaped(std::get<Feature>(block).formula);
      if (const auto numbered = of_fields_only(shape)) {
        const std::string text = to_text(*numbered->first);
        if (text != run.text) {
          finish(run);
          run = {text, numbered->first, {}, {}, begin};
        }
        run.fields.push_back(numbered->second);
        run.constants.push_back(shape.constants);
      } else {
        finish(run);
        const FormulaPointer& formula = std::get<Feature>(block).formula;
        plan_.inputs.emplace_back(FeatureGroup{planned(formula, ElementType::float32), begin, 1, 0, {}});
      }
      ++begin;
    }
    finish(run);
  }

  void finish(Run& run) {
    int done = 0;
    for (const LaneGroup& lanes : lane_groups(static_cast<int>(run.fields.size()))) {
      const auto begin = static_cast<size_t>(lanes.begin), end = begin + static_cast<size_t>(lanes.count);
      FeatureGroup group;
      group.begin = run.begin + lanes.begin;
      group.lanes = lanes.count;
      group.repeated = done - lanes.begin;
      for (size_t k = 0; k < run.fields[begin].size(); ++k) {
        std::vector<int>& fields = group.fields.emplace_back();
        for (size_t lane = begin; lane < end; ++lane) fields.push_back(run.fields[lane][k]);
      }
      const std::vector constants(run.constants.begin() + lanes.begin,
                                  run.constants.begin() + lanes.begin + lanes.count);
      group.formula = {run.formula, planned_constants(run.formula, ElementType::float32, constants)};
      plan_.inputs.emplace_back(std::move(group));
      done = lanes.begin + lanes.count;
    }
    run = {};
  }

  /// Whether it pays to add only the weights of the inputs that are not zero.
  bool mostly_zeros() const {
    int active = 0;
    for (const InputGroup& group : plan_.inputs)
      if (const auto* feature = std::get_if<FeatureGroup>(&group))
        active += feature->lanes - feature->repeated;
      else
        ++active;
    return plan_.width > 3 * active + tree_lanes;
  }

  void plan_model() {
    if (const auto* constant = std::get_if<ConstantModel>(&program_.model)) {
      plan_.outputs_constant = parameters_.add(constant->outputs);
    } else if (const auto* rule = std::get_if<RuleModel>(&program_.model)) {
      plan_.rule = planned(rule->condition);
    } else {
      const auto& layers = std::get<LayeredModel>(program_.model).layers;
      for (const DenseLayer& layer : layers) {
        DensePlan dense = plan_dense(layer, target_, plan_.layers.empty() && mostly_zeros());
        dense.weights = parameters_.add(packed_weights(layer, dense));
        dense.bias = parameters_.add(packed_bias(layer, dense));
        plan_.layers.push_back(dense);
      }
    }
  }

  void collect_positions(const Formula& formula) {
    if (formula.operation == Operation::position) {
      std::vector<std::string> texts;
      for (size_t i = 1; i < formula.arguments.size(); ++i)
        texts.push_back(std::get<std::string>(formula.arguments[i]->value));
      const std::string text = to_text(formula);
      const bool known = std::any_of(plan_.position_tables.begin(), plan_.position_tables.end(),
                                     [&](const auto& table) { return table.first == text; });
      if (!known) plan_.position_tables.emplace_back(text, add_table(texts));
    }
    for (const FormulaPointer& argument : formula.arguments) collect_positions(*argument);
  }

  /// Tables stand last, because their size is not part of the structure; a slot in front of them says where each
  /// begins.
  int64_t add_table(const std::vector<std::string>& texts) {
    const int64_t zero = 0;
    const int64_t slot = parameters_.add(&zero, sizeof zero, 8);
    tables_.emplace_back(slot, text_table(texts));
    return slot;
  }

  void plan_tables() {
    for (size_t i = 0; i < program_.fields.size(); ++i) {
      const RawField& field = program_.fields[i];
      const bool checked = is_text(plan_.field_types[i]) && !field.categories.empty();
      plan_.category_tables.push_back(checked ? add_table(field.categories) : -1);
    }
    for (const TextPart& part : plan_.text_parts) collect_positions(*part.formula);
    for (const PlannedDefinition& definition : plan_.definitions) collect_positions(*definition.formula.formula);
    for (const auto& [slot, table] : tables_) parameters_.set(slot, parameters_.add(table.data(), table.size(), 8));
  }

  void plan_scratch() {
    int64_t at = 0;
    const auto reserve = [&](int64_t bytes) {
      const int64_t place = at;
      at += rounded_up(bytes, ParameterBlock::alignment);
      return place;
    };
    // One more place behind the features takes the 1 of an indicator that has no column.
    plan_.features_at = reserve(4 * static_cast<int64_t>(padded(plan_.width) + tree_lanes));
    int widest = 0;
    for (const DensePlan& layer : plan_.layers) widest = std::max(widest, padded(layer.outputs));
    for (int64_t& hidden : plan_.hidden_at)
      hidden = reserve(4 * static_cast<int64_t>(std::max(widest, padded(plan_.outputs))));
    if (!plan_.layers.empty() && plan_.layers[0].form == DenseForm::gathered)
      plan_.lanes_at = reserve(int64_t{4} * tree_lanes * plan_.layers[0].output_vectors() * plan_.layers[0].lanes);
    const auto formula_makes_text = [](const PlannedFormula& planned) {
      return planned.formula && makes_text(*planned.formula);
    };
    bool texts = std::any_of(plan_.text_parts.begin(), plan_.text_parts.end(),
                             [](const TextPart& part) { return makes_text(*part.formula); });
    for (const PlannedDefinition& definition : plan_.definitions) texts |= formula_makes_text(definition.formula);
    plan_.text_bytes = texts ? room_for_texts : 0;
    plan_.text_at = reserve(plan_.text_bytes);
    plan_.scratch_bytes = at;
  }

  static void append(std::string& out, const PlannedFormula& planned) {
    out += planned.formula ? to_text(*planned.formula) : "none";
    for (const PlannedConstant& constant : planned.constants)
      out += (constant.element == ElementType::float32 ? " f32@" : " f64@") + std::to_string(constant.at);
    out += '\n';
  }

  static void append(std::string& out, std::initializer_list<int64_t> numbers) {
    for (const int64_t number : numbers) out += std::to_string(number) + ' ';
    out += '\n';
  }

  std::string description() const {
    std::string out = "predictor " + std::to_string(PredictorProgram::interface_version) + '\n';
    for (size_t i = 0; i < plan_.field_names.size(); ++i) {
      out += plan_.field_names[i] + ' ' + std::string(name(plan_.field_types[i])) + ' ';
      append(out, {plan_.required[i], plan_.category_tables[i]});
    }
    append(out, plan_.population);
    for (const PlannedDefinition& definition : plan_.definitions)
      append(out += definition.name + ' ', definition.formula);
    for (const InputGroup& group : plan_.inputs)
      if (const auto* indicator = std::get_if<IndicatorGroup>(&group)) {
        append(out += "indicator ", {indicator->begin, indicator->width});
        append(out, indicator->position);
      } else {
        const auto& feature = std::get<FeatureGroup>(group);
        append(out += "feature ", {feature.begin, feature.lanes});
        append(out, feature.formula);
        for (const std::vector<int>& fields : feature.fields) {
          for (const int field : fields) out += std::to_string(field) + ' ';
          out += '\n';
        }
      }
    for (const TextPart& part : plan_.text_parts) out += part.name + ' ' + to_text(*part.formula) + '\n';
    for (const auto& [text, slot] : plan_.position_tables) append(out, {slot});
    for (const DensePlan& layer : plan_.layers)
      append(out += "layer ",
             {static_cast<int64_t>(layer.form), layer.inputs, layer.outputs, static_cast<int64_t>(layer.activation),
              layer.lanes, layer.vectors, layer.weights, layer.bias});
    append(out += "rule ", plan_.rule);
    append(out,
           {plan_.width, plan_.outputs_constant, static_cast<int64_t>(plan_.task), static_cast<int64_t>(plan_.link),
            plan_.outputs, plan_.threshold, plan_.features_at, plan_.hidden_at[0], plan_.hidden_at[1], plan_.lanes_at,
            plan_.text_at, plan_.text_bytes, plan_.scratch_bytes});
    return out;
  }

  const PredictorProgram& program_;
  const Target& target_;
  PredictorPlan plan_;
  ParameterBlock parameters_;
  TextSeparator separator_;
  std::vector<std::pair<int64_t, std::string>> tables_;
};

}  // namespace

int64_t ParameterBlock::add(const void* bytes, size_t size, int64_t align) {
  bytes_.resize(static_cast<size_t>(rounded_up(static_cast<int64_t>(bytes_.size()), align)), '\0');
  const auto at = static_cast<int64_t>(bytes_.size());
  bytes_.append(static_cast<const char*>(bytes), size);
  return at;
}

void ParameterBlock::set(int64_t at, int64_t value) {
  std::memcpy(&bytes_[static_cast<size_t>(at)], &value, sizeof value);
}

std::string constant_name(size_t k) {
  return "\x01"
         "c" +
         std::to_string(k);
}
bool is_constant_name(std::string_view name) {
  return name.starts_with(
      "\x01"
      "c");
}
std::string field_name(size_t k) {
  return "\x01"
         "f" +
         std::to_string(k);
}

PredictorPlan plan_predictor(const PredictorProgram& program, const Target& target) {
  return Planner(program, target).make();
}

}  // namespace mlw::codegen
