#include <sys/stat.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <memory>

#include "compiler/syntax/syntax.h"
#include "runtime/store/file.h"
#include "tools/mlwc/common/command.h"
#include "tools/mlwc/common/workflow_file.h"
#include "tools/mlwc/line_diff.h"

namespace mlw::tool {
namespace {

struct Options {
  std::vector<std::string> paths;
  bool check = false;
  bool diff = false;
};

/// Puts the new text in the place of the old one, keeping its rights; a link keeps pointing at its file.
void replace(const std::string& path, const std::string& text) {
  const std::string target = std::filesystem::canonical(path).string();
  struct stat facts{};
  const unsigned mode = stat(target.c_str(), &facts) == 0 ? facts.st_mode & 0777u : 0644u;
  write_file(target, text, {.mode = mode});
}

int format_one(const std::string& path, const Options& options, Session& session) {
  Sources sources;
  Diagnostics diagnostics;
  const syntax::File file = parse_file(path, sources, diagnostics);
  if (session.report(diagnostics, sources) != done) return failed;
  const std::string& before = sources[0].text;
  const std::string after = syntax::formatted(file, sources);
  if (options.diff) session.result(line_diff(sources[0].path, before, after));
  if (options.check && !options.diff && before != after) session.result(sources[0].path + "\n");
  if (options.check || options.diff) return before == after ? done : failed;
  if (path == "-") {
    session.result(after);
  } else if (before != after) {
    replace(path, after);
    session.message("formatted " + path + "\n");
  }
  return done;
}

int format_all(const Options& options, Session& session) {
  int status = done;
  for (const std::string& path : options.paths) {
    try {
      status = std::max(status, format_one(path, options, session));
    } catch (const Failure& failure) {  // the other files are still formatted
      Diagnostics diagnostics;
      diagnostics.add(failure.diagnostic);
      status = std::max(status, session.report(diagnostics, Sources()));
    }
  }
  return status;
}

Action declare(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->paths, "workflow files, `-` for the standard input")->required();
  app.add_flag("--check", options->check, "write nothing; name the files that would change, with exit status 1");
  app.add_flag("--diff", options->diff, "write nothing; show what would change, with exit status 1");
  return [options](Session& session) { return format_all(*options, session); };
}

}  // namespace

extern const Command fmt_command{"fmt", "FILE…",
                                 "mlwc fmt wine.mlw           give a file its layout\n"
                                 "mlwc fmt --check *.mlw      name the files that have another\n"
                                 "mlwc fmt --diff wine.mlw    show what would change\n"
                                 "mlwc fmt - < wine.mlw       from the standard input to the standard output",
                                 "A file with mistakes is left alone. There is one layout and no option to change it.",
                                 declare};

}  // namespace mlw::tool
