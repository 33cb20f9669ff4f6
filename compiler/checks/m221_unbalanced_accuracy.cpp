#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/kinds/rules.h"

namespace mlw {
namespace {

/// Four rows in five: from here on the largest class alone makes a good-looking accuracy.
constexpr double unbalanced = 0.8;

void check(const Evidence& evidence, Diagnostics& diagnostics) {
  const Profile& profile = *evidence.profile;
  if (evidence.workflow.metrics.objective.name != "accuracy" || profile.class_rows.empty()) return;
  const auto largest = std::max_element(profile.class_rows.begin(), profile.class_rows.end());
  const int64_t rows = std::accumulate(profile.class_rows.begin(), profile.class_rows.end(), int64_t{0});
  const double share = static_cast<double>(*largest) / static_cast<double>(std::max<int64_t>(rows, 1));
  if (share < unbalanced) return;
  const std::string& name = profile.classes[static_cast<size_t>(largest - profile.class_rows.begin())];
  diagnostics
      .report(kinds::accuracy_of_unbalanced, {}, {{"share", fmt::format("{:.1f} %", 100 * share)}, {"class", name}})
      .note(fmt::format("{} of {} development rows", *largest, rows));
}

}  // namespace

extern const Rule m221_unbalanced_accuracy;
const Rule m221_unbalanced_accuracy = {"M221", Phase::profile, check};

}  // namespace mlw
