#include "runtime/data/evaluate_formulas.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/artefact/text_parts.h"
#include "compiler/diagnostics/kinds/columns.h"
#include "runtime/data/column_kernels.h"
#include "runtime/data/text_columns.h"

namespace mlw {
namespace {

/// Columns by name: those of the table, and what has been computed. A scope sees what its outer scopes hold.
class Scope {
 public:
  Scope(const Table& table, CodeGenerator& generator) : table_(table), generator_(generator) {}
  explicit Scope(const Scope* outer) : table_(outer->table_), generator_(outer->generator_), outer_(outer) {}

  const Column& find(const std::string& name) const;
  /// Computes all requests; afterwards they are found under their names.
  void compute(const std::vector<ColumnRequest>& requests);

 private:
  const Column* find_here(const std::string& name) const;
  /// The formula with the conditions of its texts' `if`s as columns of this scope.
  FormulaPointer with_conditions(const FormulaPointer& formula, std::vector<ColumnRequest>& conditions) const;

  const Table& table_;
  CodeGenerator& generator_;
  const Scope* outer_ = nullptr;
  std::map<std::string, Column> columns_;
};

const Column* Scope::find_here(const std::string& name) const {
  const auto found = columns_.find(name);
  if (found != columns_.end()) return &found->second;
  return outer_ ? outer_->find_here(name) : table_.find(name);
}

const Column& Scope::find(const std::string& name) const {
  if (const Column* column = find_here(name)) return *column;
  std::string known;
  for (const Column& column : table_.columns) known += (known.empty() ? "`" : ", `") + column.name + "`";
  fail(kinds::formula_column_absent, {{"column", name}, {"columns", known}});
}

FormulaPointer Scope::with_conditions(const FormulaPointer& formula, std::vector<ColumnRequest>& conditions) const {
  auto copy = std::make_shared<Formula>(*formula);
  for (size_t i = 0; i < copy->arguments.size(); ++i) {
    FormulaPointer& argument = copy->arguments[i];
    if (is_text(argument->type)) {
      argument = with_conditions(argument, conditions);
    } else {
      // Of what gives or reads text only the condition of an `if` is no text itself.
      conditions.push_back(
          {"\x01"
           "condition " +
               std::to_string(conditions.size()),
           argument});
      argument = make_column(conditions.back().name, argument->type);
    }
  }
  return copy;
}

void Scope::compute(const std::vector<ColumnRequest>& requests) {
  TextSeparator separator;
  std::vector<ColumnRequest> texts, arithmetic, conditions;
  for (const ColumnRequest& request : requests) {
    if (request.formula->operation == Operation::column) {
      columns_[request.name] = find(request.formula->column);
    } else if (is_text(request.formula->type)) {
      texts.push_back({request.name, with_conditions(request.formula, conditions)});
    } else {
      arithmetic.push_back({request.name, separator.separate(request.formula)});
    }
  }
  std::vector<ColumnRequest> parts;
  for (const TextPart& part : separator.parts())
    parts.push_back({part.name, with_conditions(part.formula, conditions)});

  Scope inner(this);
  if (!conditions.empty()) {
    Scope deeper(this);
    deeper.compute(conditions);
    inner.columns_ = std::move(deeper.columns_);
  }
  const ColumnLookup lookup = [&](const std::string& name) -> const Column& { return inner.find(name); };
  for (const ColumnRequest& part : parts) inner.columns_[part.name] = text_function_column(part, lookup, table_.rows);
  std::map<std::string, Column> results;
  for (const ColumnRequest& text : texts) results[text.name] = text_column(text, lookup, table_.rows);
  for (Column& column : run_column_kernels(arithmetic, lookup, table_.rows, generator_))
    results[column.name] = std::move(column);
  for (auto& [name, column] : results) columns_[name] = std::move(column);
}

/// The definitions that the formulas need, directly or through others, in steps: each reads only what stands in steps
/// before it.
std::vector<std::vector<ColumnRequest>> steps_of(const std::vector<FormulaPointer>& formulas,
                                                 const std::vector<Definition>& definitions) {
  std::set<std::string> needed;
  for (const FormulaPointer& formula : formulas)
    for (std::string& name : columns_of(*formula)) needed.insert(std::move(name));
  std::vector<const Definition*> used;
  for (size_t d = definitions.size(); d-- > 0;) {
    if (!needed.contains(definitions[d].name)) continue;
    used.push_back(&definitions[d]);
    for (std::string& name : columns_of(*definitions[d].formula)) needed.insert(std::move(name));
  }
  std::map<std::string, size_t> step_of;
  std::vector<std::vector<ColumnRequest>> steps;
  for (size_t u = used.size(); u-- > 0;) {
    size_t step = 0;
    for (const std::string& name : columns_of(*used[u]->formula))
      if (const auto found = step_of.find(name); found != step_of.end()) step = std::max(step, found->second + 1);
    step_of[used[u]->name] = step;
    if (steps.size() <= step) steps.resize(step + 1);
    steps[step].push_back({used[u]->name, used[u]->formula});
  }
  return steps;
}

}  // namespace

std::vector<Column> evaluate_formulas(const std::vector<FormulaPointer>& formulas,
                                      const std::vector<Definition>& definitions, const Table& table,
                                      CodeGenerator& generator) {
  Scope scope(table, generator);
  for (const auto& step : steps_of(formulas, definitions)) scope.compute(step);
  std::vector<ColumnRequest> requests;
  for (size_t i = 0; i < formulas.size(); ++i)
    requests.push_back(
        {"\x01"
         "result " +
             std::to_string(i),
         formulas[i]});
  Scope results(&scope);
  results.compute(requests);
  std::vector<Column> columns;
  for (size_t i = 0; i < formulas.size(); ++i) {
    columns.push_back(results.find(requests[i].name));
    if (formulas[i]->operation == Operation::column) continue;
    columns.back().name.clear();
  }
  return columns;
}

Selection select_rows(const FormulaPointer& condition, const std::vector<Definition>& definitions, const Table& table,
                      CodeGenerator& generator) {
  const Column flags = evaluate_formulas({condition}, definitions, table, generator).front();
  Selection rows;
  for (size_t k = 0; k < flags.chunks.size(); ++k) {
    const Chunk& chunk = flags.chunks[k];
    const auto values = chunk.as<uint8_t>();
    for (int64_t i = 0; i < chunk.rows; ++i)
      if (values[static_cast<size_t>(i)] != 0 && chunk.valid(i))
        rows.push_back(static_cast<uint32_t>(static_cast<int64_t>(k) * chunk_rows + i));
  }
  return rows;
}

}  // namespace mlw
