#pragma once

#include <functional>
#include <string_view>

#include "compiler/artefact/predictor_program.h"
#include "compiler/kernel/code_generator.h"

namespace mlw {

/// Reads records as CSV (the header names the columns, in any order) and answers them, one line each, as a device
/// executable of the program does and through the same code. Answers to all records read so far are out before more
/// input is waited for. Input that is no CSV, or lacks a column, is a Failure (R426, R427); what was answered before
/// stays.
void answer_stream(const PredictorProgram& program, int input, const std::function<void(std::string_view)>& output,
                   CodeGenerator& generator);

}  // namespace mlw
