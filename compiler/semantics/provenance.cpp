#include "compiler/semantics/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "compiler/diagnostics/kinds/method.h"
#include "compiler/diagnostics/kinds/types.h"

namespace mlw::semantics {
namespace {

std::string duration_text(int64_t microseconds) {
  struct Unit {
    int64_t size;
    const char* name;
  };
  for (const Unit& unit : {Unit{86'400'000'000, "day"}, Unit{3'600'000'000, "hour"}, Unit{60'000'000, "minute"}})
    if (microseconds != 0 && microseconds % unit.size == 0) {
      const int64_t count = microseconds / unit.size;
      return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
    }
  return fmt::format("{} seconds", static_cast<double>(microseconds) / 1e6);
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Provenance {
 public:
  explicit Provenance(Analysis& analysis)
      : analysis_(analysis), workflow_(analysis.workflow), data_(analysis.modelled()) {
    for (const Data& data : workflow_.data)
      for (const ColumnDeclaration& declared : data.columns)
        if (declared.known_after) late_.emplace(declared.name, *declared.known_after);
  }

  void check() {
    for (const Definition& definition : workflow_.prepare.definitions)
      if (live().contains(definition.name))
        check_input(*definition.formula, "the definition `" + definition.name + "`");
    for (const auto& [column, pipeline] : workflow_.prepare.columns) check_pipeline_of(column);
    if (workflow_.baseline.rule) check_known(*workflow_.baseline.rule, "`rule`");
    if (workflow_.task.existing) check_known(*workflow_.task.existing, "`existing`");
    for (const Data& data : workflow_.data)
      if (data.where) check_known(*data.where, "`where`");
    check_roles();
  }

 private:
  /// Definitions that reach the model: those that are not dropped, and what these are made of.
  const std::set<std::string>& live() {
    if (settled_) return live_;
    settled_ = true;
    const auto& definitions = workflow_.prepare.definitions;
    for (auto definition = definitions.rbegin(); definition != definitions.rend(); ++definition) {
      if (!contains(workflow_.prepare.drop, definition->name)) live_.insert(definition->name);
      if (!live_.contains(definition->name)) continue;
      for (const std::string& column : columns_of(*definition->formula)) live_.insert(column);
    }
    return live_;
  }

  static void for_each_column(const Formula& formula, const std::function<void(const Formula&)>& visit) {
    if (formula.operation == Operation::column) visit(formula);
    for (const FormulaPointer& argument : formula.arguments) for_each_column(*argument, visit);
  }

  std::optional<int64_t> known_after(const std::string& column) const {
    const auto found = late_.find(column);
    return found == late_.end() ? std::nullopt : std::optional(found->second);
  }

  void target_used(const std::string& target, const std::string& what, SourceRange range) {
    analysis_.context.report(kinds::target_among_inputs, range, {{"what", what}, {"target", target}})
        .at("this is what is to be predicted");
  }

  void too_late(const std::string& column, int64_t after, SourceRange range) {
    const std::string due = data_ && !data_->time.empty() ? "`" + data_->time + "`" : "the prediction is due";
    analysis_.context.report(kinds::known_too_late, range, {{"column", column}})
        .at("known " + duration_text(after) + " after " + due);
  }

  void check_known(const Formula& formula, const std::string& what) {
    for_each_column(formula, [&](const Formula& leaf) {
      if (contains(workflow_.task.targets, leaf.column))
        target_used(leaf.column, what, leaf.range);
      else if (const auto after = known_after(leaf.column))
        too_late(leaf.column, *after, leaf.range);
    });
  }

  void check_input(const Formula& formula, const std::string& what) {
    check_known(formula, what);
    for_each_column(formula, [&](const Formula& leaf) {
      if (contains(workflow_.task.protect, leaf.column))
        analysis_.context.report(kinds::protected_input, leaf.range, {{"column", leaf.column}});
    });
  }

  SourceRange place_of_pipeline(const std::string& column) const {
    if (const BlockContents* block = analysis_.file.block("prepare"))
      for (const ColumnSetting& setting : block->columns)
        if (setting.name.text == column) return setting.name.range;
    return {};
  }

  /// A pipeline for a column makes it an input; what can never be one is refused.
  void check_pipeline_of(const std::string& column) {
    const SourceRange place = place_of_pipeline(column);
    if (contains(workflow_.task.targets, column)) return target_used(column, "an input", place);
    if (const auto after = known_after(column)) return too_late(column, *after, place);
    if (contains(workflow_.task.protect, column)) {
      analysis_.context.report(kinds::protected_input, place, {{"column", column}});
      return;
    }
    std::string role;
    if (contains(workflow_.prepare.drop, column)) role = "it is in `drop`";
    if (contains(workflow_.evaluate.group_by, column)) role = "rows are grouped by it";
    if (data_ && data_->key == column) role = "it is the key";
    if (data_ && data_->time == column) role = "it is the time";
    if (data_ && data_->weight == column) role = "it is the weight";
    if (const Column* found = analysis_.columns.find(column);
        found && found->type != ValueType::unknown && found->kind == ColumnKind::id)
      role = "it is an id";
    if (!role.empty()) analysis_.context.report(kinds::never_an_input, place, {{"column", column}, {"role", role}});
  }

  /// A column that means something else cannot be the target as well.
  void check_roles() {
    const BlockContents* task = analysis_.file.block("task");
    for (const std::string& target : workflow_.task.targets) {
      std::string role;
      if (data_ && data_->key == target) role = "the key";
      if (data_ && data_->time == target) role = "the time";
      if (data_ && data_->weight == target) role = "the weight";
      if (contains(workflow_.evaluate.group_by, target)) role = "what rows are grouped by";
      if (contains(workflow_.task.protect, target)) role = "protected";
      if (!role.empty())
        analysis_.context.report(kinds::name_taken, task->setting("predict")->value->range,
                                 {{"name", target}, {"what", role}});
    }
  }

  Analysis& analysis_;
  const Workflow& workflow_;
  const Data* data_;
  std::map<std::string, int64_t> late_;  ///< columns that are known only after the prediction is due
  bool settled_ = false;
  std::set<std::string> live_;
};

}  // namespace

void check_provenance(Analysis& analysis) { Provenance(analysis).check(); }

}  // namespace mlw::semantics
