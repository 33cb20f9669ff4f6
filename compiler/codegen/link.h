#pragma once

#include <span>
#include <string>
#include <string_view>

#include "compiler/kernel/target.h"

namespace mlw::codegen {

/// Links relocatable objects to a file, inside this process; nothing touches the disk. A fault of the linker is a
/// Failure (B314) under the name of the artefact. One link runs at a time: lld keeps its state in globals.

/// A static executable whose entry is `_start`.
std::string link_executable(std::string_view object, const Target& target, const std::string& artefact);
/// A shared library that exports what has default visibility; it needs no other library.
std::string link_shared_library(std::string_view object, const Target& target, const std::string& artefact);
/// A static library of one member.
std::string make_archive(const std::string& member, std::string_view object, const std::string& artefact);

}  // namespace mlw::codegen
