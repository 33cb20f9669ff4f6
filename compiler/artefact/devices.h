#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/kernel/target.h"

namespace mlw {

/// A device that executables are made for; read from stdlib/devices/<name>.toml.
struct DeviceProfile {
  std::string title;  ///< for people: "Raspberry Pi 4 Model B"
  Target target;
  int64_t ram_bytes = 0;
  std::string emulator;      ///< program that runs the device's executables on this machine
  std::string emulated_cpu;  ///< what it calls the device's processor
};

/// Names of all devices, sorted.
std::vector<std::string> device_names();

/// The profile of that device. Unknown: a Failure (B312) at `range` with the nearest name; a profile that says too
/// little: B313.
DeviceProfile find_device(const std::string& name, SourceRange range = {});

/// The profile that a text in TOML says; `path` is for diagnostics.
DeviceProfile parse_device(std::string_view text, const std::string& name, const std::string& path);

}  // namespace mlw
