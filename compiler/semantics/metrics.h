#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/semantics/analysis.h"
#include "compiler/semantics/default_texts.h"

namespace mlw::semantics {

/// Names in metrics: quantities of the judged rows, metrics of the standard library, the file's own.
class MetricBuilder : public Names {
 public:
  explicit MetricBuilder(Analysis& analysis);

  std::optional<Value> find(const syntax::Name& name) override;
  std::optional<Value> call(const syntax::Expression& expression, const syntax::Call& call) override;
  std::vector<std::string> known() const override;
  std::string what() const override { return "metric or quantity"; }

  /// A metric as it stands in `objective` or `watch`: `f1`, `recall_at(precision: 90%)`, `minimize(cost)`. None when a
  /// mistake was reported.
  std::optional<Metric> read(const syntax::Expression& expression);
  /// Looks at every definition of the file, so that none goes unchecked.
  void check_definitions();

 private:
  struct Own {
    const GivenDefinition* given = nullptr;
    FormulaPointer formula;
    bool open = false;
  };

  std::vector<std::string> fitting(std::string_view family) const;
  bool fits(const vocabulary::Word& word, SourceRange range);
  FormulaPointer judged(const syntax::Expression& expression);
  FormulaPointer own_formula(const std::string& name, SourceRange use);
  FormulaPointer standard(const vocabulary::Word& metric, const std::vector<syntax::Argument>& arguments,
                          SourceRange range);
  std::optional<Metric> directed(const syntax::Expression& expression, const syntax::Call& call, bool maximize);
  std::optional<Metric> undirected(const syntax::Expression& expression, const syntax::Name& name);
  Metric own_metric(const std::string& name, bool maximize, SourceRange use);
  static void describe(Metric& metric);
  std::string reference_text(const syntax::Expression& expression, const vocabulary::Word& word);
  void direction_due(const syntax::Expression& expression);

  Analysis& analysis_;
  std::map<std::string, Own, std::less<>> own_;
  std::map<std::string, bool, std::less<>> directions_;  ///< of the file's own metrics: whether more is better
};

/// Fills the objective, what is watched and the threshold.
void analyse_metrics(Analysis& analysis, MetricBuilder& builder);

/// Adds a metric to the watched ones unless it is there or is the objective.
void watch_metric(Analysis& analysis, Metric metric);

}  // namespace mlw::semantics
