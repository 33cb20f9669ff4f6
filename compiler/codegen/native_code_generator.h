#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/codegen/jit.h"
#include "compiler/kernel/code_generator.h"

namespace mlw::codegen {

/// The one implementation of `CodeGenerator`. What it compiles stands in a file of its own each: columns.cpp (column
/// kernels), graph.cpp (kernel graphs), predictor.cpp (predictor programs: in memory, as artefacts, as text).
class NativeCodeGenerator final : public CodeGenerator {
 public:
  explicit NativeCodeGenerator(const Target& host) : jit_(host) {}

  const Target& host() const override { return jit_.target(); }
  std::string version() const override;
  void use_cache(CodeCache* cache) override { jit_.cache().use(cache); }

  std::shared_ptr<const CompiledColumns> compile(const ColumnKernel& kernel) override;
  std::shared_ptr<const CompiledGraph> compile(const kernel::Graph& graph) override;
  std::shared_ptr<const CompiledPredictor> compile(const PredictorProgram& program) override;

  std::vector<ArtefactFile> build_device(const PredictorProgram& program, const Target& target) override;
  std::vector<ArtefactFile> build_library(const PredictorProgram& program) override;
  std::string llvm_text(const PredictorProgram& program, const Target& target) override;
  std::string assembly_text(const PredictorProgram& program, const Target& target) override;

 private:
  Jit jit_;
};

/// A code generator for a given processor, apart from the process's own: tests force the width of vectors with it.
std::unique_ptr<CodeGenerator> make_code_generator(const Target& target);

}  // namespace mlw::codegen
