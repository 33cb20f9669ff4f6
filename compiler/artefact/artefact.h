#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/artefact/predictor_program.h"

/// What people read of an artefact: the lines of its answers, its help, its header in C. The machine code is made in
/// compiler/codegen.
namespace mlw {

/// A field of a CSV line, in quotes where it needs them.
std::string csv_field(std::string_view text);
/// First line of the answers of an executable, with its line end.
std::string csv_header(const PredictorProgram& program);

/// What `NAME --help` prints: what goes in and what comes out.
std::string executable_help(const PredictorProgram& program, const std::string& device);

/// Identifies a program: SHA-256 of its text.
std::string model_hash(const PredictorProgram& program);

/// How the members of the library's record are laid out, in the order of the program's fields.
enum class RecordMember { number, integer, flag, date, text };
RecordMember record_member(ColumnKind kind);

/// The header of the library `name` (an identifier): C99 and C++11.
std::string library_header(const PredictorProgram& program, const std::string& name, int64_t scratch_bytes);

}  // namespace mlw
