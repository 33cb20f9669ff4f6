#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/plan/plan_view.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/origin.h"
#include "tools/mlwc/workflow/running.h"
#include "tools/mlwc/workflow/setting_place.h"

namespace mlw::tool {
namespace {

struct Arguments {
  std::string path, asked;
  size_t line = 0;  ///< of the file, when it was given as FILE:LINE
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

bool is_stage(const StageGraph& graph, const std::string& text) { return graph.find(text) >= 0; }

bool looks_like_number(const std::string& text) {
  return text.find_first_of("0123456789") != std::string::npos &&
         text.find_first_not_of("0123456789.,eE+-% \u2212\u2009\u202f\u00a0") == std::string::npos;
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : ", ") + one;
  return text;
}

/// Where a number of the report comes from.
int why_number(Session& session, mlw::Session& work, const OpenedWorkflow& opened, const std::string& number) {
  const StageGraph& graph = work.graph();
  const Stage& report = graph.stages[static_cast<size_t>(graph.find(StageKind::report))];
  if (!work.exists(report)) fail(kinds::no_report_yet, {{"path", opened.path}});
  const report::Data data = report::from_json(work.store().load(report.key).value().timings);
  const std::vector<ShownNumber> found = find_numbers(data, number);
  if (found.empty()) fail(kinds::no_such_number, {{"number", number}});
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  std::string text;
  // Numbers that one stage made come the same way.
  for (size_t i = 0; i < found.size(); ++i) {
    const bool told = std::any_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(i),
                                  [&](const ShownNumber& other) { return other.stage == found[i].stage; });
    if (told) continue;
    std::vector<std::string> what;
    for (const ShownNumber& other : found)
      if (other.stage == found[i].stage) what.push_back(other.what);
    for (const std::string& one : what) text += number + " is " + one + "\n";
    nlohmann::ordered_json stages = nlohmann::ordered_json::array();
    for (const Origin& origin : origins_of(opened, graph, found[i].stage)) {
      text += fmt::format("  {:<10} {}\n", origin.stage, origin.meaning);
      for (const std::string& place : origin.places) text += fmt::format("  {:<10} {}\n", "", place);
      stages.push_back({{"stage", origin.stage}, {"places", origin.places}});
    }
    list.push_back({{"what", what}, {"stages", stages}});
  }
  session.result(session.json ? list.dump(2) + "\n" : text);
  return done;
}

/// What rests on a line of the file.
int why_line(Session& session, const StageGraph& graph, const OpenedWorkflow& opened, size_t line) {
  const Reliance reliance = reliance_on(opened, graph, line);
  if (reliance.setting.empty()) fail(kinds::nothing_at_line, {{"place", fmt::format("{}:{}", opened.path, line)}});
  if (session.json) {
    session.result(
        nlohmann::ordered_json{{"setting", reliance.setting}, {"reads", reliance.reads}, {"rests", reliance.rests}}
            .dump(2) +
        "\n");
    return done;
  }
  session.result(reliance.setting + "\n  read by      " + joined(reliance.reads) + "\n" +
                 (reliance.rests.empty() ? "" : "  rests on it  " + joined(reliance.rests) + "\n"));
  return done;
}

int why(Session& session, const Arguments& arguments) {
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(arguments.path);
  session.report(opened->diagnostics, opened->sources);
  if (!opened->sound()) return failed;
  try {
    mlw::Session work(opened->workflow, *opened->store, session_options(*opened, 0));
    plan_run(work, plan_inputs(opened->workflow, opened->files), profile_rules(*opened, nullptr));
    if (arguments.line > 0) return why_line(session, work.graph(), *opened, arguments.line);
    if (!is_stage(work.graph(), arguments.asked) && looks_like_number(arguments.asked))
      return why_number(session, work, *opened, arguments.asked);
    std::vector<std::string> present;
    for (const int index : stages_named(work.graph(), arguments.asked)) {
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
        present.push_back(stage.name);
        continue;
      }
      std::string text = "`" + stage.name + "` would run:\n";
      for (const Told& told : told_once(reasons)) text += "  " + reason_text(told, *opened);
      if (reasons.empty()) text += "  its result is no longer in the store\n";
      session.result(text);
    }
    if (present.size() == 1) session.result("`" + present[0] + "` is there and would not run again\n");
    if (present.size() > 1)
      session.result(fmt::format("{} stages, `{}` to `{}`, are there and would not run again\n", present.size(),
                                 present.front(), present.back()));
  } catch (const Failure& failure) {
    return show_failure(session, failure, opened->sources);
  }
  return done;
}

/// `wine.mlw:18`: a line of a file, unless there is a file of that name.
void take_line(Arguments& arguments) {
  const size_t colon = arguments.path.rfind(':');
  if (colon == std::string::npos || std::filesystem::exists(arguments.path)) return;
  const char* end = arguments.path.data() + arguments.path.size();
  size_t line = 0;
  const auto read = std::from_chars(arguments.path.data() + colon + 1, end, line);
  if (read.ec != std::errc() || read.ptr != end || line == 0) return;
  arguments.line = line;
  arguments.path.resize(colon);
}

Action declare(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("FILE", arguments->path, "a workflow file, or a line of it as FILE:LINE")->required();
  app.add_option(
      "WHAT", arguments->asked,
      "a stage as `mlwc plan FILE` names it, such as split, search, \"trial 3, fold 1\", \"build gateway\"; or "
      "a number as the report shows it");
  app.callback([arguments] {
    take_line(*arguments);
    if (arguments->line == 0 && arguments->asked.empty()) throw CLI::RequiredError("WHAT");
  });
  return [arguments](Session& session) { return why(session, *arguments); };
}

}  // namespace

extern const Command why_command{"why", "FILE WHAT",
                                 "mlwc why wine.mlw search            what changed since it was last done\n"
                                 "mlwc why wine.mlw \"build analyser\"  the same for one artefact\n"
                                 "mlwc why wine.mlw 0.9649            the stages and lines that a number of the report "
                                 "comes from\n"
                                 "mlwc why wine.mlw:18                what rests on a line of the file",
                                 "The present key of the stage is compared with the one it was last done under, back "
                                 "to the stage where the change began.",
                                 declare};

}  // namespace mlw::tool
