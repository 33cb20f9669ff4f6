#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlw {

struct ProgramResult {
  bool ended = false;   ///< false: it was stopped after the time limit
  int exit_status = 0;  ///< 128 + the signal when one killed it
  std::string output, errors;
};

/// Runs a program whose file exists only in memory, with `input` as its standard input, until it ends or the time is
/// over. `launcher`: a command that is given the program's path as its last argument (an emulator); empty to run the
/// program itself. Throws std::system_error.
ProgramResult run_program(std::string_view executable, const std::vector<std::string>& launcher, std::string_view input,
                          std::chrono::seconds limit);

/// The path of a command found in PATH.
std::optional<std::string> find_command(const std::string& name);

}  // namespace mlw
