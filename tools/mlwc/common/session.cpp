#include "tools/mlwc/common/session.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "compiler/diagnostics/kinds/command.h"
#include "tools/mlwc/common/command.h"

namespace mlw::tool {
namespace {

constexpr int usual_width = 100;

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool wants_colour(Colour colour, int descriptor) {
  if (colour != Colour::automatic) return colour == Colour::always;
  if (is_set("NO_COLOR")) return false;
  if (is_set("CLICOLOR_FORCE") && std::strcmp(std::getenv("CLICOLOR_FORCE"), "0") != 0) return true;
  const char* terminal = std::getenv("TERM");
  return isatty(descriptor) != 0 && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

}  // namespace

bool Session::colour_results() const { return !json && wants_colour(colour, STDOUT_FILENO); }
bool Session::colour_messages() const { return wants_colour(colour, STDERR_FILENO); }

int Session::width() const {
  winsize size{};
  if (isatty(STDERR_FILENO) == 0 || ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return usual_width;
  return std::max<int>(size.ws_col, 40);
}

void Session::result(std::string_view text) const {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return;
  fail(kinds::result_not_written, {{"reason", std::strerror(errno)}});
}

void Session::message(std::string_view text) const {
  if (!quiet) std::fwrite(text.data(), 1, text.size(), stderr);
}

int Session::report(const Diagnostics& diagnostics, const Sources& sources) const {
  Diagnostics shown;
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (!quiet || diagnostic.severity == Severity::error) shown.add(diagnostic);
  if (json) {
    result(render_json(shown, sources));
  } else {
    const std::string text = render(shown, sources, {.colour = colour_messages(), .width = width()});
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
  return diagnostics.has_errors() ? failed : done;
}

}  // namespace mlw::tool
