#include "compiler/codegen/passes.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/PassInfo.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/IPO/AlwaysInliner.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>

#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {
namespace {

/// What the back end must know of every function: no unwinding, and vectors as wide as the target's.
void add_attributes(llvm::Module& module, const Target& target) {
  const std::string width = std::to_string(target.vector_bits);
  for (llvm::Function& function : module) {
    function.setDoesNotThrow();
    if (function.isDeclaration()) continue;
    function.addFnAttr("prefer-vector-width", width);
    function.addFnAttr("min-legal-vector-width", width);
    function.addFnAttr("no-builtins");
    function.addFnAttr("no-trapping-math", "true");
  }
}

void check(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (llvm::verifyModule(module, &stream)) fail(kinds::code_generation_failed, {{"reason", text}});
}

/// The back end's passes; of a machine that is to think little without those that cost most and find nothing to do:
/// the emitters write addresses as sums of few indices, and order operations so that what they need is at hand.
class BackEndPasses final : public llvm::legacy::PassManagerBase {
 public:
  explicit BackEndPasses(const llvm::TargetMachine& machine)
      : is_quick_(machine.getOptLevel() <= llvm::CodeGenOptLevel::Less) {}
  void add(llvm::Pass* pass) override {
    const std::unique_ptr<llvm::Pass> owned(is_quick_ && is_left_out(*pass) ? pass : nullptr);
    if (!owned) kept_.add(pass);
  }
  void run(llvm::Module& module) { kept_.run(module); }

 private:
  static bool is_left_out(const llvm::Pass& pass) {
    constexpr llvm::StringLiteral names[] = {"canon-freeze", "loop-reduce", "machine-scheduler"};
    const llvm::PassInfo* info = llvm::Pass::lookupPassInfo(pass.getPassID());
    return info && llvm::is_contained(names, info->getPassArgument());
  }

  bool is_quick_;
  llvm::legacy::PassManager kept_;
};

std::string emit(llvm::Module& module, llvm::TargetMachine& machine, llvm::CodeGenFileType kind) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  BackEndPasses passes(machine);
  if (machine.addPassesToEmitFile(passes, stream, nullptr, kind, /*DisableVerify=*/true))
    fail(kinds::code_generation_failed, {{"reason", "the target emits no such file"}});
  passes.run(module);
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

void optimize(llvm::Module& module, llvm::TargetMachine& machine, const Target& target) {
  add_attributes(module, target);
  check(module);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);

  llvm::FunctionPassManager list;
  list.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  list.addPass(llvm::EarlyCSEPass(/*UseMemorySSA=*/true));
  list.addPass(llvm::InstCombinePass(llvm::InstCombineOptions().setMaxIterations(1).setVerifyFixpoint(false)));
  list.addPass(llvm::createFunctionToLoopPassAdaptor(llvm::LICMPass(llvm::LICMOptions()), /*UseMemorySSA=*/true));
  list.addPass(llvm::SimplifyCFGPass());
  list.addPass(llvm::ADCEPass());
  llvm::ModulePassManager all;
  all.addPass(llvm::AlwaysInlinerPass(/*InsertLifetime=*/false));
  all.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(list)));
  all.run(module, modules);
}

std::string emit_object(llvm::Module& module, llvm::TargetMachine& machine) {
  return emit(module, machine, llvm::CodeGenFileType::ObjectFile);
}

std::string emit_assembly(llvm::Module& module, llvm::TargetMachine& machine) {
  return emit(module, machine, llvm::CodeGenFileType::AssemblyFile);
}

std::string emit_text(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

}  // namespace mlw::codegen
