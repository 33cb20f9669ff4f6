#pragma once

#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/lower_formula.h"

namespace llvm {
class Module;
}

namespace mlw::codegen {

/// So many rows share a word of every validity bitmap.
inline constexpr int block_rows = 64;

struct ColumnLoopShape {
  int lanes = 4;             ///< of a vector
  bool past_caches = false;  ///< results are written past the caches; their memory is aligned to 64 bytes
};

/// Writes the function of a column kernel, named `entry_name`, into the module:
///
///   i64 entry(views of inputs, views of outputs, begin, end)     begin and end are multiples of 64
///     0, or 1 + the first row in which an integer overflowed
///
/// Rows are taken 64 at a time. A block in which every used column has all its values takes the short way, where
/// validity is a constant; the others carry it along.
void emit_column_loop(llvm::Module& module, const ColumnKernel& kernel, const std::vector<kernel::RowValue>& outputs,
                      const ColumnLoopShape& shape);

}  // namespace mlw::codegen
