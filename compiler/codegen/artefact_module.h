#pragma once

#include <string>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/target.h"

namespace mlw::codegen {

/// The relocatable object of a device executable: the predictor with its parameters, what the run time has to know of
/// it (struct mlw_predictor of artefact/device/predictor.h), and the run time itself, which the build of mlwc has
/// compiled to bitcode.
std::string make_device_object(const PredictorProgram& program, const Target& target);

struct LibraryObject {
  std::string object;
  int64_t scratch_bytes = 0;  ///< what the library asks of its callers
};
/// The object of a library: the functions of its header (artefact/library_header.cpp), which fill raw values out of the
/// header's struct. Everything else is local to it.
LibraryObject make_library_object(const PredictorProgram& program, const Target& target, const std::string& name);

}  // namespace mlw::codegen
