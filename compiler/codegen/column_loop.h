#pragma once

#include <vector>

#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/lower_formula.h"

namespace llvm {
class Module;
}

namespace mlw::codegen {

/// Writes the function of a column kernel (`CompiledColumns::Function`, named `entry_name`) into the module.
///
/// Rows are taken 64 at a time, one word of every validity bitmap. A block in which every used column has all its
/// values takes the short way, where validity is a constant; the others carry it along. Rows behind the last whole
/// block are copied into blocks of their own on the stack, so that there is one body and nothing is read or written
/// behind the end.
void emit_column_loop(llvm::Module& module, const ColumnKernel& kernel, const std::vector<kernel::RowValue>& outputs,
                      int lanes);

}  // namespace mlw::codegen
