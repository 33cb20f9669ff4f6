#pragma once

#include <string_view>

#include "compiler/syntax/ast.h"

namespace mlw::tool {

/// Where a file says the part of a key that changed: "metrics/objective/name" is the setting `objective` of the block
/// `metrics`, or else the block. Not valid when the file says nothing of it (a default).
SourceRange setting_place(const syntax::File& file, std::string_view part);

}  // namespace mlw::tool
