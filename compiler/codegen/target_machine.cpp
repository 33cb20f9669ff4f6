#include "compiler/codegen/target_machine.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Target/TargetOptions.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/SubtargetFeature.h>
#include <llvm/TargetParser/Triple.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>

#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {
namespace {

/// Only what the machine at hand and the devices need: initialising every target costs milliseconds.
void initialize_targets() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeX86AsmParser();  // the device run time enters by a line of assembly
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    LLVMInitializeAArch64AsmParser();
  });
}

int64_t cache_bytes(int name, int64_t fallback) {
  const long bytes = sysconf(name);
  return bytes > 0 ? bytes : fallback;
}

bool has(const llvm::StringMap<bool>& features, llvm::StringRef name) {
  const auto found = features.find(name);
  return found != features.end() && found->second;
}

void describe_x86(const llvm::StringMap<bool>& features, Target& target) {
  if (!has(features, "sse4.2")) fail(kinds::machine_not_supported, {{"reason", target.cpu + " lacks SSE4.2"}});
  const bool wide = has(features, "avx512f") && has(features, "avx512vl") && has(features, "avx512bw") &&
                    has(features, "avx512dq") && has(features, "avx512cd");
  target.vector_bits = wide ? 512 : has(features, "avx2") ? 256 : 128;
  target.vector_registers = wide ? 32 : 16;
  target.fused_multiply_add = has(features, "fma") && has(features, "avx2");
}

void describe_aarch64(Target& target) {
  target.vector_bits = 128;
  target.vector_registers = 32;
  target.fused_multiply_add = true;
}

}  // namespace

Target detect_host() {
  Target target;
  target.name = "host";
  target.triple = llvm::sys::getProcessTriple();
  target.cpu = llvm::sys::getHostCPUName().str();
  const llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  llvm::SubtargetFeatures list;
  for (const auto& feature : features) list.AddFeature(feature.getKey(), feature.getValue());
  std::vector<std::string> sorted = list.getFeatures();
  std::sort(sorted.begin(), sorted.end());  // the map's order is not fixed, and keys are made of this text
  target.features = llvm::join(sorted, ",");
  const llvm::Triple triple(target.triple);
  if (triple.getArch() == llvm::Triple::x86_64)
    describe_x86(features, target);
  else if (triple.getArch() == llvm::Triple::aarch64)
    describe_aarch64(target);
  else
    fail(kinds::machine_not_supported, {{"reason", triple.getArchName().str()}});
  target.level1_bytes = cache_bytes(_SC_LEVEL1_DCACHE_SIZE, 32 << 10);
  target.level2_bytes = cache_bytes(_SC_LEVEL2_CACHE_SIZE, 512 << 10);
  return target;
}

Target host_with_vectors(const Target& host, int vector_bits) {
  if (host.vector_bits <= vector_bits || llvm::Triple(host.triple).getArch() != llvm::Triple::x86_64) return host;
  Target target = host;
  target.vector_bits = vector_bits;
  target.vector_registers = 16;
  target.cpu = vector_bits == 128 ? "x86-64-v2" : "x86-64-v3";
  target.features = "";
  target.fused_multiply_add = vector_bits == 256;
  return target;
}

std::unique_ptr<llvm::TargetMachine> make_target_machine(const Target& target, Placement placement, Effort effort) {
  initialize_targets();
  std::string error;
  const llvm::Target* found = llvm::TargetRegistry::lookupTarget(target.triple, error);
  if (!found) fail(kinds::code_generation_failed, {{"reason", error}});
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;  // a product and a sum keep their two roundings
  options.FunctionSections = true;
  options.DataSections = true;
  const auto relocation = placement == Placement::any ? llvm::Reloc::PIC_ : llvm::Reloc::Static;
  const auto level = effort == Effort::quick ? llvm::CodeGenOptLevel::Less : llvm::CodeGenOptLevel::Default;
  std::unique_ptr<llvm::TargetMachine> machine(found->createTargetMachine(
      target.triple, target.cpu, target.features, options, relocation, llvm::CodeModel::Small, level));
  if (!machine) fail(kinds::code_generation_failed, {{"reason", "no machine for " + target.triple}});
  return machine;
}

void prepare_module(llvm::Module& module, const llvm::TargetMachine& machine) {
  module.setTargetTriple(machine.getTargetTriple().str());
  module.setDataLayout(machine.createDataLayout());
}

}  // namespace mlw::codegen
