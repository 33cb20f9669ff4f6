#include "runtime/evaluate/metrics.h"

#include <cmath>
#include <limits>

#include "compiler/diagnostics/kinds/evaluate.h"
#include "runtime/evaluate/metric_steps.h"

namespace mlw {
namespace {

using metric_graph::Node;

bool classification(const Judged& judged) {
  return judged.task == TaskKind::binary || judged.task == TaskKind::multiclass;
}

/// Missing where a value is not a finite number.
JudgedVector with_missing(std::vector<double> values) {
  JudgedVector result{std::move(values), {}};
  for (size_t i = 0; i < result.values.size(); ++i) {
    if (std::isfinite(result.values[i])) continue;
    if (result.valid.empty()) result.valid.assign(result.values.size(), 1);
    result.valid[i] = 0;
    result.values[i] = 0;
  }
  return result;
}

std::vector<double> probabilities_of_truth(const Judged& judged) {
  std::vector<double> result(judged.truth.size());
  for (size_t i = 0; i < result.size(); ++i) {
    const auto truth = static_cast<int>(judged.truth[i]);
    if (judged.outputs == 1) {
      const auto positive = static_cast<double>(judged.scores[i]);
      result[i] = truth == 1 ? positive : 1 - positive;
    } else {
      const bool known = truth >= 0 && truth < judged.outputs;
      result[i] = known ? static_cast<double>(judged.scores[i * judged.outputs + truth]) : 0;
    }
  }
  return result;
}

JudgedVector column_values(const std::string& name, const Judged& judged) {
  if (name == "truth") return with_missing(judged.truth);
  if (name == "prediction") return with_missing(judged.prediction);
  if (name == "weight") return {weights_of(judged), {}};
  if (name == "score" && judged.task != TaskKind::multiclass) return with_missing(scores_of(judged));
  if (name == "probability_of_truth" && classification(judged)) return with_missing(probabilities_of_truth(judged));
  if (name == "classes" && classification(judged)) return {{static_cast<double>(judged.classes.size())}, {}};
  fail(kinds::metric_reads_unknown, {{"name", name}});
}

}  // namespace

struct MetricValues {
  std::vector<NodeValue> base;
  std::vector<double> weight;
};

MetricProgram::MetricProgram(const Metric& metric, CodeGenerator& generator)
    : metric_(metric), steps_(plan_steps(metric_graph::build(*metric.formula), generator)) {}

bool MetricProgram::weighted() const { return steps_->graph.nodes[steps_->graph.root].weighted; }

MetricOnRows::MetricOnRows(const MetricProgram& program, const Judged& judged) : program_(program), judged_(judged) {
  const MetricSteps& steps = program.steps();
  auto values = std::make_unique<MetricValues>();
  values->weight = weights_of(judged);
  NodeValues node_values;
  node_values.own.resize(steps.graph.nodes.size());
  for (const int column : steps.columns) {
    const Node& node = steps.graph.nodes[column];
    if (!node.weighted) node_values.own[column].vector = column_values(node.column, judged);
  }
  run_steps(steps, false, judged.rows(), node_values);
  values->base = std::move(node_values.own);
  values_ = std::move(values);
}

MetricOnRows::~MetricOnRows() = default;
MetricOnRows::MetricOnRows(MetricOnRows&&) noexcept = default;

const std::vector<double>& MetricOnRows::weight() const { return values_->weight; }

double MetricOnRows::value() const { return value(values_->weight); }

double MetricOnRows::value(std::span<const double> weight) const {
  const MetricSteps& steps = program_.steps();
  NodeValues values;
  values.base = &values_->base;
  values.weight = weight;
  values.own.resize(steps.graph.nodes.size());
  if (steps.weight >= 0) values.own[steps.weight].vector.values.assign(weight.begin(), weight.end());
  run_steps(steps, true, judged_.rows(), values);
  double result = 0;
  return number_of(steps, values, steps.graph.root, result) ? result : std::numeric_limits<double>::quiet_NaN();
}

std::optional<RowRatio> MetricOnRows::ratio() const {
  const MetricSteps& steps = program_.steps();
  if (!steps.graph.ratio) return std::nullopt;
  const auto& found = *steps.graph.ratio;
  NodeValues values;
  values.own = values_->base;
  RowRatio ratio;
  ratio.numerator = column_of(steps, values, found.numerator, judged_.rows());
  if (found.denominator >= 0) ratio.denominator = column_of(steps, values, found.denominator, judged_.rows());
  ratio.square_root = found.square_root;
  ratio.weighted = found.weighted;
  ratio.scale = found.scale;
  ratio.offset = found.offset;
  return ratio;
}

double evaluate(const Metric& metric, const Judged& judged, CodeGenerator& generator) {
  const MetricProgram program(metric, generator);
  return MetricOnRows(program, judged).value();
}

}  // namespace mlw
