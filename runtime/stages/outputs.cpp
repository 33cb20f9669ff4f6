#include "runtime/stages/outputs.h"

#include <unistd.h>

#include "runtime/report/report.h"
#include "runtime/stages/chosen.h"
#include "runtime/store/file.h"

namespace mlw {
namespace {

/// Whether something was written.
bool put(const std::string& path, const std::string& bytes, bool executable = false) {
  if (read_file(path) == bytes) return false;
  write_file(path, bytes, {.mode = executable ? 0755U : 0644U});
  return true;
}

}  // namespace

std::vector<std::string> write_artefacts(Session& session, const std::vector<int>& builds) {
  std::vector<std::string> paths;
  const StageGraph& graph = session.graph();
  for (const int stage : builds) {
    const Deployment& deployment =
        session.workflow().deploy.at(static_cast<size_t>(graph.stages[static_cast<size_t>(stage)].deployment));
    const std::string folder = session.options().output + "/" + deployment.name;
    make_folders(folder);
    for (const BuildResult::File& file : build_result(session.result(stage)).files) {
      put(folder + "/" + file.name, file.bytes, file.executable);
      paths.push_back(folder + "/" + file.name);
    }
  }
  return paths;
}

std::vector<std::string> write_outputs(Session& session, const report::Data& data, bool anew) {
  const std::string folder = session.options().output, page = folder + "/report.html", json = folder + "/report.json",
                    text = folder + "/report.md";
  make_folders(folder);
  const bool changed = put(json, report::to_json(data) + "\n");
  if (changed || anew || access(page.c_str(), F_OK) != 0) put(page, report::render_html(data));
  put(text, report::render_markdown(data));
  std::vector<std::string> paths = {page, json, text};
  for (std::string& path : write_artefacts(session, session.graph().all(StageKind::build)))
    paths.push_back(std::move(path));
  return paths;
}

}  // namespace mlw
