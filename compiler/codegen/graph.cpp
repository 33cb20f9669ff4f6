#include "compiler/codegen/native_code_generator.h"
#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {

std::shared_ptr<const CompiledGraph> NativeCodeGenerator::compile(const kernel::Graph& graph) {
  fail(kinds::not_compiled_yet, {{"what", "a kernel graph"}});
}

}  // namespace mlw::codegen
