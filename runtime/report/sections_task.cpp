// What was asked and what came out: the part of the report that a stakeholder reads.
#include <fmt/format.h>

#include "runtime/report/page.h"
#include "runtime/report/text.h"

namespace mlw::report {
namespace {

const Candidate* winner(const Data& data) {
  for (const Candidate& candidate : data.leaderboard)
    if (candidate.winner) return &candidate;
  return nullptr;
}

std::string card(std::string_view kind, std::string_view name, std::string_view value, std::string_view note) {
  return fmt::format(
      "<div class=\"card {}\"><div class=\"name\">{}</div><div class=\"value\">{}</div><div "
      "class=\"note\">{}</div></div>\n",
      kind, escape(name), escape(value), escape(note));
}

std::string score_note(const Score& score) {
  std::string note = interval(score);
  if (!note.empty()) note = (score.descriptive ? "over folds " : "95 % interval ") + note;
  if (score.rough) note += note.empty() ? "few rows: rough" : ", rough: few rows";
  return note;
}

}  // namespace

void write_summary(Page& page, const Data& data) {
  page.section("summary", "In short");
  page.html("<div class=\"cards\">\n");
  if (!data.test_scores.empty()) {
    const Score& score = data.test_scores.front();
    page.html(card("", score.metric + " on the test part",
                   number(score.value) + (score.unit.empty() ? "" : " " + score.unit), score_note(score)));
  } else if (!data.validation_scores.empty()) {
    const Score& score = data.validation_scores.front();
    page.html(card("", score.metric + " in validation", number(score.value), score_note(score)));
  }
  if (data.comparison) {
    const Comparison& comparison = *data.comparison;
    page.html(card(comparison.beats ? "good" : "bad", "against the baseline",
                   comparison.beats ? "beaten" : "not beaten",
                   fmt::format("{} better by {} ({} to {})", comparison.metric, number(comparison.difference),
                               number(comparison.low), number(comparison.high))));
  }
  if (const Candidate* best = winner(data)) page.html(card("", "the winner", best->name, best->settings));
  if (!data.unmet.empty())
    page.html(card("bad", "requirements", fmt::format("{} not met", data.unmet.size()), data.unmet.front()));
  if (!data.unmet.empty() || !data.requirements.empty()) {
    if (data.unmet.empty())
      page.html(card("good", "requirements", "all met", fmt::format("{} stated", data.requirements.size())));
  }
  page.html("</div>\n");
  if (!data.outcomes.empty()) {
    page.heading("What to expect");
    std::vector<Page::Row> rows;
    for (const Outcome& outcome : data.outcomes) rows.push_back({Page::text(outcome.what), Page::text(outcome.text)});
    page.table({Page::text(""), Page::text("with its 95 % interval")}, rows);
  }
  if (!data.milestones.empty()) {
    page.heading("The three milestones");
    for (const Milestone& milestone : data.milestones)
      page.html(
          fmt::format("<div class=\"milestone\"><span aria-hidden=\"true\">{}</span><div><b>{}</b> <span class=\"tag "
                      "{}\">{}</span><br><span "
                      "class=\"quiet\">{}</span></div></div>\n",
                      milestone.reached ? "✓" : "✗", escape(milestone.name), milestone.reached ? "good" : "bad",
                      milestone.reached ? "reached" : "not reached", escape(milestone.evidence)));
  }
  if (!data.test_sealed_because.empty()) page.quiet("The test part stays sealed: " + data.test_sealed_because);
}

void write_task(Page& page, const Data& data) {
  page.section("task", "The task");
  std::string sentence = fmt::format("Predict {} ({})", data.target, data.task_kind);
  if (!data.positive.empty()) sentence += fmt::format(", the positive class being {}", data.positive);
  page.html(fmt::format("<p class=\"lead\">{}.</p>\n", escape(sentence)));
  if (!data.documentation.empty()) page.paragraph(data.documentation);
  if (!data.because.empty()) page.paragraph(data.because);
  if (!data.objective_text.empty()) page.paragraph("Choices are made by: " + data.objective_text + ".");
  if (!data.requirements.empty()) {
    page.heading("Constraints");
    std::vector<Page::Row> rows;
    for (const std::string& requirement : data.requirements) {
      std::string unmet;
      for (const std::string& text : data.unmet)
        if (text.find(requirement) != std::string::npos) unmet = text;
      rows.push_back({Page::markup("<code>" + escape(requirement) + "</code>"),
                      Page::markup(unmet.empty() ? "<span class=\"tag good\">met</span>"
                                                 : "<span class=\"tag bad\">not met</span> " + escape(unmet))});
    }
    page.table({Page::text("required"), Page::text("")}, rows);
  }
}

}  // namespace mlw::report
