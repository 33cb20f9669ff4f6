#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes M: the method, which decides whether a result can be trusted.
namespace mlw::kinds {}  // namespace mlw::kinds
