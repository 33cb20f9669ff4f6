#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/plan/workflow.h"
#include "runtime/evaluate/judged.h"

/// Metrics: formulas over all judged rows, in float64, compiled once and evaluated on any rows under any weights.
namespace mlw {

struct MetricSteps;   // the compiled graph
struct MetricValues;  // what does not depend on the weights, computed once

class MetricProgram {
 public:
  /// Compiles the formula. Throws R481 when it does not give one number.
  MetricProgram(const Metric& metric, CodeGenerator& generator);
  const Metric& metric() const { return metric_; }
  const MetricSteps& steps() const { return *steps_; }
  /// Whether the formula reads the weights. One that does not counts every row once, whatever it weighs.
  bool weighted() const;

 private:
  Metric metric_;
  std::shared_ptr<const MetricSteps> steps_;
};

/// A metric that is `offset + scale * root(Σ w·numerator / Σ w·denominator)` over the rows: means, shares, costs.
/// `denominator` empty: a plain sum. `weighted` false: the formula does not read the weights; every w is 1.
struct RowRatio {
  std::vector<double> numerator, denominator;
  bool square_root = false, weighted = true;
  double scale = 1, offset = 0;
};

/// A metric on given rows. Evaluations are independent of each other and may run in parallel. `judged` must live as
/// long.
class MetricOnRows {
 public:
  MetricOnRows(const MetricProgram& program, const Judged& judged);
  ~MetricOnRows();
  MetricOnRows(MetricOnRows&&) noexcept;

  /// NaN when it is undefined on these rows (missing in the language's terms).
  double value() const;
  /// Under other weights, one a row.
  double value(std::span<const double> weight) const;
  std::optional<RowRatio> ratio() const;
  const Judged& judged() const { return judged_; }
  const std::vector<double>& weight() const;  ///< of the rows, filled with 1 when there are none

 private:
  const MetricProgram& program_;
  const Judged& judged_;
  std::unique_ptr<const MetricValues> values_;
};

/// Compiles, evaluates, forgets: for one value. NaN when undefined.
double evaluate(const Metric& metric, const Judged& judged, CodeGenerator& generator);

/// Weights of the rows, all 1 when there are none.
std::vector<double> weights_of(const Judged& judged);
/// Probability of the positive class (binary), or the predicted value.
std::vector<double> scores_of(const Judged& judged);

/// The given rows of a judgement, in this order; rows may come several times.
Judged take_rows(const Judged& judged, std::span<const uint32_t> rows);

}  // namespace mlw
