#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/syntax/literals.h"
#include "runtime/data/reader.h"
#include "runtime/store/file.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/workflow/starting_workflow.h"

namespace mlw::tool {
namespace {

struct Options {
  std::string name, data, target;
};

/// How the rows of a file are stored, by its ending. A Failure (R408) when that does not tell.
DataSource::Form form_of(const std::filesystem::path& path) {
  std::filesystem::path plain = path.filename();
  const bool packed = plain.extension() == ".gz";
  if (packed) plain = plain.stem();
  const std::string ending = plain.extension().string();
  if (ending == ".csv" || ending == ".tsv" || ending == ".txt") return DataSource::Form::csv;
  if (!packed && ending == ".parquet") return DataSource::Form::parquet;
  if (!packed && (ending == ".json" || ending == ".jsonl" || ending == ".ndjson")) return DataSource::Form::json;
  fail(kinds::form_unknown, {{"path", path.string()}});
}

std::string_view word(DataSource::Form form) {
  return form == DataSource::Form::parquet ? "parquet" : form == DataSource::Form::json ? "json" : "csv";
}

std::string workflow_for(const Options& options, const std::filesystem::path& file, Session& session, bool& sound) {
  StartingPoint point{file.stem().string(), R"(csv("rows.csv"))", options.data, options.target};
  if (options.data.empty()) return starting_sketch(point);
  Data block;
  block.source.form = form_of(options.data);
  const bool absolute = std::filesystem::path(options.data).is_absolute();
  block.name = "the data";  // in messages; the file written names no block
  block.source.path =
      absolute ? options.data : std::filesystem::proximate(options.data, folder_of(file.string())).string();
  point.source = std::string(word(block.source.form)) + "(" + syntax::quoted(block.source.path) + ")";
  Diagnostics diagnostics;
  const Schema schema = infer_schema({block}, block.name, folder_of(file.string()), ReadOptions{}, diagnostics);
  sound = session.report(diagnostics, Sources()) == done;
  return schema.columns.empty() ? "" : starting_workflow(point, schema);
}

int make(const Options& options, Session& session) {
  std::filesystem::path file = options.name;
  if (file.extension() != ".mlw") file += ".mlw";
  std::error_code fault;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, fault)))
    fail(kinds::file_exists, {{"path", file.string()}});
  bool sound = true;
  const std::string text = workflow_for(options, file, session, sound);
  if (text.empty()) return failed;
  write_file(file.string(), text);
  // Faults of single values are mended in the workflow: it says what means missing, or what kind a column is.
  session.message("wrote " + file.string() +
                  "; next: " + (sound ? "mlwc check " + file.string() : "mend in it what is said above") + "\n");
  return sound ? done : failed;
}

Action declare(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("NAME", options->name, "the workflow's name; the file is NAME.mlw")->required();
  app.add_option("--from", options->data, "the data to look at: csv, parquet or json")->type_name("FILE");
  app.add_option("--predict", options->target, "the column to be predicted")->type_name("COLUMN");
  return [options](Session& session) { return make(*options, session); };
}

}  // namespace

extern const Command new_command{
    "new", "NAME",
    "mlwc new wine --from winequality.csv                     a workflow from what the data look like\n"
    "mlwc new wine --from winequality.csv --predict quality   the same, the target named\n"
    "mlwc new wine                                            a sketch to be filled in",
    "A file that is there is never replaced.", declare};

}  // namespace mlw::tool
