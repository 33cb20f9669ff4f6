#include <algorithm>

#include "runtime/prepare/prepare.h"

namespace mlw {

std::string excluded_role(const Workflow& workflow, const Column& column) {
  const auto contains = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), column.name) != names.end();
  };
  if (contains(workflow.task.targets)) return "target";
  for (const Data& data : workflow.data) {
    if (column.name == data.key) return "key";
    if (column.name == data.time) return "time";
    if (column.name == data.weight) return "weight";
    for (const ColumnDeclaration& declaration : data.columns)
      if (declaration.name == column.name && declaration.known_after) return "known later";
  }
  if (contains(workflow.task.protect)) return "protected";
  if (contains(workflow.prepare.drop)) return "dropped";
  if (contains(workflow.evaluate.group_by)) return "group";
  switch (column.kind) {
    case ColumnKind::id:
      return "id";
    case ColumnKind::weight:
      return "weight";
    case ColumnKind::text:
      return "text";
    case ColumnKind::date:
      return "date";
    default:
      return "";
  }
}

}  // namespace mlw
