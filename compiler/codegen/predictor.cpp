#include "compiler/codegen/native_code_generator.h"
#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {

std::shared_ptr<const CompiledPredictor> NativeCodeGenerator::compile(const PredictorProgram& program) {
  fail(kinds::not_compiled_yet, {{"what", "a predictor program"}});
}

std::vector<ArtefactFile> NativeCodeGenerator::build_device(const PredictorProgram& program, const Target& target) {
  fail(kinds::not_compiled_yet, {{"what", "an executable for a device"}});
}

std::vector<ArtefactFile> NativeCodeGenerator::build_library(const PredictorProgram& program) {
  fail(kinds::not_compiled_yet, {{"what", "a library"}});
}

std::string NativeCodeGenerator::llvm_text(const PredictorProgram& program) {
  fail(kinds::not_compiled_yet, {{"what", "a predictor program"}});
}

std::string NativeCodeGenerator::assembly_text(const PredictorProgram& program, const Target& target) {
  fail(kinds::not_compiled_yet, {{"what", "a predictor program"}});
}

}  // namespace mlw::codegen
