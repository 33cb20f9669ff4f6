#pragma once

#include <string>
#include <vector>

#include "compiler/artefact/devices.h"
#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"
#include "runtime/data/column.h"

namespace mlw {

/// What a verification looked at; one that looked at nothing has failed, and is never returned.
struct Verified {
  int64_t rows = 0;
  std::string how;  ///< "qemu-aarch64 -cpu cortex-a72", "in this process"
};

/// Runs the built executable on the rows (under the device's emulator, or as it is when this machine can) and compares
/// every line of its answers with what the predictor program answers here. A difference is a Failure with the row and
/// both answers (B303); no emulator: B315; an executable that ends with an error or answers too little: B316. Rows are
/// given as CSV: a text that a CSV cannot tell from a missing value (empty, or a word that means it) counts as missing
/// on both sides.
Verified verify_executable(const PredictorProgram& program, const ArtefactFile& executable, const DeviceProfile& device,
                           const Table& table, const Selection& selection, CodeGenerator& generator);

/// Loads the built shared library into this process and compares status, decision and every bit of the scores.
Verified verify_library(const PredictorProgram& program, const std::vector<ArtefactFile>& files, const Table& table,
                        const Selection& selection, CodeGenerator& generator);

}  // namespace mlw
