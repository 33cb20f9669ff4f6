#pragma once

#include <string>
#include <string_view>

namespace mlw::tool {

/// What makes `after` of `before`, as a unified diff with three lines around each change; empty when they are equal.
std::string line_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace mlw::tool
