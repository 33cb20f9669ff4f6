#include "compiler/codegen/native_code_generator.h"

#include <llvm/Config/llvm-config.h>

namespace mlw::codegen {

std::string NativeCodeGenerator::version() const { return LLVM_VERSION_STRING; }

std::unique_ptr<CodeGenerator> make_code_generator(const Target& target) {
  return std::make_unique<NativeCodeGenerator>(target);
}

}  // namespace mlw::codegen

/// The module's entry, called once by `load_code_generator`.
extern "C" mlw::CodeGenerator* mlw_code_generator() {
  static mlw::codegen::NativeCodeGenerator generator(mlw::codegen::detect_host());
  return &generator;
}
