#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace mlw {

/// One text and its name as the user knows it.
struct Source {
  std::string path;
  std::string text;
};

/// Line and column, both from 1; the column counts characters, not bytes.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
};

/// The texts of a run; a `SourceRange` points into one of them.
class Sources {
 public:
  uint32_t add(Source source);
  const Source& operator[](uint32_t file) const { return list_[file]; }
  size_t size() const { return list_.size(); }
  LineColumn position(uint32_t file, uint32_t offset) const;
  std::string_view line(uint32_t file, uint32_t line) const;

 private:
  std::vector<Source> list_;
  std::vector<std::vector<uint32_t>> line_starts_;
};

/// How the compiler reads a file: it opens nothing itself. Empty when there is no such file.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

struct RenderOptions {
  bool colour = false;
  int width = 100;
};

/// Diagnostics as a person reads them: code, sentence, place with the line, reason, help.
std::string render(const Diagnostics& diagnostics, const Sources& sources, const RenderOptions& options);
/// One JSON object a line: code, severity, message, path, line, column, end, label, also, notes, reason, help, mend.
std::string render_json(const Diagnostics& diagnostics, const Sources& sources);

}  // namespace mlw
