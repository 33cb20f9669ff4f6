#include <fmt/format.h>

#include <map>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  const Profile& profile = *evidence.profile;
  std::map<uint64_t, std::string> seen;
  for (const ColumnProfile& column : profile.columns) {
    if (column.role != "input" || column.missing == profile.rows) continue;
    const int64_t present = profile.rows - column.missing;
    const auto report = [&](std::string what) {
      diagnostics.report(kinds::useless_column, {}, {{"column", column.name}, {"what", std::move(what)}});
    };
    if (column.distinct == 1 && column.missing == 0) {
      report(fmt::format("has one value in all {} development rows", profile.rows));
      continue;
    }
    const bool of_words = column.kind == ColumnKind::category || column.kind == ColumnKind::ordinal;
    if (of_words && present >= 20 && column.distinct > present * 9 / 10)
      report(fmt::format("has {} different values in {} rows: it can only be memorised", column.distinct, present));
    const auto [earlier, is_new] = seen.emplace(column.content, column.name);
    if (!is_new) report(fmt::format("is a copy of `{}`", earlier->second));
  }
}

}  // namespace

extern const Rule d106_useless_column;
const Rule d106_useless_column = {"D106", Phase::profile, check};

}  // namespace mlw
