#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes T: names, types and units.
namespace mlw::kinds {}  // namespace mlw::kinds
