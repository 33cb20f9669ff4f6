#include <fmt/format.h>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  for (const ColumnProfile& column : evidence.profile->columns) {
    if (column.role != "input") continue;
    for (const auto& [value, rows] : column.sentinels)
      diagnostics.report(kinds::looks_missing, {}, {{"column", column.name}, {"value", value}})
          .note(fmt::format("{} of {} development rows", rows, evidence.profile->rows));
  }
}

}  // namespace

extern const Rule d111_looks_missing;
const Rule d111_looks_missing = {"D111", Phase::profile, check};

}  // namespace mlw
