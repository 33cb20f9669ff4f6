#include <algorithm>
#include <functional>
#include <set>

#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/analysis.h"
#include "compiler/semantics/pipelines.h"

namespace mlw::semantics {
namespace {

/// Whether a formula reads a column whose type is not known (yet).
bool reads_unknown(const Formula& formula) {
  if (formula.operation == Operation::column) return formula.type == ValueType::unknown;
  return std::any_of(formula.arguments.begin(), formula.arguments.end(),
                     [](const FormulaPointer& argument) { return reads_unknown(*argument); });
}

/// Columns and definitions as names; a definition is analysed when it is first needed, so that they may stand in any
/// order.
class PrepareNames : public RowNames {
 public:
  PrepareNames(Analysis& analysis, const BlockContents* block) : RowNames(analysis.columns), analysis_(analysis) {
    if (!block) return;
    for (const GivenDefinition& definition : block->definitions)
      entries_[definition.node->name.text].given = &definition;
  }

  std::optional<Value> find(const syntax::Name& name) override {
    auto entry = entries_.find(name.text);
    if (entry == entries_.end()) return RowNames::find(name);
    const FormulaPointer formula = settle(entry->second, name.range);
    return Value{make_column(name.text, formula->type, formula->unit)};
  }

  std::vector<std::string> known() const override {
    std::vector<std::string> names = RowNames::known();
    for (const auto& [name, entry] : entries_) names.push_back(name);
    return names;
  }

  /// Definitions in an order in which each uses only what stands before it.
  std::vector<Definition> settle_all(const BlockContents& block) {
    for (const GivenDefinition& definition : block.definitions)
      settle(entries_.find(definition.node->name.text)->second, definition.node->name.range);
    return std::move(order_);
  }

 private:
  struct Entry {
    const GivenDefinition* given = nullptr;
    FormulaPointer formula;
    bool open = false;
  };

  FormulaPointer settle(Entry& entry, SourceRange use) {
    const syntax::Definition& node = *entry.given->node;
    if (entry.formula) return entry.formula;
    if (entry.open) {
      std::string cycle;
      for (const std::string& name : way_) cycle += "`" + name + "` uses ";
      analysis_.context.report(kinds::recursion, use,
                               {{"name", node.name.text}, {"cycle", cycle + "`" + node.name.text + "`"}});
      return unknown_value(use).formula;
    }
    entry.open = true;
    way_.push_back(node.name.text);
    const size_t mistakes = analysis_.context.mistakes();
    FormulaPointer formula =
        FormulaBuilder(analysis_.context, analysis_.functions, *this, Scope::training).build(*node.value).formula;
    if (formula->type == ValueType::unknown && analysis_.context.mistakes() == mistakes && !reads_unknown(*formula))
      analysis_.context.report(kinds::wrong_type, node.value->range,
                               {{"place", "`" + node.name.text + "`"},
                                {"expected", "a value of some type"},
                                {"found", "nothing but `missing`"},
                                {"help", "`coalesce(x, missing)` and `if … then x else missing` have the type of x"}});
    way_.pop_back();
    entry.open = false;
    entry.formula = formula;
    order_.push_back({node.name.text, formula, entry.given->documentation});
    return formula;
  }

