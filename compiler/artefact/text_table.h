#pragma once

#include <string>
#include <vector>

namespace mlw {

/// The table that `mlw_text_position` (artefact/device/text.h) reads: each text stands for its index; of equal texts
/// the first counts. The memory must be aligned to 8 bytes where it is read.
std::string text_table(const std::vector<std::string>& texts);

}  // namespace mlw
