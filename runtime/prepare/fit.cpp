#include <algorithm>
#include <optional>

#include "compiler/diagnostics/kinds/prepare.h"
#include "runtime/data/evaluate_formulas.h"
#include "runtime/prepare/pipeline.h"
#include "runtime/prepare/prepare.h"
#include "runtime/prepare/training_statistics.h"

namespace mlw {
namespace {

using Form = PreparedColumn::Form;

std::optional<Form> form_of(ValueType type) {
  switch (type) {
    case ValueType::number:
    case ValueType::integer:
      return Form::number;
    case ValueType::flag:
      return Form::flag;
    case ValueType::category:
      return Form::category;
    default:
      return std::nullopt;
  }
}

/// The pipeline that the file states for a column: its own, or that of its group.
const Space* pipeline_of(const Preparation& preparation, const PreparedColumn& column, bool ordinal) {
  const auto own = preparation.columns.find(column.name);
  if (own != preparation.columns.end()) return &own->second;
  const char* group = ordinal                       ? "ordinals"
                      : column.form == Form::number ? "numbers"
                      : column.form == Form::flag   ? "flags"
                                                    : "categories";
  const auto found = preparation.groups.find(group);
  return found == preparation.groups.end() ? nullptr : &found->second;
}

struct Candidate {
  PreparedColumn column;
  std::vector<Space> steps;
};

/// A pipeline of one step may stand as that step alone.
std::vector<Space> steps_of(const Space* pipeline) {
  if (pipeline == nullptr) return {};
  if (pipeline->form == Space::Form::pipeline) return pipeline->items;
  if (pipeline->form == Space::Form::call) return {*pipeline};
  return {};
}

void add_candidate(std::vector<Candidate>& list, const Workflow& workflow, std::string name, FormulaPointer formula,
                   bool ordinal, std::vector<std::string> order) {
  const std::optional<Form> form = form_of(formula->type);
  if (!form) return;
  Candidate candidate;
  candidate.column.name = std::move(name);
  candidate.column.form = *form;
  candidate.column.order = std::move(order);
  candidate.column.formula = formula->type == ValueType::integer
                                 ? make_formula(Operation::to_number, ValueType::number, {formula})
                                 : std::move(formula);
  candidate.steps = steps_of(pipeline_of(workflow.prepare, candidate.column, ordinal));
  list.push_back(std::move(candidate));
}

std::vector<Candidate> candidates(const Workflow& workflow, const Table& table,
                                  const std::vector<Definition>& definitions) {
  std::vector<Candidate> list;
  for (const Column& column : table.columns) {
    if (!excluded_role(workflow, column).empty()) continue;
    std::vector<std::string> order;
    for (const Data& data : workflow.data)
      for (const ColumnDeclaration& declaration : data.columns)
        if (declaration.name == column.name) order = declaration.order;
    add_candidate(list, workflow, column.name, make_column(column.name, value_type(column.kind), column.unit),
                  column.kind == ColumnKind::ordinal, std::move(order));
  }
  const auto dropped = [&](const std::string& name) {
    return std::find(workflow.prepare.drop.begin(), workflow.prepare.drop.end(), name) != workflow.prepare.drop.end();
  };
  for (const Definition& definition : definitions)
    if (!dropped(definition.name))
      add_candidate(list, workflow, definition.name,
                    make_column(definition.name, definition.formula->type, definition.formula->unit), false, {});
  return list;
}

/// All candidates go through their pipelines in step, so that the rows are read once a step and not once a column.
void run_pipelines(std::vector<Candidate>& list, const std::vector<Definition>& definitions, const Table& table,
                   const Selection& training, std::span<const float> weights, CodeGenerator& generator) {
  for (size_t depth = 0;; ++depth) {
    std::vector<FormulaPointer> formulas;
    std::vector<size_t> owner;
    bool any = false;
    for (size_t i = 0; i < list.size(); ++i) {
      if (depth >= list[i].steps.size() || list[i].column.form == Form::left_out) continue;
      any = true;
      if (!needs_rows(list[i].steps[depth])) continue;
      formulas.push_back(list[i].column.formula);
      owner.push_back(i);
    }
    if (!any) break;
    std::vector<Column> values;
    if (!formulas.empty()) values = evaluate_formulas(formulas, definitions, table, generator);
    size_t next = 0;
    for (size_t i = 0; i < list.size(); ++i) {
      if (depth >= list[i].steps.size() || list[i].column.form == Form::left_out) continue;
      const bool evaluated = next < owner.size() && owner[next] == i;
      apply_step(list[i].column, list[i].steps[depth], evaluated ? &values[next] : nullptr, training, weights);
      if (evaluated) ++next;
    }
  }
  for (Candidate& candidate : list) finish(candidate.column);
}

/// Whether a missing `column` can make the formula missing.
bool passes_missing(const Formula& formula, const std::string& column, const std::vector<Definition>& definitions) {
  if (formula.operation == Operation::column) {
    if (formula.column == column) return true;
    for (const Definition& definition : definitions)
      if (definition.name == formula.column) return passes_missing(*definition.formula, column, definitions);
    return false;
  }
  if (formula.operation == Operation::is_missing) return false;
  if (formula.operation == Operation::coalesce) return passes_missing(*formula.arguments[1], column, definitions);
  return std::any_of(formula.arguments.begin(), formula.arguments.end(),
                     [&](const FormulaPointer& argument) { return passes_missing(*argument, column, definitions); });
}

const Formula& formula_of(const FeatureBlock& block) {
  if (const auto* feature = std::get_if<Feature>(&block)) return *feature->formula;
  return *std::get<IndicatorFeature>(block).position;
}

/// The columns of the table that features and the population read, through definitions.
std::vector<RawField> raw_fields(const Workflow& workflow, const FittedPreparation& preparation, const Table& table,
                                 const Selection& training) {
  std::vector<std::string> needed;
  const auto need = [&](const Formula& formula, const auto& self) -> void {
    for (const std::string& name : columns_of(formula)) {
      const auto definition = std::find_if(preparation.definitions.begin(), preparation.definitions.end(),
                                           [&](const Definition& d) { return d.name == name; });
      if (definition != preparation.definitions.end()) {
        self(*definition->formula, self);
      } else {
        needed.push_back(name);
      }
    }
  };
  for (const FeatureBlock& block : preparation.features) need(formula_of(block), need);
  if (!workflow.data.empty() && workflow.data.back().where) need(*workflow.data.back().where, need);
  std::vector<RawField> fields;
  for (const Column& column : table.columns) {
    if (std::find(needed.begin(), needed.end(), column.name) == needed.end()) continue;
    RawField field{column.name, column.kind, column.unit, {}, false};
    if (value_type(column.kind) == ValueType::category)
      for (const auto& [name, count] : category_counts(column, training)) field.categories.push_back(name);
    field.required =
        std::any_of(preparation.features.begin(), preparation.features.end(), [&](const FeatureBlock& block) {
          return passes_missing(formula_of(block), column.name, preparation.definitions);
        });
    fields.push_back(std::move(field));
  }
  return fields;
}

/// Definitions that no feature and no population reads are of no use behind the fit.
std::vector<Definition> used_definitions(std::vector<Definition> definitions, const FittedPreparation& preparation,
                                         const FormulaPointer& population) {
  std::vector<std::string> used;
  const auto add = [&](const Formula& formula) {
    for (std::string& name : columns_of(formula)) used.push_back(std::move(name));
  };
  for (const FeatureBlock& block : preparation.features) add(formula_of(block));
  if (population) add(*population);
  std::vector<Definition> kept;
  for (auto definition = definitions.rbegin(); definition != definitions.rend(); ++definition) {
    if (std::find(used.begin(), used.end(), definition->name) == used.end()) continue;
    add(*definition->formula);
    kept.insert(kept.begin(), *definition);
  }
  return kept;
}

}  // namespace

FittedPreparation fit_preparation(const Workflow& workflow, const Table& table, const Selection& training,
                                  CodeGenerator& generator) {
  std::vector<float> weights;
  for (const Data& data : workflow.data) {
    const Column* column = data.weight.empty() ? nullptr : table.find(data.weight);
    if (column == nullptr) continue;
    weights.resize(static_cast<size_t>(table.rows));
    for (int64_t row = 0; row < table.rows; ++row)
      weights[static_cast<size_t>(row)] = column->valid(row) ? static_cast<float>(column->number(row)) : 0.0f;
  }
  const std::vector<Definition> definitions =
      fit_definitions(workflow.prepare.definitions, table, training, weights, generator);
  std::vector<Candidate> list = candidates(workflow, table, definitions);
  run_pipelines(list, definitions, table, training, weights, generator);

  FittedPreparation out;
  for (const Candidate& candidate : list)
    if (candidate.column.form == Form::number)
      out.features.emplace_back(Feature{candidate.column.name, candidate.column.formula});
  for (const Candidate& candidate : list)
    if (candidate.column.form == Form::indicator)
      out.features.emplace_back(IndicatorFeature{candidate.column.name, candidate.column.formula,
                                                 candidate.column.width, candidate.column.labels});
  for (const Candidate& candidate : list)
    if (candidate.column.form == Form::left_out) out.notes.push_back(candidate.column.note);
  if (out.features.empty()) {
    Diagnostics diagnostics;
    Diagnostic& diagnostic = diagnostics.report(kinds::no_features);
    for (const Column& column : table.columns)
      if (const std::string role = excluded_role(workflow, column); !role.empty())
        diagnostic.note("`" + column.name + "`: " + role);
    for (const std::string& note : out.notes) diagnostic.note(note);
    throw Failure{diagnostic};
  }
  const FormulaPointer population = workflow.data.empty() ? nullptr : workflow.data.back().where;
  out.definitions = used_definitions(definitions, out, population);
  out.fields = raw_fields(workflow, out, table, training);
  return out;
}

}  // namespace mlw
