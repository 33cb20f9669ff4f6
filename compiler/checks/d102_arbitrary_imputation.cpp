#include <fmt/format.h>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check_pipeline(const std::string& column, const Space& pipeline, Diagnostics& diagnostics) {
  for (const Space& item : pipeline.items) check_pipeline(column, item, diagnostics);
  if (pipeline.form != Space::Form::call || pipeline.text != "impute") return;
  const Space* value = pipeline.argument("value");
  if (value && (value->form == Space::Form::number || value->form == Space::Form::integer))
    diagnostics.report(kinds::arbitrary_imputation, value->range,
                       {{"column", column}, {"value", fmt::format("{:g}", value->value)}});
}

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  for (const auto& [group, pipeline] : evidence.workflow.prepare.groups) check_pipeline(group, pipeline, diagnostics);
  for (const auto& [column, pipeline] : evidence.workflow.prepare.columns)
    check_pipeline(column, pipeline, diagnostics);
}

}  // namespace

extern const Rule d102_arbitrary_imputation;
const Rule d102_arbitrary_imputation = {"D102", Phase::text, check};

}  // namespace mlw
