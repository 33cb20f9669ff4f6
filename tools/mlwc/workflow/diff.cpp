#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/plan/compare_workflows.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/setting_place.h"

namespace mlw::tool {
namespace {

using Reach = WorkflowDifference::Reach;

struct Arguments {
  std::string before, after;
};

/// A workflow, and what would be done for it.
struct Planned {
  std::unique_ptr<OpenedWorkflow> opened;
  std::unique_ptr<mlw::Session> work;
};

std::optional<Planned> plan(Session& session, const std::string& path, const std::string& folder) {
  Planned planned{open_workflow(path, Unbuilt::refused, folder), nullptr};
  if (!planned.opened->sound()) {
    session.report(planned.opened->diagnostics, planned.opened->sources);
    return std::nullopt;
  }
  const OpenedWorkflow& opened = *planned.opened;
  planned.work = std::make_unique<mlw::Session>(opened.workflow, *opened.store, session_options(opened, 0));
  plan_run(*planned.work, plan_inputs(opened.workflow, opened.files), profile_rules(opened, nullptr));
  return planned;
}

/// What the file says there, on one line; empty when it says nothing of it.
std::string said(const OpenedWorkflow& opened, const std::string& part, std::string& place) {
  SourceRange range = setting_place(opened.file, part);
  if (!range.valid()) return "";
  for (const syntax::Item& item : opened.file.items)
    if (const auto* block = std::get_if<syntax::Block>(&item.node); block && block->kind.range.begin == range.begin)
      range = item.range;
  const auto position = opened.sources.position(range.file, range.begin);
  place = fmt::format("{}:{}", opened.sources[range.file].path, position.line);
  std::string text;
  for (const char c : opened.sources[range.file].text.substr(range.begin, range.end - range.begin))
    if (c != '\n' && c != '\r' && (c != ' ' || text.empty() || text.back() != ' ')) text += c;
  return text;
}

/// One change as the two files tell it. Changes at one place are one.
struct Told {
  std::string part, before, after, place;
  bool operator==(const Told&) const = default;
};

/// The texts of metrics, definitions and artefacts change with these.
bool follows_from_another(const Change& change, const WorkflowDifference& difference) {
  constexpr std::pair<std::string_view, std::string_view> causes[] = {{"texts/metrics", "metrics"},
                                                                      {"texts/definitions", "prepare"},
                                                                      {"texts/deploy", "deploy"},
                                                                      {"texts/require", "task"}};
  return std::any_of(std::begin(causes), std::end(causes), [&](const auto& one) {
    return change.part.starts_with(one.first) &&
           std::any_of(difference.settings.begin(), difference.settings.end(),
                       [&](const Change& other) { return other.part.starts_with(one.second); });
  });
}

std::vector<Told> told(const WorkflowDifference& difference, const OpenedWorkflow& before,
                       const OpenedWorkflow& after) {
  std::vector<Told> list;
  for (const Change& change : difference.settings) {
    if (follows_from_another(change, difference)) continue;
    std::string old_place, new_place;
    Told one{change.part, said(before, change.part, old_place), said(after, change.part, new_place), ""};
    one.place = new_place.empty() ? old_place : new_place;
    // A setting that neither file says otherwise follows from another, or from the data.
    if (one.before == one.after) {
      one.before = change.before;
      one.after = change.after;
    }
    const bool known = std::any_of(list.begin(), list.end(), [&](const Told& other) {
      return other.before == one.before && other.after == one.after && other.place == one.place;
    });
    if (!known) list.push_back(std::move(one));
  }
  return list;
}

std::string_view name(Reach reach) {
  constexpr std::string_view names[] = {"nothing", "report", "delivery", "choice", "candidates", "judgement"};
  return names[static_cast<size_t>(reach)];
}

std::string meaning(const WorkflowDifference& difference) {
  switch (difference.reach) {
    case Reach::nothing:
      return "Nothing changes: the two files mean the same.";
    case Reach::report:
      return "Only the report shows it: no score changes and nothing is trained again.";
    case Reach::delivery:
      return "Scores stay as they are, and nothing is trained again: artefacts and what is required of them change.";
    case Reach::choice:
      return difference.other_measure
                 ? "Scores are no longer comparable: success is measured otherwise. No model is fitted again; the "
                   "choice "
                   "among them is made anew."
                 : "Scores of the objective stay comparable, and no model is fitted again; what they are compared with "
                   "or watched by changes.";
    case Reach::candidates:
      return difference.other_measure
                 ? "Scores are no longer comparable: success is measured otherwise; other candidates compete, too."
                 : "Scores stay comparable: other candidates compete on the same rows by the same measure.";
    case Reach::judgement:
      return "Scores are no longer comparable: other rows, or another target, are learnt from and judged.";
  }
  return "";
}

std::string work_text(const WorkflowDifference& difference) {
  std::string again, kept;
  for (const WorkflowDifference::Work& work : difference.work) {
    std::string& list = work.again > 0 ? again : kept;
    list += (list.empty() ? "" : ", ") + work.stage;
    if (work.again > 0 && work.again < work.total) list += fmt::format(" ({} of {})", work.again, work.total);
  }
  return (again.empty() ? "" : "done again:   " + again + "\n") + (kept.empty() ? "" : "stays:        " + kept + "\n");
}

/// A model that is chosen and fitted again is another version: the test part was not meant for it.
bool opens_test_again(const WorkflowDifference& difference) {
  return std::any_of(difference.work.begin(), difference.work.end(),
                     [](const auto& work) { return work.stage == "final" && work.again > 0; });
}

std::string text_of(const WorkflowDifference& difference, const std::vector<Told>& list) {
  std::string text;
  for (const Told& one : list) {
    text += (one.place.empty() ? one.part : one.place) + "\n";
    if (!one.before.empty()) text += "  - " + one.before + "\n";
    if (!one.after.empty()) text += "  + " + one.after + "\n";
  }
  for (const std::string& file : difference.files) text += file + "\n  the data are others\n";
  if (!text.empty()) text += "\n";
  text += meaning(difference) + "\n";
  if (difference.reach == Reach::nothing) return text;
  text += work_text(difference);
  if (opens_test_again(difference))
    text +=
        "The winner may be another: if the test part has been opened, this is another look at it "
        "(`mlwc run --open-test`), and it is counted.\n";
  return text;
}

std::string json_of(const WorkflowDifference& difference, const std::vector<Told>& list) {
  nlohmann::ordered_json changes = nlohmann::ordered_json::array(), work = nlohmann::ordered_json::array();
  for (const Told& one : list)
    changes.push_back({{"part", one.part}, {"before", one.before}, {"after", one.after}, {"place", one.place}});
  for (const WorkflowDifference::Work& one : difference.work)
    work.push_back({{"stage", one.stage}, {"again", one.again}, {"total", one.total}});
  const bool comparable = difference.reach != Reach::judgement && !difference.other_measure;
  return nlohmann::ordered_json{{"reach", name(difference.reach)},
                                {"scores_comparable", comparable},
                                {"changes", changes},
                                {"files", difference.files},
                                {"work", work}}
             .dump(2) +
         "\n";
}

int diff(Session& session, const Arguments& arguments) {
  try {
    // The earlier version often comes out of a repository, alone: its data are then where the later one's are.
    const std::optional<Planned> after = plan(session, arguments.after, "");
    const std::optional<Planned> before = plan(session, arguments.before, folder_of(arguments.after));
    if (!before || !after) return failed;
    const WorkflowDifference difference = compare_workflows({before->opened->workflow, before->work->graph()},
                                                            {after->opened->workflow, after->work->graph()});
    const std::vector<Told> list = told(difference, *before->opened, *after->opened);
    session.result(session.json ? json_of(difference, list) : text_of(difference, list));
  } catch (const Failure& failure) {
    return show_failure(session, failure, {});
  }
  return done;
}

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("BEFORE", arguments->before, "the earlier workflow file; - reads it from the standard input")
      ->required();
  app.add_option("AFTER", arguments->after, "the later workflow file; data of both are looked for beside it")
      ->required();
  return [arguments](Session& session) { return diff(session, *arguments); };
}

}  // namespace

extern const Command diff_command{"diff", "BEFORE AFTER",
                                  "mlwc diff old.mlw wine.mlw                    which scores stay comparable, what is "
                                  "done again\n"
                                  "git show HEAD:./wine.mlw | mlwc diff - wine.mlw   what the change since the last "
                                  "commit means",
                                  "Nothing is trained. What is compared is the meaning: comments, layout and the order "
                                  "of settings are no change.",
                                  declare};

}  // namespace mlw::tool
