#include "tools/mlwc/commands.h"

#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "tools/mlwc/workflow/module.h"

namespace mlw::tool {

extern const Command emit_command, explain_command, fmt_command;

namespace {

constexpr const Command* in_module = nullptr;

const Row rows[] = {
    {"new", "a starting workflow, written from what the data looks like", in_module},
    {"check", "parse, types, data schema, method rules; no training", in_module},
    {"plan", "the stage graph: what is there, what would run", in_module},
    {"run", "all of it; what has not changed is not done again", in_module},
    {"build", "the deployable artefacts", in_module},
    {"predict", "predictions of the winner for rows on the standard input", in_module},
    {"serve", "the REST server", in_module},
    {"monitor", "drift, audit, A/B tests; the exit status says whether to retrain", in_module},
    {"annotate", "the labelling page", in_module},
    {"report", "the report as one HTML file", in_module},
    {"explain", "a diagnostic, block, setting or function in detail", &explain_command},
    {"fmt", "one layout for workflow files", &fmt_command},
    {"lsp", "the language server", in_module},
    {"emit", "what the compiler made of a file", &emit_command},
    {"diff", "what a change of the file means", in_module},
    {"cache", "checks the stored results, or removes those that nothing uses", in_module},
    {"why", "why a stage would run again; where a number comes from", in_module},
};

/// `libmlw_workflow.so` beside the running program.
std::string module_path() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  const std::string program(path, length > 0 ? static_cast<size_t>(length) : 0);
  return program.substr(0, program.rfind('/') + 1) + "libmlw_workflow.so";
}

}  // namespace

std::span<const Row> all_rows() { return rows; }

const Row* find_row(std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

void* find_in_module(const char* function) {
  const std::string path = module_path();
  void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) fail(kinds::module_not_loaded, {{"reason", dlerror()}});
  void* found = dlsym(module, function);
  if (found == nullptr) fail(kinds::module_not_loaded, {{"reason", path + " is of another version"}});
  return found;
}

const Command& load_command(const Row& row) {
  const Command* command = row.command;
  if (command == nullptr)
    command = reinterpret_cast<FindCommand*>(find_in_module(workflow_command_entry))(std::string(row.name).c_str());
  if (command == nullptr) fail(kinds::command_not_built, {{"command", std::string(row.name)}});
  return *command;
}

std::string nearest_command(std::string_view name) {
  std::vector<std::string> names{"help"};
  for (const Row& row : rows) names.emplace_back(row.name);
  return std::string(nearest_name(name, names));
}

}  // namespace mlw::tool
