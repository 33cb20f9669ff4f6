#include "tools/mlwc/help.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace mlw::tool {
namespace {

constexpr std::string_view ending = "The language and the tool are described in the folder docs of mlwc's sources.\n";

std::string heading(std::string_view text, bool colour) {
  return colour ? fmt::format("\x1b[1m{}\x1b[0m\n", text) : fmt::format("{}\n", text);
}

std::string indented(std::string_view lines) {
  std::string text;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    text += fmt::format("  {}\n", lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return text;
}

std::string options_of(const CLI::App& app) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) continue;
    std::string name = option->get_name(false, true);
    for (size_t at = 0; (at = name.find(',', at)) != std::string::npos; at += 2) name.replace(at, 1, ", ");
    if (option->get_type_size() > 0 && !option->get_type_name().empty()) name += " " + option->get_type_name();
    text += fmt::format("  {:<24} {}\n", name, option->get_description());
  }
  return text;
}

}  // namespace

std::string general_help(bool colour) {
  std::string text = "mlwc makes a tested model, a report and device binaries from one .mlw file\n\n";
  text += heading("Examples:", colour);
  text += indented(
      "mlwc new wine --from winequality.csv   write a starting workflow\n"
      "mlwc check wine.mlw                    see what is wrong with it, without training\n"
      "mlwc run wine.mlw                      train, test, report and build\n"
      "mlwc explain M203                      what a diagnostic means\n");
  text += "\n" + heading("Commands:", colour);
  for (const Row& row : all_rows()) text += fmt::format("  {:<9} {}\n", row.name, row.summary);
  text += "\n" + heading("Everywhere:", colour);
  text += indented("mlwc help COMMAND   how a command is used\nmlwc --version      which version this is");
  return text + "\n" + std::string(ending);
}

std::string command_help(const Row& row, const Command& command, const CLI::App& app, bool colour) {
  std::string text = fmt::format("mlwc {}: {}\n\n", row.name, row.summary);
  text += heading("Examples:", colour) + indented(command.examples);
  text += "\n" + heading("Usage:", colour) + fmt::format("  mlwc {} [OPTION…] {}\n", row.name, command.usage);
  text += "\n" + heading("Options:", colour) + options_of(app);
  if (!command.details.empty()) text += fmt::format("\n{}\n", command.details);
  return text + "\n" + std::string(ending);
}

}  // namespace mlw::tool
