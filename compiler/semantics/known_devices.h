#pragma once

#include <string>
#include <vector>

namespace mlw::semantics {

/// The devices that have a profile in the standard library: what `device("…")` takes.
std::vector<std::string> known_devices();

}  // namespace mlw::semantics
