#include <fmt/format.h>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  for (const ColumnProfile& column : evidence.profile->columns)
    if (column.role == "input" && column.missing == evidence.profile->rows)
      diagnostics.report(kinds::nothing_in_column, {}, {{"column", column.name}})
          .note(fmt::format("{} development rows", evidence.profile->rows));
}

}  // namespace

extern const Rule d113_nothing_in_column;
const Rule d113_nothing_in_column = {"D113", Phase::profile, check};

}  // namespace mlw
