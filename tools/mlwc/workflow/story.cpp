#include "tools/mlwc/workflow/story.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/report/text.h"

namespace mlw::tool {
namespace {

using report::Candidate;
using report::Data;
using report::Score;

std::string line(const std::string& word, const std::string& text) { return fmt::format("{:<10} {}\n", word, text); }

std::string scores_text(const std::vector<Score>& scores, size_t most) {
  std::string text;
  for (size_t i = 0; i < scores.size() && i < most; ++i)
    text += (i == 0 ? "" : ", ") + scores[i].metric + " " + report::with_interval(scores[i]);
  return text;
}

const Candidate* find(const Data& data, bool winner) {
  const auto found = std::find_if(data.leaderboard.begin(), data.leaderboard.end(), [&](const Candidate& one) {
    return winner ? one.winner : one.trial < 0 && one.failed.empty();
  });
  return found == data.leaderboard.end() ? nullptr : &*found;
}

std::string data_text(const Data& data) {
  const auto inputs = std::count_if(data.columns.begin(), data.columns.end(),
                                    [](const auto& column) { return column.role == "input"; });
  return fmt::format("{}: {} rows, {} {}; predicted is `{}` ({})", data.source, report::count(data.rows), inputs,
                     inputs == 1 ? "input" : "inputs", data.target, data.task_kind);
}

std::string search_text(const Data& data) {
  const auto failures = std::count_if(data.leaderboard.begin(), data.leaderboard.end(),
                                      [](const Candidate& one) { return !one.failed.empty(); });
  const auto trials = std::count_if(data.leaderboard.begin(), data.leaderboard.end(),
                                    [](const Candidate& one) { return one.trial >= 0; });
  return fmt::format("{} trials{}, to {}", trials, failures > 0 ? fmt::format(" ({} failed)", failures) : "",
                     data.objective_text);
}

std::string protocol_text(const Data& data) {
  int64_t test = 0, development = 0, folds = 0;
  for (const report::Part& part : data.parts) {
    if (part.name == "test") test = part.rows;
    if (part.name == "outside the test part") development = part.rows;
    folds += part.name.starts_with("validation");
  }
  return fmt::format("{} rows to learn from, {} kept aside for the test, {} validation {}", report::count(development),
                     report::count(test), folds, folds == 1 ? "part" : "folds");
}

std::string test_text(const Data& data) {
  if (data.test_scores.empty()) return "closed: " + data.test_sealed_because;
  std::string text = scores_text(data.test_scores, 3);
  if (data.comparison)
    text += fmt::format("; {} than the baseline ({})", data.comparison->beats ? "better" : "not shown to be better",
                        report::p_value(data.comparison->p_value));
  return text;
}

}  // namespace

std::string story(const Data& data, const std::string& report_path) {
  std::string text = "\n" + (data.title.empty() ? data.workflow : data.title) + "\n";
  text += line("data", data_text(data)) + line("protocol", protocol_text(data)) + line("search", search_text(data));
  if (const Candidate* baseline = find(data, false))
    text += line("baseline", fmt::format("{}: {} {}", baseline->name, baseline->objective.metric,
                                         report::number(baseline->objective.value)));
  if (const Candidate* winner = find(data, true))
    text += line("best", fmt::format("{}: {} {} out of fold; {}", winner->name, winner->objective.metric,
                                     report::number(winner->objective.value), winner->settings));
  text += line("test", test_text(data));
  for (const report::Outcome& outcome : data.outcomes) text += line("", outcome.text);
  for (const report::Built& built : data.built)
    text += line("built", fmt::format("{} for {}: {}, {} rows answered alike ({})", built.path, built.target,
                                      report::bytes(built.bytes), report::count(built.verified_rows), built.how));
  for (const std::string& unmet : data.unmet) text += line("not met", unmet);
  return text + line("report", report_path);
}

}  // namespace mlw::tool
