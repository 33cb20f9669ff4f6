#include <fmt/format.h>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/evaluate.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  const Split& validate = evidence.workflow.evaluate.validate;
  const Profile& profile = *evidence.profile;
  const int needed = validate.form == Split::Form::kfold ? validate.folds : 2;
  const auto report = [&](std::string part, int64_t rows_needed, int64_t found) {
    diagnostics.report(
        kinds::too_few_rows, validate.range,
        {{"part", std::move(part)}, {"needed", fmt::format("{} rows", rows_needed)}, {"found", std::to_string(found)}});
  };
  if (profile.rows < 2 * needed) report("validation", 2 * needed, profile.rows);
  for (size_t i = 0; i < profile.classes.size(); ++i)
    if (profile.class_rows[i] < needed)
      report(fmt::format("the class `{}`", profile.classes[i]), needed, profile.class_rows[i]);
}

}  // namespace

extern const Rule d109_rows_for_protocol;
const Rule d109_rows_for_protocol = {"D109", Phase::profile, check};

}  // namespace mlw
