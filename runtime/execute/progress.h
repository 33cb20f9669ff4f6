#pragma once

#include <cstdio>
#include <memory>

#include "runtime/execute/events.h"

namespace mlw {

/// How a run is shown: one line that is rewritten on a terminal, plain lines elsewhere, a JSON object a line, or not at
/// all.
enum class ProgressStyle { live, plain, json, quiet };

std::unique_ptr<Listener> make_progress(ProgressStyle style, std::FILE* out);

/// "0.4 s", "12 s", "3 min 20 s".
std::string duration_text(double seconds);

}  // namespace mlw
