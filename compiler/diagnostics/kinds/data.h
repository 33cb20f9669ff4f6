#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes D: the data, as read and as profiled.
namespace mlw::kinds {}  // namespace mlw::kinds
