#include "runtime/data/source_files.h"
#include <fcntl.h>
#include <glob.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "compiler/diagnostics/kinds/reading.h"
#include "runtime/data/csv_source.h"

namespace mlw {
namespace {

bool is_pattern(const std::string& path) { return path.find_first_of("*?[") != std::string::npos; }

std::vector<std::string> expand(const std::string& pattern) {
  if (!is_pattern(pattern) || std::filesystem::exists(pattern)) return {pattern};
  glob_t found{};
  std::vector<std::string> files;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    for (size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
  globfree(&found);
  std::sort(files.begin(), files.end());
  return files;
}

/// Opens the file as a reader would; an explanation of what is wrong with it, empty when nothing is.
std::string why_unreadable(const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return "it is a folder";
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::strerror(errno);
  close(descriptor);
  return {};
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whether `word` stands in `text` with no letter or digit on either side.
bool mentions(const std::string& text, const std::string& word) {
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool before = at > 0 && is_word(text[at - 1]);
    const bool after = at + word.size() < text.size() && is_word(text[at + word.size()]);
    if (!before && !after) return true;
  }
  return false;
}

/// The word that ends at `end`, in lower case.
std::string word_before(const std::string& text, size_t end) {
  size_t begin = end;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  std::string word = text.substr(begin, end - begin);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return word;
}

size_t skip_spaces_back(const std::string& text, size_t at) {
  while (at > 0 && std::isspace(static_cast<unsigned char>(text[at - 1])) != 0) --at;
  return at;
}

/// Whether a string literal that begins at `quote` stands where a query names a file.
bool names_file(const std::string& query, size_t quote) {
  size_t at = skip_spaces_back(query, quote);
  if (at > 0 && (query[at - 1] == ',' || query[at - 1] == '[')) {
    at = query.rfind('[', at);
    if (at == std::string::npos) return false;
    at = skip_spaces_back(query, at);
  }
  if (at > 0 && query[at - 1] == '(') return word_before(query, skip_spaces_back(query, at - 1)).starts_with("read_");
  const std::string word = word_before(query, at);
  return word == "from" || word == "join";
}

/// Where the names of files stand in a query, without their quotes.
struct FileName {
  size_t begin = 0, end = 0;
};
std::vector<FileName> file_names(const std::string& query) {
  std::vector<FileName> names;
  for (size_t quote = query.find('\''); quote != std::string::npos;) {
    const size_t end = query.find('\'', quote + 1);
    if (end == std::string::npos) break;
    if (names_file(query, quote)) names.push_back({quote + 1, end});
    quote = query.find('\'', end + 1);
  }
  return names;
}

}  // namespace

std::string resolve_path(const std::string& path, const std::string& folder) {
  const std::filesystem::path given(path);
  if (given.is_absolute() || folder.empty()) return given.lexically_normal().string();
  return (std::filesystem::path(folder) / given).lexically_normal().string();
}

std::vector<std::string> find_files(const Data& data, const std::string& folder, Diagnostics& diagnostics) {
  std::vector<std::string> files = expand(resolve_path(data.source.path, folder));
  std::error_code ignored;
  if (files.empty() ||
      (files.size() == 1 && !std::filesystem::exists(std::filesystem::symlink_status(files[0], ignored)))) {
    diagnostics.report(kinds::file_missing, data.source.range, {{"path", data.source.path}, {"data", data.name}});
    return {};
  }
  for (const std::string& file : files) {
    const std::string cause = why_unreadable(file);
    if (!cause.empty()) {
      diagnostics.report(kinds::file_unreadable, data.source.range,
                         {{"path", shown_path(file, folder)}, {"data", data.name}, {"cause", cause}});
    } else if (std::filesystem::is_regular_file(file, ignored) && std::filesystem::file_size(file, ignored) == 0) {
      diagnostics.report(kinds::file_empty, data.source.range, {{"path", shown_path(file, folder)}});
    }
  }
  return files;
}

std::vector<std::string> files_in_query(const std::string& query, const std::string& folder) {
  std::vector<std::string> files;
  for (const FileName& name : file_names(query))
    for (std::string& file : expand(resolve_path(query.substr(name.begin, name.end - name.begin), folder)))
      files.push_back(std::move(file));
  return files;
}

std::string with_absolute_files(const std::string& query, const std::string& folder) {
  std::string result;
  size_t at = 0;
  for (const FileName& name : file_names(query)) {
    result += query.substr(at, name.begin - at) + resolve_path(query.substr(name.begin, name.end - name.begin), folder);
    at = name.end;
  }
  return result + query.substr(at);
}

size_t block_index(const std::vector<Data>& blocks, const std::string& name) {
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Data& data) { return data.name == name; });
  return static_cast<size_t>(found - blocks.begin());
}

std::vector<size_t> blocks_read(const std::vector<Data>& blocks, size_t block) {
  const Data& data = blocks[block];
  std::vector<size_t> read;
  for (size_t other = 0; other < blocks.size(); ++other) {
    if (other == block) continue;
    const std::string& name = blocks[other].name;
    const bool joined = data.join && (data.join->left == name || data.join->right == name);
    const bool queried = !data.join && data.source.form == DataSource::Form::sql && mentions(data.source.path, name);
    if (joined || queried) read.push_back(other);
  }
  return read;
}

}  // namespace mlw
