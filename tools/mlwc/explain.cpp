#include "compiler/semantics/explain.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/page.h"
#include "compiler/semantics/reference.h"
#include "tools/mlwc/common/command.h"

namespace mlw::tool {
namespace {

const char* word(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

std::string as_text(const Kind& kind, bool colour) {
  const Page page = page_of(kind);
  std::string head = fmt::format("{}[{}]", word(kind.severity), kind.code);
  if (colour) head = "\x1b[1m" + head + "\x1b[0m";
  std::string text = fmt::format("{}: {}\n", head, page.message);
  if (!page.reason.empty()) text += fmt::format("  = {}\n", page.reason);
  if (!page.help.empty()) text += fmt::format("  = help: {}\n", page.help);
  return text + fmt::format("\n{}\n", page.text);
}

std::string as_json(const Kind& kind) {
  const Page page = page_of(kind);
  nlohmann::ordered_json object;
  object["code"] = kind.code;
  object["severity"] = word(kind.severity);
  object["message"] = page.message;
  object["reason"] = page.reason;
  object["help"] = page.help;
  object["explain"] = page.text;
  object["wrong"] = page.wrong;
  object["right"] = page.right;
  return object.dump() + "\n";
}

std::string name_json(const std::string& name) {
  return nlohmann::ordered_json{{"name", name}, {"explain", explain_name(name)}}.dump() + "\n";
}

std::string as_json(const VocabularyEntry& entry) {
  nlohmann::ordered_json object;
  object["family"] = entry.family;
  object["name"] = entry.name;
  object["stage"] = entry.stage;
  object["example"] = entry.example;
  object["explain"] = explain_name(entry.name);
  return object.dump() + "\n";
}

/// Every page there is: diagnostics, then names.
int explain_all(Session& session) {
  std::string text;
  const auto add = [&](const std::string& page) { text += (text.empty() || session.json ? "" : "\n") + page; };
  for (const Kind* kind : all_kinds()) add(session.json ? as_json(*kind) : as_text(*kind, session.colour_results()));
  if (session.json)
    for (const VocabularyEntry& entry : vocabulary_entries()) add(as_json(entry));
  else
    for (const std::string& name : explained_names()) add(explain_name(name));
  session.result(text);
  return done;
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
    session.result(session.json ? name_json(name) : text);
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
  struct Options {
    std::string name;
    bool all = false, markdown = false;
  };
  auto options = std::make_shared<Options>();
  CLI::Option* name = app.add_option("NAME", options->name, "the code of a diagnostic, or a word of the language");
  CLI::Option* all = app.add_flag("--all", options->all, "every page there is")->excludes(name);
  app.add_flag("--markdown", options->markdown, "as the reference in docs/reference.md")->needs(all);
  app.final_callback([options] {
    if (options->name.empty() && !options->all)
      throw CLI::ValidationError("say what is to be explained: a NAME, or --all");
  });
  return [options](Session& session) {
    if (!options->all) return explain(options->name, session);
    if (!options->markdown) return explain_all(session);
    session.result(reference_markdown());
    return static_cast<int>(done);
  };
}

}  // namespace

extern const Command explain_command{
    "explain", "NAME | --all",
    "mlwc explain M203      what the diagnostic M203 means and what to do\n"
    "mlwc explain kfold     a block, setting, model, metric or function in detail\n"
    "mlwc explain metrics   all of a family: models, layers, metrics, functions …",
    "In the examples of diagnostics `customers.csv` holds people who may leave (`left`), a row each.", declare};

}  // namespace mlw::tool
