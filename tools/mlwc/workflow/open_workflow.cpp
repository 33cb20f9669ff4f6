#include "tools/mlwc/workflow/open_workflow.h"

#include <algorithm>

#include "compiler/semantics/semantics.h"
#include "runtime/data/reader.h"
#include "runtime/data/table_file.h"
#include "runtime/stages/blobs.h"
#include "runtime/stages/diagnostics_entry.h"
#include "runtime/stages/versions.h"
#include "runtime/store/file.h"
#include "tools/mlwc/common/workflow_file.h"

namespace mlw::tool {
namespace {

std::string output_of(const std::string& path) {
  const std::string stem = path == "-" ? "workflow" : path.ends_with(".mlw") ? path.substr(0, path.size() - 4) : path;
  return stem + ".out";
}

/// Hashes of the files that a block reads. False when one is not there: then reading it says what is wrong.
bool hash_files(OpenedWorkflow& opened, const std::vector<Data>& blocks, const std::string& block,
                std::vector<PlanInputs::File>& files) {
  for (const std::string& path : files_of(blocks, block, opened.folder)) {
    const std::optional<std::string> hash = opened.store->hash_input(path);
    if (!hash) return false;
    const bool below = path.starts_with(opened.folder + "/");
    files.push_back({below ? path.substr(opened.folder.size() + 1) : path, *hash});
  }
  return true;
}

Schema schema_of_block(OpenedWorkflow& opened, const std::vector<Data>& blocks, const std::string& block) {
  PlanInputs inputs;
  inputs.code = versions().code, inputs.duckdb = versions().duckdb;
  Diagnostics found;
  if (!hash_files(opened, blocks, block, inputs.files)) {
    Schema schema = infer_schema(blocks, block, opened.folder, {}, found);
    opened.diagnostics.append(found);
    return schema;
  }
  const Key key = schema_key(blocks, block, inputs);
  for (const PlanInputs::File& file : inputs.files) {
    const auto same = [&](const PlanInputs::File& other) { return other.path == file.path; };
    if (std::none_of(opened.files.begin(), opened.files.end(), same)) opened.files.push_back(file);
  }
  if (const std::optional<Entry> entry = opened.store->load(key)) {
    opened.diagnostics.append(parse_diagnostics(read_text(*entry, "diagnostics")));
    return parse_schema(entry->document);
  }
  Schema schema = infer_schema(blocks, block, opened.folder, {}, found);
  opened.diagnostics.append(found);
  if (found.has_errors()) return schema;
  Entry entry;
  entry.document = to_text(schema);
  add_blob(entry, "diagnostics", diagnostics_text(found));
  try {
    opened.store->save(key, entry);
    opened.store->remember("schemas of " + opened.path, block, key);
  } catch (const Failure&) {
    // Looking at a workflow needs no right to write; a run says what is wrong when it stores its first result.
  }
  return schema;
}

report::Check shown(const Diagnostic& diagnostic, const std::string& waived_because) {
  constexpr const char* severities[] = {"note", "warning", "error"};
  return {std::string(diagnostic.kind->code),
          severities[static_cast<int>(diagnostic.severity)],
          diagnostic.message,
          diagnostic.notes,
          diagnostic.help,
          waived_because};
}

}  // namespace

std::unique_ptr<OpenedWorkflow> open_workflow(const std::string& path, const std::string& folder) {
  auto opened = std::make_unique<OpenedWorkflow>();
  opened->path = path;
  opened->folder = folder.empty() ? folder_of(path) : folder;
  opened->output = output_of(path);
  opened->store = std::make_unique<Store>(opened->folder + "/.mlw/store");
  opened->file = parse_file(path, opened->sources, opened->diagnostics);
  if (!opened->sound()) return opened;
  // Mistakes of the text are told before any data are read: that may take long.
  const FileReader modules = module_reader(path);
  Diagnostics of_text;
  analyse(opened->file, {}, opened->sources, modules, of_text);
  if (of_text.has_errors()) {
    opened->diagnostics.append(of_text);
    return opened;
  }
  Diagnostics repeated;
  const std::vector<Data> blocks = analyse_data(opened->file, repeated);
  try {
    for (const Data& block : blocks) opened->schemas.push_back(schema_of_block(*opened, blocks, block.name));
  } catch (const Failure& failure) {
    opened->diagnostics.add(failure.diagnostic);
  }
  if (!opened->sound()) return opened;
  opened->workflow = analyse(opened->file, opened->schemas, opened->sources, modules, opened->diagnostics);
  if (!opened->sound()) return opened;
  Findings findings = check(Phase::text, {opened->workflow});
  opened->diagnostics.append(findings.open);
  opened->waived = std::move(findings.waived);
  return opened;
}

std::vector<report::Check> shown_checks(const Diagnostics& diagnostics, const std::vector<Waived>& waived) {
  std::vector<report::Check> checks;
  for (const Diagnostic& diagnostic : diagnostics.all()) checks.push_back(shown(diagnostic, ""));
  for (const Waived& one : waived) checks.push_back(shown(one.diagnostic, one.because));
  return checks;
}

}  // namespace mlw::tool
