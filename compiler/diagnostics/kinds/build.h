#pragma once

#include "compiler/diagnostics/diagnostic.h"

/// Codes B: what is built and deployed.
namespace mlw::kinds {}  // namespace mlw::kinds
