#include <fmt/format.h>

#include <cmath>

#include "runtime/report/report.h"
#include "runtime/report/text.h"

namespace mlw::report {
namespace {

std::string cell(std::string text) {
  for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text;
}

void scores(std::string& out, const std::vector<Score>& list) {
  out += "| metric | value | 95 % interval | method |\n|---|---|---|---|\n";
  for (const Score& score : list)
    out += fmt::format("| {} | {} | {} | {}{} |\n", cell(score.metric), number(score.value), interval(score),
                       cell(score.method),
                       score.descriptive ? " (descriptive)"
                       : score.rough     ? " (rough)"
                                         : "");
  out += "\n";
}

}  // namespace

std::string render_markdown(const Data& data) {
  std::string out = fmt::format("# {}\n\n", data.workflow);
  if (!data.title.empty()) out += data.title + "\n\n";
  out += fmt::format("{}, predicts `{}`, {} rows from `{}`.\n\n", data.task_kind, data.target, data.rows, data.source);
  if (!data.test_scores.empty()) {
    out += "## Test\n\n";
    scores(out, data.test_scores);
  } else if (!data.validation_scores.empty()) {
    out += "## Validation\n\n";
    scores(out, data.validation_scores);
  }
  if (data.comparison)
    out += fmt::format("Against {}: {} by {} of {} ({} to {}, {}).\n\n", data.comparison->baseline,
                       data.comparison->beats ? "better" : "not proven better", number(data.comparison->difference),
                       data.comparison->metric, number(data.comparison->low), number(data.comparison->high),
                       data.comparison->method);
  for (const std::string& unmet : data.unmet) out += "Not met: " + unmet + "\n\n";
  if (!data.leaderboard.empty()) {
    out += fmt::format("## Candidates\n\n| candidate | {} | settings |\n|---|---|---|\n",
                       cell(data.leaderboard.front().objective.metric));
    for (const Candidate& candidate : data.leaderboard)
      out += fmt::format("| {}{} | {} | {} |\n", cell(candidate.name), candidate.winner ? " (winner)" : "",
                         number(candidate.objective.value),
                         cell(candidate.failed.empty() ? candidate.settings : "failed: " + candidate.failed));
    out += "\n";
  }
  if (!data.checks.empty()) {
    out += "## Checks\n\n";
    for (const Check& check : data.checks)
      out += fmt::format("- {} {}: {}{}\n", check.severity, check.code, check.message,
                         check.waived_because.empty() ? "" : " (waived: " + check.waived_because + ")");
    out += "\n";
  }
  if (!data.built.empty()) {
    out += "## Built\n\n| deployment | target | file | size | verified rows |\n|---|---|---|---|---|\n";
    for (const Built& built : data.built)
      out += fmt::format("| {} | {} | {} | {} | {} |\n", cell(built.deployment), cell(built.target), cell(built.path),
                         bytes(built.bytes), built.verified_rows);
    out += "\n";
  }
  return out + fmt::format("To reproduce: `{}`, seed {}, mlwc {}.\n", data.command, data.seed, data.version);
}

}  // namespace mlw::report
