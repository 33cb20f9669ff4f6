#pragma once

#include "runtime/data/random.h"
#include "tests/reference/predictor_reference.h"

/// Predictor programs and records drawn at random: every kind of field, feature, model, link; values that are missing,
/// odd and extreme.
namespace mlw::reference {

class Draws {
 public:
  explicit Draws(uint64_t seed) : random_{seed} {}
  uint64_t below(uint64_t end) { return random_(count_++).word[0] % end; }
  bool chance(double share) { return random_.uniform(count_++) < share; }
  double uniform(double low, double high) { return low + (high - low) * random_.uniform(count_++); }
  template <typename T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  Philox random_;
  uint64_t count_ = 0;
};

class RandomProgram {
 public:
  explicit RandomProgram(uint64_t seed) : draws_(seed) {}

  PredictorProgram make() {
    program_.name = "random";
    const std::vector<ColumnKind> kinds = {ColumnKind::number,   ColumnKind::number, ColumnKind::number,
                                           ColumnKind::integer,  ColumnKind::flag,   ColumnKind::date,
                                           ColumnKind::category, ColumnKind::text};
    const uint64_t count = draws_.chance(0.1) ? 70 + draws_.below(10) : 1 + draws_.below(9);
    for (uint64_t i = 0; i < count; ++i) add_field(draws_.of(kinds));
    if (draws_.chance(0.3)) add_run_of_numbers();
    if (draws_.chance(0.3)) program_.population = flag(2);
    for (uint64_t i = draws_.below(3); i > 0; --i) add_definition();
    add_features();
    add_model();
    return program_;
  }

  /// A record for the program, with missing and extreme values.
  static Record record(const PredictorProgram& program, Draws& draws) {
    Record record;
    for (const RawField& field : program.fields) record.push_back(cell(field, draws));
    return record;
  }

 private:
  static Cell cell(const RawField& field, Draws& draws) {
    if (draws.chance(0.04)) return {};
    switch (value_type(field.kind)) {
      case ValueType::number: {
        static const std::vector<double> odd = {0.0, -0.0, 1e-45, 1e300, -3.5e38, 16777217.0, 0.1, -1.0};
        return Wide{draws.chance(0.05) ? draws.of(odd) : draws.uniform(-3, 3)};
      }
      case ValueType::integer:
        return draws.chance(0.01) ? INT64_MAX - static_cast<int64_t>(draws.below(3))
                                  : static_cast<int64_t>(draws.below(2000)) - 1000;
      case ValueType::flag:
        return draws.chance(0.5);
      case ValueType::date:
        return static_cast<int64_t>(draws.uniform(-6e16, 2e17));
      default: {
        const std::vector<std::string> words = {"a",  "b",   "ab",      "B b",          " a b ",    "AB",
                                                "ba", "xyz", "new one", "one, \"two\"", "line\nend"};
        return draws.of(words);
      }
    }
  }

  void add_field(ColumnKind kind) {
    RawField field{"field " + std::to_string(program_.fields.size()), kind, "", {}, draws_.chance(0.1)};
    if (kind == ColumnKind::category) field.categories = {"B b", "a", "ab", "b", "xyz"};
    if (kind == ColumnKind::flag && draws_.chance(0.3)) field.categories = {"no", "yes"};
    program_.fields.push_back(field);
  }

  void add_run_of_numbers() {
    for (uint64_t i = 1 + draws_.below(40); i > 0; --i) add_field(ColumnKind::number);
  }

  /// A column of that type: a field or a definition; a constant when there is none.
  FormulaPointer leaf(ValueType type) {
    std::vector<FormulaPointer> found;
    for (const RawField& field : program_.fields)
      if (value_type(field.kind) == type) found.push_back(make_column(field.name, type));
    for (const Definition& definition : program_.definitions)
      if (definition.formula->type == type) found.push_back(make_column(definition.name, type));
    if (!found.empty() && draws_.chance(0.8)) return draws_.of(found);
    return constant(type);
  }

  FormulaPointer constant(ValueType type) {
    switch (type) {
      case ValueType::number:
        return make_constant(draws_.uniform(-2, 2));
      case ValueType::flag:
        return make_constant(draws_.chance(0.5));
      case ValueType::category:
      case ValueType::text:
        return make_constant(draws_.of(std::vector<std::string>{"a", "b", "ab", "", "xyz"}), type);
      default:
        return make_constant(static_cast<int64_t>(draws_.below(100)), type);
    }
  }

