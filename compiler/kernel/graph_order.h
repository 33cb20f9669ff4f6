#pragma once

#include "compiler/kernel/graph.h"

namespace mlw::kernel {

/// The output axis along which emitted code handles `lanes` elements at once: the last one of more than one element; -1
/// when the result is one element. Neighbours along it are neighbours in memory.
int vector_axis(const Shape& output);

}  // namespace mlw::kernel