  Analysis& analysis_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<std::string> way_;
  std::vector<Definition> order_;
};

void check_definition_names(Analysis& analysis, const BlockContents& block) {
  for (const GivenDefinition& definition : block.definitions) {
    const syntax::Name& name = definition.node->name;
    const bool word = !name.quoted && block.kind->setting(name.text);
    if (!word && !analysis.columns.find(name.text)) continue;
    analysis.context.report(kinds::name_taken, name.range,
                            {{"name", name.text}, {"what", word ? "a setting of `prepare`" : "a column of the data"}});
  }
}

/// The type that enters a column's pipeline; empty when it is not known.
std::string input_of(const Analysis& analysis, const std::string& name) {
  ValueType type = ValueType::unknown;
  for (const Definition& definition : analysis.workflow.prepare.definitions)
    if (definition.name == name) type = definition.formula->type;
  if (const Column* column = analysis.columns.find(name)) {
    if (column->kind == ColumnKind::id && column->type == ValueType::text) return {};  // never an input
    type = column->type;
  }
  switch (type) {
    case ValueType::number:
    case ValueType::integer:
      return "number";
    case ValueType::category:
      return "category";
    case ValueType::flag:
      return "flag";
    case ValueType::text:
      return "text";
    case ValueType::date:
      return "date";
    default:
      return {};
  }
}

void read_column_pipelines(Analysis& analysis, const BlockContents& block) {
  Preparation& prepare = analysis.workflow.prepare;
  std::vector<std::string> definitions, known = analysis.columns.names();
  for (const Definition& definition : prepare.definitions) definitions.push_back(definition.name);
  known.insert(known.end(), definitions.begin(), definitions.end());
  vocabulary::Slot slot = *block.kind->setting("numbers");
  for (const ColumnSetting& setting : block.columns) {
    const std::string& name = setting.name.text;
    const bool defined = std::find(definitions.begin(), definitions.end(), name) != definitions.end();
    if (!defined && !analysis.columns.has(name)) {
      if (!setting.name.quoted)
        for (const vocabulary::Slot& one : block.kind->settings) known.push_back(one.name);
      Diagnostic& diagnostic = analysis.context.report(
          kinds::unknown_name, setting.name.range,
          {{"what", setting.name.quoted ? "column" : "column or setting of `prepare`"}, {"name", name}, {"help", ""}});
      suggest_nearest(diagnostic, setting.name.range, name, known);
      continue;
    }
    Space pipeline = SpaceReader(analysis.context).read(*setting.value, slot, "`" + name + "`");
    if (!given(pipeline)) continue;
    check_pipeline(pipeline, input_of(analysis, name), analysis.context);
    prepare.columns[name] = std::move(pipeline);
  }
}

FormulaPointer expanded(const FormulaPointer& formula, const std::vector<Definition>& definitions) {
  FormulaPointer result = formula;
  for (auto definition = definitions.rbegin(); definition != definitions.rend(); ++definition)
    result = substitute(result, {{definition->name, definition->formula}});
  return result;
}

/// The first statistic of rows in a formula; null when there is none.
const Formula* find_statistic(const Formula& formula, std::set<const Formula*>& seen) {
  if (!seen.insert(&formula).second) return nullptr;
  if (formula.operation >= Operation::sum_of) return &formula;
  for (const FormulaPointer& argument : formula.arguments)
    if (const Formula* found = find_statistic(*argument, seen)) return found;
  return nullptr;
}

}  // namespace

void analyse_prepare(Analysis& analysis) {
  const BlockContents* block = analysis.file.block("prepare");
  Preparation& prepare = analysis.workflow.prepare;
  if (block) {
    check_definition_names(analysis, *block);
    prepare.definitions = PrepareNames(analysis, block).settle_all(*block);
  }
  for (const vocabulary::Slot& slot : analysis.context.words.block("prepare")->settings) {
    if (slot.input.empty() || !slot.built) continue;
    Space pipeline = setting_space(analysis, block, "prepare", slot.name);
    if (!given(pipeline)) continue;
    check_pipeline(pipeline, slot.input, analysis.context);
    prepare.groups[slot.name] = std::move(pipeline);
  }
  if (!block) return;
  read_column_pipelines(analysis, *block);
  std::vector<std::string> definitions;
  for (const Definition& definition : prepare.definitions) definitions.push_back(definition.name);
  if (const GivenSetting* drop = block->setting("drop"))
    prepare.drop = column_list(*drop->value, analysis.columns, analysis.context, definitions);
}

FormulaPointer rule_condition(Analysis& analysis, const syntax::Expression& expression, std::string_view place) {
  PrepareNames names(analysis, analysis.file.block("prepare"));
  const FormulaPointer condition =
      FormulaBuilder(analysis.context, analysis.functions, names, Scope::row).condition(expression, place);
  const FormulaPointer whole = expanded(condition, analysis.workflow.prepare.definitions);
  std::set<const Formula*> seen;
  if (const Formula* statistic = find_statistic(*whole, seen)) {
    analysis.context
        .report(kinds::wrong_scope, expression.range,
                {{"name", std::string(place)},
                 {"reason", "it uses a definition that learns from rows, and a rule learns nothing"},
                 {"help", "write the learnt value as a number"}})
        .also_at(statistic->range, "learnt from rows");
    return unknown_value(expression.range).formula;
  }
  return whole;
}

void analyse_baseline(Analysis& analysis) {
  Workflow& workflow = analysis.workflow;
  const BlockContents* block = analysis.file.block("baseline");
  workflow.baseline.naive = setting_space(analysis, block, "baseline", "naive").value != 0;
  SourceRange place;
  if (const GivenSetting* rule = block ? block->setting("rule") : nullptr) {
    workflow.baseline.rule = rule_condition(analysis, *rule->value, "`rule`");
    place = rule->value->range;
  }
  const BlockContents* task = analysis.file.block("task");
  if (const GivenSetting* existing = task ? task->setting("existing") : nullptr) {
    const Space rule = SpaceReader(analysis.context, [&](const syntax::Expression& expression, std::string_view where) {
                         return rule_condition(analysis, expression, where);
                       }).read(*existing->value, *existing->slot, "`existing`");
    if (given(rule)) workflow.task.existing = rule.argument("condition")->formula;
    place = existing->value->range;
  }
  if (place.valid() && workflow.task.kind != TaskKind::binary && workflow.task.kind != TaskKind::unknown)
    analysis.context.report(kinds::task_misfit, place,
                            {{"what", "a rule"},
                             {"task", std::string(task_name(workflow.task.kind))},
                             {"reason", "a rule says which rows are of the positive class"},
                             {"help", "rules are for tasks of two classes"}});
}

}  // namespace mlw::semantics
