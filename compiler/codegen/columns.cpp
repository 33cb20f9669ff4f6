#include "compiler/codegen/native_code_generator.h"
#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {

std::shared_ptr<const CompiledColumns> NativeCodeGenerator::compile(const ColumnKernel& kernel) {
  fail(kinds::not_compiled_yet, {{"what", "a column kernel"}});
}

}  // namespace mlw::codegen
