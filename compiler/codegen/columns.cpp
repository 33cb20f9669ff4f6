#include "compiler/codegen/column_loop.h"
#include "compiler/codegen/native_code_generator.h"

namespace mlw::codegen {
namespace {

/// Everything that the code depends on, as text.
std::string describe(const ColumnKernel& kernel) {
  std::string text = kernel.judged ? "columns judged" : "columns";
  for (const auto& input : kernel.inputs)
    text += " in " + std::to_string(static_cast<int>(input.element)) + (input.may_be_missing ? "?" : "!") +
            std::to_string(input.name.size()) + ":" + input.name;
  for (const auto& output : kernel.outputs)
    text += " out " + std::to_string(static_cast<int>(output.element)) + " " + to_text(*output.formula);
  return text;
}

/// One register of the narrowest elements: wider ones take several registers, which keeps the units busy.
int lanes_for(const Target& target) { return target.vector_bits / 32; }

class LoadedColumns final : public CompiledColumns {};

}  // namespace

std::shared_ptr<const CompiledColumns> NativeCodeGenerator::compile(const ColumnKernel& kernel) {
  const LoadedCode code = jit_.load(describe(kernel), [&](llvm::Module& module) {
    kernel::FormulaLowering lowering(kernel.inputs, kernel.judged);
    std::vector<kernel::RowValue> outputs;
    for (const auto& output : kernel.outputs) outputs.push_back(lowering.lower(output.formula, output.element));
    emit_column_loop(module, kernel, outputs, lanes_for(host()));
  });
  auto columns = std::make_shared<LoadedColumns>();
  columns->run = reinterpret_cast<CompiledColumns::Function>(code.entry);
  return columns;
}

}  // namespace mlw::codegen
