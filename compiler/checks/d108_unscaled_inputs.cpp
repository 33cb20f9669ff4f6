#include <fmt/format.h>

#include <algorithm>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

/// From this ratio of deviations on, a penalty or a gradient step no longer treats the inputs alike.
constexpr double very_different = 100;

bool scales(const Space& pipeline) {
  if (pipeline.form == Space::Form::call)
    return pipeline.text == "standardize" || pipeline.text == "scale" || pipeline.text == "one_hot";
  return std::any_of(pipeline.items.begin(), pipeline.items.end(), scales);
}

const Space* pipeline_of(const Preparation& prepare, const std::string& column) {
  if (const auto own = prepare.columns.find(column); own != prepare.columns.end()) return &own->second;
  if (const auto group = prepare.groups.find("numbers"); group != prepare.groups.end()) return &group->second;
  return nullptr;
}

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  const ColumnProfile *widest = nullptr, *narrowest = nullptr;
  for (const ColumnProfile& column : evidence.profile->columns) {
    const bool is_number = column.kind == ColumnKind::number || column.kind == ColumnKind::integer;
    if (column.role != "input" || !is_number || !(column.deviation > 0)) continue;
    const Space* pipeline = pipeline_of(evidence.workflow.prepare, column.name);
    if (pipeline && scales(*pipeline)) continue;
    if (!widest || column.deviation > widest->deviation) widest = &column;
    if (!narrowest || column.deviation < narrowest->deviation) narrowest = &column;
  }
  if (!widest || widest->deviation < very_different * narrowest->deviation) return;
  for (const ModelSpace& model : evidence.workflow.search.models) {
    if (model.space.text != "linear" && model.space.text != "network") continue;
    diagnostics.report(kinds::unscaled_inputs, model.space.range, {{"model", model.name}})
        .note(fmt::format("`{}` has a standard deviation of {:.3g}, `{}` one of {:.3g}", widest->name,
                          widest->deviation, narrowest->name, narrowest->deviation));
  }
}

}  // namespace

extern const Rule d108_unscaled_inputs;
const Rule d108_unscaled_inputs = {"D108", Phase::profile, check};

}  // namespace mlw
