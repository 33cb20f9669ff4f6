#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlw {

/// The name as an identifier of C and C++: what is no ASCII letter or digit becomes `_`, keywords get a `_` behind
/// them, and a leading digit an `x` before it.
std::string c_identifier(std::string_view name);

/// Identifiers for several names, in their order, which differ even in upper case and from `taken`: `age`, `Age` become
/// `age`, `Age_2`.
std::vector<std::string> c_identifiers(const std::vector<std::string>& names, const std::vector<std::string>& taken);

/// In upper case, as constants are written.
std::string upper_case(std::string_view identifier);

/// What the files and functions of a workflow's artefacts are called.
std::string artefact_name(std::string_view workflow_name);

}  // namespace mlw