  FormulaPointer number(int depth) {
    if (depth == 0) return leaf(ValueType::number);
    const auto binary = [&](Operation operation) {
      return make_formula(operation, ValueType::number, {number(depth - 1), number(depth - 1)});
    };
    const auto unary = [&](Operation operation) {
      return make_formula(operation, ValueType::number, {number(depth - 1)});
    };
    switch (draws_.below(13)) {
      case 0:
        return binary(Operation::add);
      case 1:
        return binary(Operation::subtract);
      case 2:
        return binary(Operation::multiply);
      case 3:
        return binary(Operation::divide);
      case 4:
        return binary(Operation::minimum);
      case 5:
        return unary(draws_.of(
            std::vector{Operation::exp, Operation::tanh, Operation::sigmoid, Operation::log1p, Operation::sqrt}));
      case 6:
        return make_formula(Operation::to_number, ValueType::number, {flag(depth - 1)});
      case 7:
        return make_formula(Operation::to_number, ValueType::number, {whole(depth - 1)});
      case 8:
        return make_formula(Operation::select, ValueType::number,
                            {flag(depth - 1), number(depth - 1), number(depth - 1)});
      case 9:
        return make_formula(Operation::multiply, ValueType::number, {number(depth - 1), whole(depth - 1)});
      default:
        return make_formula(Operation::coalesce, ValueType::number, {number(depth - 1), constant(ValueType::number)});
    }
  }

  FormulaPointer whole(int depth) {
    if (depth == 0) return leaf(ValueType::integer);
    const auto binary = [&](Operation operation) {
      return make_formula(operation, ValueType::integer, {whole(depth - 1), whole(depth - 1)});
    };
    switch (draws_.below(7)) {
      case 0:
        return binary(Operation::add);
      case 1:
        return binary(Operation::multiply);
      case 2:
        return make_formula(draws_.of(std::vector{Operation::length, Operation::word_count}), ValueType::integer,
                            {text(depth - 1)});
      case 3:
        return make_formula(draws_.of(std::vector{Operation::year, Operation::month, Operation::day, Operation::hour,
                                                  Operation::minute, Operation::second, Operation::weekday}),
                            ValueType::integer, {leaf(ValueType::date)});
      case 4:
        return position(depth - 1);
      default:
        return make_formula(Operation::coalesce, ValueType::integer, {whole(depth - 1), constant(ValueType::integer)});
    }
  }

  FormulaPointer position(int depth) {
    std::vector<FormulaPointer> arguments = {
        make_formula(Operation::coalesce, ValueType::text, {text(depth), make_constant(std::string("a"))})};
    for (const char* word : {"b", "a", "xyz", "ab"})
      if (draws_.chance(0.7)) arguments.push_back(make_constant(std::string(word), ValueType::category));
    return make_formula(Operation::position, ValueType::integer, arguments);
  }

  FormulaPointer text(int depth) {
    if (depth == 0) return leaf(draws_.chance(0.5) ? ValueType::text : ValueType::category);
    switch (draws_.below(5)) {
      case 0:
        return make_formula(draws_.of(std::vector{Operation::lower, Operation::upper, Operation::trim}),
                            ValueType::text, {text(depth - 1)});
      case 1:
        return make_formula(Operation::concat, ValueType::text, {text(depth - 1), text(depth - 1)});
      case 2:
        return make_formula(Operation::select, ValueType::text, {condition(), text(depth - 1), text(depth - 1)});
      default:
        return make_formula(Operation::coalesce, ValueType::text, {text(depth - 1), text(0)});
    }
  }

  /// Of a text. Without arithmetic on integers: an overflow counts there although the text may not be looked at, which
  /// the reference does not follow.
  FormulaPointer condition() {
    if (draws_.chance(0.3)) return make_formula(Operation::contains, ValueType::flag, {text(1), text(0)});
    return make_formula(Operation::less, ValueType::flag, {number(0), number(0)});
  }

  FormulaPointer flag(int depth) {
    if (depth == 0) return leaf(ValueType::flag);
    const auto of = [&](Operation operation, FormulaPointer a, FormulaPointer b) {
      return make_formula(operation, ValueType::flag, {std::move(a), std::move(b)});
    };
    const std::vector orders = {Operation::less, Operation::less_equal, Operation::greater, Operation::greater_equal};
    switch (draws_.below(8)) {
      case 0:
        return of(draws_.of(orders), number(depth - 1), number(depth - 1));
      case 1:
        return of(draws_.of(orders), whole(depth - 1), number(depth - 1));
      case 2:
        return of(draws_.of(std::vector{Operation::equal, Operation::not_equal, Operation::contains,
                                        Operation::starts_with, Operation::ends_with}),
                  text(depth - 1), text(depth - 1));
      case 3:
        return of(draws_.of(std::vector{Operation::logical_and, Operation::logical_or}), flag(depth - 1),
                  flag(depth - 1));
      case 4:
        return make_formula(Operation::logical_not, ValueType::flag, {flag(depth - 1)});
      case 5:
        return make_formula(Operation::is_missing, ValueType::flag,
                            {draws_.chance(0.5) ? number(depth - 1) : text(depth - 1)});
      case 6:
        return make_formula(Operation::in, ValueType::flag, {text(depth - 1), text(0), text(0)});
      default:
        return make_formula(Operation::in, ValueType::flag,
                            {whole(depth - 1), constant(ValueType::integer), number(0)});
    }
  }

