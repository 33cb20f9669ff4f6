#pragma once

#include <string>
#include <string_view>

#include "compiler/diagnostics/source.h"

namespace mlw::tool {

enum class Colour { automatic, always, never };

/// How one command talks to its user: results go to the standard output, everything else to the standard error.
class Session {
 public:
  bool json = false;   ///< results, and diagnostics, as JSON
  bool quiet = false;  ///< nothing but errors and results
  Colour colour = Colour::automatic;

  /// Whether results, or messages, are coloured: asked for, or shown on a terminal that wants it (NO_COLOR, TERM=dumb).
  bool colour_results() const;
  bool colour_messages() const;
  /// Columns of the terminal that shows messages; 100 elsewhere.
  int width() const;

  /// A result, or a part of one. A Failure (R406) when it cannot be written.
  void result(std::string_view text) const;
  /// Something to know that is no result; left out when quiet.
  void message(std::string_view text) const;
  /// Shows diagnostics: to people on the standard error, as JSON lines on the standard output. `failed` when there is
  /// an error among them, else `done`.
  int report(const Diagnostics& diagnostics, const Sources& sources) const;
};

}  // namespace mlw::tool
