#include "compiler/semantics/explain.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/kinds/command.h"
#include "tools/mlwc/common/command.h"

namespace mlw::tool {
namespace {

const char* word(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

std::string as_text(const Kind& kind, bool colour) {
  std::string head = fmt::format("{}[{}]", word(kind.severity), kind.code);
  if (colour) head = "\x1b[1m" + head + "\x1b[0m";
  std::string text = fmt::format("{}: {}\n", head, kind.sentence);
  if (!kind.reason.empty()) text += fmt::format("  = {}\n", kind.reason);
  if (!kind.help.empty() && kind.help != "{help}") text += fmt::format("  = help: {}\n", kind.help);
  return text + fmt::format("\n{}\n", kind.explain);
}

std::string as_json(const Kind& kind) {
  nlohmann::ordered_json object;
  object["code"] = kind.code;
  object["severity"] = word(kind.severity);
  object["sentence"] = kind.sentence;
  object["reason"] = kind.reason;
  object["help"] = kind.help;
  object["explain"] = kind.explain;
  return object.dump() + "\n";
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

int explain(const std::string& name, Session& session) {
  if (const Kind* kind = find_kind(upper(name))) {
    session.result(session.json ? as_json(*kind) : as_text(*kind, session.colour_results()));
    return done;
  }
  if (const std::string text = explain_name(name); !text.empty()) {
    session.result(session.json ? nlohmann::ordered_json{{"name", name}, {"explain", text}}.dump() + "\n" : text);
    return done;
  }
  std::vector<std::string> known = explained_names();
  for (const Kind* kind : all_kinds()) known.emplace_back(kind->code);
  std::string_view near = nearest_name(name, known);
  if (near.empty()) near = nearest_name(upper(name), known);
  fail(kinds::nothing_to_explain, {{"name", name},
                                   {"help", near.empty() ? "give a code such as M203, or a name such as kfold"
                                                         : "did you mean `" + std::string(near) + "`?"}});
}

Action declare(CLI::App& app) {
  auto name = std::make_shared<std::string>();
  app.add_option("NAME", *name, "the code of a diagnostic, or a word of the language")->required();
  return [name](Session& session) { return explain(*name, session); };
}

}  // namespace

extern const Command explain_command{"explain", "NAME",
                                     "mlwc explain M203      what the diagnostic M203 means and what to do\n"
                                     "mlwc explain kfold     a block, setting, model, metric or function in detail\n"
                                     "mlwc explain metrics   all of a family: models, layers, metrics, functions …",
                                     "", declare};

}  // namespace mlw::tool
