#include "runtime/learn/rule.h"

#include <algorithm>
#include <set>

namespace mlw {

PredictorProgram rule_program(const FormulaPointer& condition, const std::vector<Definition>& definitions, const Table& table) {
  PredictorProgram program;
  program.task = TaskKind::binary;
  program.model = RuleModel{condition};
  program.link = Link::identity;
  std::set<std::string> needed;
  for (std::string& name : columns_of(*condition)) needed.insert(std::move(name));
  // Each definition reads only what stands before it.
  for (auto definition = definitions.rbegin(); definition != definitions.rend(); ++definition) {
    if (!needed.contains(definition->name)) continue;
    for (std::string& name : columns_of(*definition->formula)) needed.insert(std::move(name));
    program.definitions.insert(program.definitions.begin(), *definition);
  }
  for (const Column& column : table.columns) {
    if (!needed.contains(column.name)) continue;
    RawField field{column.name, column.kind, column.unit, {}, false};
    if (value_type(column.kind) == ValueType::category && column.dictionary) field.categories = *column.dictionary;
    program.fields.push_back(std::move(field));
  }
  return program;
}

}  // namespace mlw