  void add_definition() {
    const std::string name = "defined " + std::to_string(program_.definitions.size());
    switch (draws_.below(4)) {
      case 0:
        program_.definitions.push_back({name, flag(2), {}});
        break;
      case 1:
        program_.definitions.push_back({name, text(2), {}});
        break;
      case 2:
        program_.definitions.push_back({name, whole(2), {}});
        break;
      default:
        program_.definitions.push_back({name,
                                        make_formula(Operation::coalesce, ValueType::number,
                                                     {leaf(ValueType::number), constant(ValueType::number)}),
                                        {}});
    }
  }

  FormulaPointer imputed(FormulaPointer formula) {
    if (draws_.chance(0.1)) return formula;
    return make_formula(Operation::coalesce, ValueType::number, {std::move(formula), constant(ValueType::number)});
  }

  void add_features() {
    for (const RawField& field : program_.fields) {
      if (field.kind != ColumnKind::number) continue;
      const FormulaPointer centred =
          make_formula(Operation::subtract, ValueType::number,
                       {imputed(make_column(field.name, ValueType::number)), constant(ValueType::number)});
      program_.features.push_back(Feature{
          field.name, make_formula(Operation::multiply, ValueType::number, {centred, constant(ValueType::number)})});
    }
    for (uint64_t i = draws_.below(4); i > 0; --i) program_.features.push_back(Feature{"made", imputed(number(3))});
    for (uint64_t i = draws_.below(3); i > 0; --i)
      program_.features.push_back(IndicatorFeature{
          "position", position(1), draws_.chance(0.3) ? 200 : static_cast<int>(1 + draws_.below(6)), {}});
    for (uint64_t i = draws_.below(3); i > 0; --i) program_.features.push_back(Feature{"more", imputed(number(1))});
    if (program_.features.empty()) program_.features.push_back(Feature{"only", imputed(number(1))});
  }

  void add_model() {
    program_.task = draws_.of(std::vector{TaskKind::binary, TaskKind::multiclass, TaskKind::regression});
    const int classes =
        program_.task == TaskKind::multiclass ? static_cast<int>(2 + draws_.below(draws_.chance(0.2) ? 40 : 5)) : 2;
    if (program_.task != TaskKind::regression)
      for (int i = 0; i < classes; ++i)
        program_.classes.push_back("class " + std::to_string(i) + (i == 1 ? ", \"quoted\"" : ""));
    const int outputs = program_.outputs();
    if (program_.task == TaskKind::binary && draws_.chance(0.1)) {
      program_.model = RuleModel{flag(3)};
      return;
    }
    program_.threshold = draws_.uniform(0.2, 0.8);
    if (program_.task == TaskKind::binary && draws_.chance(0.8)) program_.link = Link::logistic;
    if (program_.task == TaskKind::multiclass && draws_.chance(0.9)) program_.link = Link::softmax;
    if (draws_.chance(0.05)) {
      ConstantModel constant;
      for (int i = 0; i < outputs; ++i) constant.outputs.push_back(static_cast<float>(draws_.uniform(-1, 1)));
      program_.model = constant;
      return;
    }
    LayeredModel model;
    int width = program_.inputs();
    for (uint64_t i = draws_.below(3); i > 0; --i) {
      const int wide = static_cast<int>(1 + draws_.below(draws_.chance(0.2) ? 200 : 40));
      model.layers.push_back(layer(width, wide, static_cast<Activation>(draws_.below(5))));
      width = wide;
    }
    model.layers.push_back(layer(width, outputs, Activation::identity));
    program_.model = model;
  }

  DenseLayer layer(int inputs, int outputs, Activation activation) {
    DenseLayer layer{inputs, outputs, {}, {}, activation};
    const double spread = 1.5 / std::sqrt(static_cast<double>(inputs));
    for (int64_t i = 0; i < int64_t{inputs} * outputs; ++i)
      layer.weights.push_back(draws_.chance(0.05) ? -0.0f : static_cast<float>(draws_.uniform(-spread, spread)));
    for (int i = 0; i < outputs; ++i)
      layer.bias.push_back(draws_.chance(0.2) ? -0.0f : static_cast<float>(draws_.uniform(-1, 1)));
    return layer;
  }

  PredictorProgram program_;
  Draws draws_;
};

}  // namespace mlw::reference
