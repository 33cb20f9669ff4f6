#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/plan/plan_view.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/setting_place.h"

namespace mlw::tool {
namespace {

struct Arguments {
  std::string path, stage;
};

/// One reason why a stage would run, at the stage where it begins.
struct Reason {
  std::string stage;
  Change change;
};

/// Many trials change for one reason: it is told once, with how many stages it concerns.
struct Told {
  Reason reason;
  int stages = 1;
};
std::vector<Told> told_once(const std::vector<Reason>& reasons) {
  std::vector<Told> list;
  for (const Reason& reason : reasons) {
    const auto same = [&](const Told& told) {
      const Change &a = told.reason.change, &b = reason.change;
      // What is drawn for trials changes together.
      const bool drawn = told.reason.stage.starts_with("trial ") && reason.stage.starts_with("trial ");
      return a.part == b.part && !a.part.empty() && (drawn || (a.before == b.before && a.after == b.after));
    };
    const auto found = std::find_if(list.begin(), list.end(), same);
    if (found == list.end())
      list.push_back({reason});
    else
      found->stages += 1;
  }
  return list;
}

/// Follows changed inputs back to where something else than an input changed.
void find_reasons(mlw::Session& work, int index, std::vector<Reason>& reasons, std::vector<bool>& seen) {
  if (seen[static_cast<size_t>(index)]) return;
  seen[static_cast<size_t>(index)] = true;
  const Stage& stage = work.graph().stages[static_cast<size_t>(index)];
  const std::optional<Key> before = work.store().remembered(work.workflow().name, stage.name);
  if (!before) {
    reasons.push_back({stage.name, {"", "", "", {}}});
    return;
  }
  for (const Change& change : compare_keys(*before, stage.key)) {
    constexpr std::string_view prefix = "input: ";
    const int input =
        change.part.starts_with(prefix) ? work.graph().find(std::string_view(change.part).substr(prefix.size())) : -1;
    if (input >= 0 && !change.before.empty())
      find_reasons(work, input, reasons, seen);
    else
      reasons.push_back({stage.name, change});
  }
}

/// What the rules said and the count of looks follow from the rest: they are a reason only when there is no other.
void leave_out_consequences(std::vector<Reason>& reasons) {
  const auto follows = [](const Reason& reason) {
    return reason.change.part == "checks" || reason.change.part == "test part";
  };
  if (!std::all_of(reasons.begin(), reasons.end(), follows)) std::erase_if(reasons, follows);
}

std::string shortened(const std::string& value) { return value.size() > 80 ? value.substr(0, 77) + "…" : value; }

std::string reason_text(const Told& told, const OpenedWorkflow& opened) {
  const Reason& reason = told.reason;
  const Change& change = reason.change;
  if (change.part.empty()) return "`" + reason.stage + "` was never done under this name\n";
  std::string text = "`" + reason.stage + "`: " + change.part;
  if (change.part == "code")
    text = "`" + reason.stage + "`: it was done by another version of mlwc";
  else if (change.before.empty())
    text += " is new: " + shortened(change.after);
  else if (change.after.empty())
    text += " is gone; it was " + shortened(change.before);
  else
    text += " was " + shortened(change.before) + ", is " + shortened(change.after);
  if (told.stages > 1)
    text += " (and so for " + std::to_string(told.stages - 1) + (told.stages == 2 ? " stage more)" : " stages more)");
  const SourceRange place = change.range.valid() ? change.range : setting_place(opened.file, change.part);
  if (place.valid())
    text += "\n  " + opened.sources[place.file].path + ":" +
            std::to_string(opened.sources.position(place.file, place.begin).line) + ": " +
            std::string(opened.sources.line(place.file, opened.sources.position(place.file, place.begin).line));
  return text + "\n";
}

std::string reasons_json(const std::string& stage, bool there, const std::vector<Reason>& reasons) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Reason& reason : reasons)
    list.push_back({{"stage", reason.stage},
                    {"part", reason.change.part},
                    {"before", reason.change.before},
                    {"after", reason.change.after}});
  return nlohmann::ordered_json{{"stage", stage}, {"cached", there}, {"reasons", list}}.dump() + "\n";
}

int why(Session& session, const Arguments& arguments) {
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(arguments.path);
  session.report(opened->diagnostics, opened->sources);
  if (!opened->sound()) return failed;
  try {
    mlw::Session work(opened->workflow, *opened->store, session_options(*opened, 0));
    plan_run(work, plan_inputs(opened->workflow, opened->files), profile_rules(*opened, nullptr));
    for (const int index : stages_named(work.graph(), arguments.stage)) {
      const Stage& stage = work.graph().stages[static_cast<size_t>(index)];
      const bool there = work.exists(stage);
      std::vector<Reason> reasons;
      std::vector<bool> seen(work.graph().stages.size(), false);
      if (!there) find_reasons(work, index, reasons, seen);
      leave_out_consequences(reasons);
      if (session.json) {
        session.result(reasons_json(stage.name, there, reasons));
        continue;
      }
      if (there) {
        session.result("`" + stage.name + "` is there and would not run again\n");
        continue;
      }
      std::string text = "`" + stage.name + "` would run:\n";
      for (const Told& told : told_once(reasons)) text += "  " + reason_text(told, *opened);
      if (reasons.empty()) text += "  its result is no longer in the store\n";
      session.result(text);
    }
  } catch (const Failure& failure) {
    return show_failure(session, failure, opened->sources);
  }
  return done;
}

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("FILE", arguments->path, "a workflow file")->required();
  app.add_option("STAGE", arguments->stage,
                 "a stage as `mlwc plan FILE` names it, such as split, search, \"trial 3, fold 1\", \"build gateway\"")
      ->required();
  return [arguments](Session& session) { return why(session, *arguments); };
}

}  // namespace

extern const Command why_command{"why", "FILE STAGE",
                                 "mlwc why wine.mlw search            what changed since it was last done\n"
                                 "mlwc why wine.mlw \"build analyser\"  the same for one artefact",
                                 "The present key of the stage is compared with the one it was last done under, back "
                                 "to the stage where the change began.",
                                 declare};

}  // namespace mlw::tool
