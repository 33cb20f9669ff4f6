#pragma once

#include "runtime/data/matrix.h"

namespace mlw {

/// A block of zeros, aligned to 64 bytes, its rows next to each other (stride = columns).
DenseBlock make_dense(int64_t rows, int64_t columns);

}  // namespace mlw
