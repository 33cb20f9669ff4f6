#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <cstdlib>
#include <cstring>
#include <new>

#include "compiler/artefact/artefact.h"
#include "compiler/artefact/identifiers.h"
#include "compiler/codegen/artefact_module.h"
#include "compiler/codegen/link.h"
#include "compiler/codegen/native_code_generator.h"
#include "compiler/codegen/passes.h"
#include "compiler/codegen/predictor_emission.h"
#include "compiler/codegen/predictor_plan.h"

namespace mlw::codegen {
namespace {

/// Code that programs of one structure share, and the parameters of one of them.
class LoadedPredictor final : public CompiledPredictor {
 public:
  LoadedPredictor(LoadedCode code, const PredictorPlan& plan) : memory_(copy(plan.parameters), std::free) {
    run = reinterpret_cast<Function>(code.entry);
    parameters = memory_.get();
    scratch_bytes = plan.scratch_bytes;
  }

 private:
  static void* copy(const std::string& bytes) {
    constexpr size_t alignment = ParameterBlock::alignment;
    void* memory = std::aligned_alloc(alignment, (bytes.size() / alignment + 1) * alignment);
    if (!memory) throw std::bad_alloc();
    std::memcpy(memory, bytes.data(), bytes.size());
    return memory;
  }
  std::unique_ptr<void, void (*)(void*)> memory_;
};

/// The predictor's function alone, through the passes; parameters are an argument, so that no weight stands in the
/// text.
template <typename Print>
std::string printed(const PredictorProgram& program, const Target& target, Print print) {
  verify_program(program);
  llvm::LLVMContext context;
  llvm::Module module(artefact_name(program.name), context);
  const auto machine = make_target_machine(target, Placement::any, Effort::thorough);
  prepare_module(module, *machine);
  emit_predictor(module, plan_predictor(program, target), artefact_name(program.name));
  optimize(module, *machine, target);
  return print(module, *machine);
}

}  // namespace

std::shared_ptr<const CompiledPredictor> NativeCodeGenerator::compile(const PredictorProgram& program) {
  verify_program(program);
  const PredictorPlan plan = plan_predictor(program, host());
  const LoadedCode code =
      jit_.load(plan.description, [&](llvm::Module& module) { emit_predictor(module, plan, Jit::entry_name); });
  return std::make_shared<LoadedPredictor>(code, plan);
}

std::vector<ArtefactFile> NativeCodeGenerator::build_device(const PredictorProgram& program, const Target& target) {
  verify_program(program);
  const std::string name = artefact_name(program.name);
  const std::string object = make_device_object(program, target);
  return {{name, link_executable(object, target, name), true}};
}

std::vector<ArtefactFile> NativeCodeGenerator::build_library(const PredictorProgram& program) {
  verify_program(program);
  const std::string name = artefact_name(program.name);
  const LibraryObject library = make_library_object(program, host(), name);
  const std::string shared = "lib" + name + ".so", archive = "lib" + name + ".a";
  return {{name + ".h", library_header(program, name, library.scratch_bytes)},
          {archive, make_archive(name + ".o", library.object, archive)},
          {shared, link_shared_library(library.object, host(), shared)}};
}

std::string NativeCodeGenerator::llvm_text(const PredictorProgram& program, const Target& target) {
  return printed(program, target, [](const llvm::Module& module, llvm::TargetMachine&) { return emit_text(module); });
}

std::string NativeCodeGenerator::assembly_text(const PredictorProgram& program, const Target& target) {
  return printed(program, target,
                 [](llvm::Module& module, llvm::TargetMachine& machine) { return emit_assembly(module, machine); });
}

}  // namespace mlw::codegen
