#include "compiler/diagnostics/page.h"

#include <map>

namespace mlw {
namespace {

constexpr std::string_view sections[] = {"Wrong:", "Right:", "With:"};
/// How far examples are indented: "Wrong:  " and the lines below it.
constexpr size_t margin = 8;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view section_of(std::string_view line) {
  for (const std::string_view section : sections)
    if (line.starts_with(section)) return section;
  return {};
}

std::string_view without_margin(std::string_view line) {
  const size_t begin = std::min(line.find_first_not_of(' '), line.size());
  return line.substr(std::min(begin, margin));
}

using Values = std::map<std::string, std::string, std::less<>>;

void read_values(const std::string& section, Values& values) {
  for (const std::string_view line : lines_of(section)) {
    const size_t equal = line.find(" = ");
    if (equal != std::string_view::npos) values.emplace(line.substr(0, equal), line.substr(equal + 3));
  }
}

std::string filled(std::string_view text, const Values& values) {
  std::string result(text);
  for (const auto& [name, value] : values) result = fill(result, {{name, value}});
  return result;
}

}  // namespace

Page page_of(const Kind& kind) {
  Page page;
  Values values;
  const std::vector<std::string_view> lines = lines_of(kind.explain);
  for (size_t at = 0; at < lines.size();) {
    const std::string_view section = section_of(lines[at]);
    if (section.empty()) {
      page.text += std::string(lines[at++]) + "\n";
      continue;
    }
    const size_t begin = at;
    std::string content(without_margin(lines[at++].substr(section.size())));
    while (at < lines.size() && lines[at].starts_with("  ")) content += "\n" + std::string(without_margin(lines[at++]));
    if (section == "With:") {
      read_values(content, values);
      continue;
    }
    for (size_t line = begin; line < at; ++line) page.text += std::string(lines[line]) + "\n";
    (section == "Wrong:" ? page.wrong : page.right).push_back(content);
  }
  page.text.erase(page.text.find_last_not_of('\n') + 1);
  page.message = filled(kind.sentence, values);
  page.reason = filled(kind.reason, values);
  page.help = filled(kind.help, values);
  return page;
}

}  // namespace mlw
