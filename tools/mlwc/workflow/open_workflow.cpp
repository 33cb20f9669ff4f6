#include "tools/mlwc/workflow/open_workflow.h"

#include <algorithm>

#include "compiler/diagnostics/kinds/search.h"
#include "compiler/diagnostics/kinds/types.h"
#include "compiler/semantics/semantics.h"
#include "runtime/data/reader.h"
#include "runtime/store/file.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/workflow/development_profile.h"
#include "tools/mlwc/workflow/stored_data.h"

namespace mlw::tool {
namespace {

Schema schema_of_block(OpenedWorkflow& opened, const std::vector<Data>& blocks, const std::string& block) {
  const auto files = hashed_files(*opened.store, blocks, block, opened.folder);
  Diagnostics found;
  if (!files) {  // then reading it says what is wrong
    Schema schema = infer_schema(blocks, block, opened.folder, {}, found);
    opened.diagnostics.append(found);
    return schema;
  }
  for (const PlanInputs::File& file : *files) {
    const auto same = [&](const PlanInputs::File& other) { return other.path == file.path; };
    if (std::none_of(opened.files.begin(), opened.files.end(), same)) opened.files.push_back(file);
  }
  const Key key = stored_schema_key(blocks, block, *files);
  if (std::optional<Schema> stored = load_schema(*opened.store, key, opened.diagnostics)) return *std::move(stored);
  Schema schema = infer_schema(blocks, block, opened.folder, {}, found);
  opened.diagnostics.append(found);
  if (!found.has_errors()) save_schema(*opened.store, opened.path, key, schema, found);
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

/// Diagnostics with the severity that parts which are not built have here.
Diagnostics judged(const Diagnostics& found, Unbuilt unbuilt) {
  Diagnostics list;
  for (Diagnostic diagnostic : found.all()) {
    if (diagnostic.kind == &kinds::not_built && unbuilt == Unbuilt::told) diagnostic.severity = Severity::warning;
    list.add(std::move(diagnostic));
  }
  return list;
}

/// Whether the rows could be looked at; what is wrong with them is reported.
bool look_at_balance(OpenedWorkflow& opened) {
  try {
    note_class_balance(opened.workflow, development_profile(opened), opened.schemas);
    return true;
  } catch (const Failure& failure) {
    if (failure.diagnostic.kind == &kinds::interrupted) throw;
    opened.diagnostics.add(failure.diagnostic);
    return false;
  }
}

}  // namespace

std::string output_of(const std::string& path) {
  const std::string stem = path == "-" ? "workflow" : path.ends_with(".mlw") ? path.substr(0, path.size() - 4) : path;
  return stem + ".out";
}

std::unique_ptr<OpenedWorkflow> open_workflow(const std::string& path, Unbuilt unbuilt, const std::string& folder) {
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
  opened->workflow = analyse(opened->file, {}, opened->sources, modules, of_text);
  of_text = judged(of_text, unbuilt);
  if (of_text.has_errors() || !opened->readable()) {
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
  const auto analyse_rows = [&] {
    Diagnostics found;
    opened->workflow = analyse(opened->file, opened->schemas, opened->sources, modules, found);
    return judged(found, unbuilt);
  };
  Diagnostics found = analyse_rows();
  if (!found.has_errors() && asks_for_class_balance(opened->file, opened->workflow) && look_at_balance(*opened))
    found = analyse_rows();
  opened->diagnostics.append(found);
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
