#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes R: running, the store, the machine.
namespace mlw::kinds {}  // namespace mlw::kinds
