#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "compiler/checks/checks.h"
#include "compiler/diagnostics/characters.h"
#include "runtime/execute/cancellation.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/workflow/development_profile.h"
#include "tools/mlwc/workflow/running.h"

namespace mlw::tool {
namespace {

std::string padded(const std::string& text, int columns) {
  return text + std::string(static_cast<size_t>(std::max(1, columns + 2 - width(text))), ' ');
}

/// What every column was taken to be, and why.
std::string as_text(const Schema& schema) {
  std::string text =
      fmt::format("{}: {} rows, {} columns\n", schema.data == "data" ? schema.data : "data " + schema.data, schema.rows,
                  schema.columns.size());
  int widest = 0;
  for (const ColumnSchema& column : schema.columns) widest = std::max(widest, std::min(width(column.name), 40));
  for (const ColumnSchema& column : schema.columns) {
    const std::string kind = std::string(name(column.kind)) + (column.unit.empty() ? "" : " in " + column.unit);
    const std::string missing = column.missing > 0 ? fmt::format(", {} missing", column.missing) : "";
    text += fmt::format("  {}{}{}{}\n", padded(visible(column.name), widest), padded(kind, 8),
                        column.inferred ? column.reason : "declared", missing);
  }
  return text;
}

std::string as_json(const Schema& schema) {
  nlohmann::ordered_json object;
  object["data"] = schema.data;
  object["rows"] = schema.rows;
  object["columns"] = nlohmann::ordered_json::array();
  for (const ColumnSchema& column : schema.columns)
    object["columns"].push_back({{"name", column.name},
                                 {"kind", name(column.kind)},
                                 {"unit", column.unit},
                                 {"inferred", column.inferred},
                                 {"reason", column.reason},
                                 {"missing", column.missing},
                                 {"distinct", column.distinct}});
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int check_file(const std::string& path, Session& session) {
  catch_interrupts();
  const std::unique_ptr<OpenedWorkflow> opened = open_workflow(path, Unbuilt::told);
  for (const Schema& schema : opened->schemas)
    if (opened->sound()) session.result(session.json ? as_json(schema) : as_text(schema));
  if (session.report(opened->diagnostics, opened->sources) != done) return failed;
  if (!opened->readable()) return done;
  try {
    const Profile profile = development_profile(*opened);
    const Findings findings = mlw::check(Phase::profile, {opened->workflow, &profile});
    return session.report(findings.open, opened->sources);
  } catch (const Failure& failure) {
    return show_failure(session, failure, opened->sources);
  }
}

Action declare(CLI::App& app) {
  auto path = std::make_shared<std::string>();
  app.add_option("FILE", *path, "a workflow file, `-` for the standard input")->required();
  return [path](Session& session) { return check_file(*path, session); };
}

}  // namespace

extern const Command check_command{
    "check", "FILE",
    "mlwc check wine.mlw          what is wrong with a workflow, and what its columns are\n"
    "mlwc check wine.mlw --json   the same, one JSON object a line",
    "Nothing is trained. A text with mistakes is reported before any data are read; what the data look like is kept in "
    "`.mlw/store` beside the file, so that the next check is quick.",
    declare};

}  // namespace mlw::tool
