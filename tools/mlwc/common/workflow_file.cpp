#include "tools/mlwc/common/workflow_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/syntax/syntax.h"

namespace mlw::tool {
namespace {

using OpenFile = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// Looks around for the file that was meant.
std::string advice_for(const std::string& path) {
  const std::filesystem::path wanted(path);
  std::error_code fault;
  std::vector<std::string> names;
  const std::filesystem::path folder = wanted.has_parent_path() ? wanted.parent_path() : ".";
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault))
    if (names.size() < 10000) names.push_back(entry.path().filename().string());
  if (fault) return "the folder `" + folder.string() + "` cannot be read either";
  if (std::filesystem::exists(path + ".mlw", fault)) return "did you mean `" + path + ".mlw`?";
  const std::string_view near = nearest_name(wanted.filename().string(), names);
  if (near.empty()) return "see whether the name and the folder are right";
  return "did you mean `" + (wanted.has_parent_path() ? (folder / near).string() : std::string(near)) + "`?";
}

std::string read_all(std::FILE* file, const std::string& path) {
  std::string text;
  char buffer[1 << 16];
  for (size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, count);
  if (std::ferror(file) != 0) fail(kinds::unreadable_workflow_file, {{"path", path}, {"reason", std::strerror(errno)}});
  return text;
}

}  // namespace

std::string read_text(const std::string& path) {
  if (path == "-") return read_all(stdin, "the standard input");
  struct stat facts{};
  if (stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode))
    fail(kinds::unreadable_workflow_file, {{"path", path}, {"reason", "it is a folder"}});
  const OpenFile file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file) return read_all(file.get(), path);
  if (errno == ENOENT || errno == ENOTDIR)
    fail(kinds::no_such_workflow_file, {{"path", path}, {"help", advice_for(path)}});
  fail(kinds::unreadable_workflow_file, {{"path", path}, {"reason", std::strerror(errno)}});
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return path == "-" || folder.empty() ? "." : folder.string();
}

FileReader module_reader(const std::string& path) {
  return [folder = folder_of(path)](const std::string& module) -> std::optional<std::string> {
    const std::filesystem::path file = std::filesystem::path(folder) / module;
    std::error_code fault;
    if (!std::filesystem::is_regular_file(file, fault)) return std::nullopt;
    return read_text(file.string());
  };
}

syntax::File parse_file(const std::string& path, Sources& sources, Diagnostics& diagnostics) {
  const uint32_t file = sources.add({path == "-" ? "<standard input>" : path, read_text(path)});
  return syntax::parse(sources, file, diagnostics);
}

}  // namespace mlw::tool
