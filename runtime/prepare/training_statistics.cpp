#include "runtime/prepare/training_statistics.h"

#include <algorithm>

#include "runtime/data/evaluate_formulas.h"
#include "runtime/prepare/statistics.h"

namespace mlw {
namespace {

bool is_statistic(Operation operation) {
  switch (operation) {
    case Operation::sum_of:
    case Operation::mean_of:
    case Operation::count_of:
    case Operation::minimum_of:
    case Operation::maximum_of:
    case Operation::median_of:
    case Operation::quantile_of:
    case Operation::deviation_of:
      return true;
    default:
      return false;
  }
}

double compute(Operation operation, const Observed& sample, double share) {
  switch (operation) {
    case Operation::sum_of: {
      std::vector<double> weighted = sample.values;
      for (size_t i = 0; i < sample.weights.size(); ++i) weighted[i] *= sample.weights[i];
      return tree_sum(weighted);
    }
    case Operation::mean_of:
      return mean(sample);
    case Operation::minimum_of:
      return *std::min_element(sample.values.begin(), sample.values.end());
    case Operation::maximum_of:
      return *std::max_element(sample.values.begin(), sample.values.end());
    case Operation::median_of:
      return quantile(sample, 0.5);
    case Operation::quantile_of:
      return quantile(sample, share);
    default:
      return deviation(sample, mean(sample));
  }
}

/// Statistics of one split; inner ones are fitted before the ones around them.
class Fitter {
 public:
  Fitter(const Table& table, const Selection& training, std::span<const float> weights, CodeGenerator& generator)
      : table_(table), training_(training), weights_(weights), generator_(generator) {}

  FormulaPointer fit(const FormulaPointer& formula, const std::vector<Definition>& earlier) {
    std::vector<FormulaPointer> arguments;
    bool changed = false;
    for (const FormulaPointer& argument : formula->arguments) {
      arguments.push_back(fit(argument, earlier));
      changed |= arguments.back() != argument;
    }
    if (is_statistic(formula->operation)) return constant(*formula, arguments, earlier);
    if (!changed) return formula;
    auto copy = std::make_shared<Formula>(*formula);
    copy->arguments = std::move(arguments);
    return copy;
  }

 private:
  FormulaPointer constant(const Formula& statistic, const std::vector<FormulaPointer>& arguments,
                          const std::vector<Definition>& earlier) {
    if (statistic.operation == Operation::count_of) return make_constant(static_cast<int64_t>(training_.size()));
    const std::vector<Column> columns = evaluate_formulas({arguments[0]}, earlier, table_, generator_);
    const Observed sample = observed(columns[0], training_, weights_);
    if (sample.values.empty()) return make_formula(Operation::missing, statistic.type, {});
    double share = 0;
    if (statistic.operation == Operation::quantile_of) share = std::get<double>(arguments[1]->value);
    const double value = compute(statistic.operation, sample, share);
    if (statistic.type == ValueType::integer || statistic.type == ValueType::date ||
        statistic.type == ValueType::duration)
      return make_constant(static_cast<int64_t>(value), statistic.type);
    return make_constant(value, statistic.unit);
  }

  const Table& table_;
  const Selection& training_;
  std::span<const float> weights_;
  CodeGenerator& generator_;
};

}  // namespace

std::vector<Definition> fit_definitions(const std::vector<Definition>& definitions, const Table& table,
                                        const Selection& training, std::span<const float> weights,
                                        CodeGenerator& generator) {
  std::vector<Definition> fitted;
  Fitter fitter(table, training, weights, generator);
  for (const Definition& definition : definitions) {
    Definition row = definition;
    row.formula = fitter.fit(definition.formula, fitted);
    fitted.push_back(std::move(row));
  }
  return fitted;
}

}  // namespace mlw
