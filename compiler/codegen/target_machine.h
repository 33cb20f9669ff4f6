#pragma once

#include <memory>
#include <string>

#include "compiler/kernel/target.h"

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace mlw::codegen {

/// The processor that this process runs on: LLVM's name and features, the width of its vectors, its caches.
/// Fails (R451) on a processor without SSE4.2 or NEON.
Target detect_host();

/// The host's processor held to vectors of 128, 256 or 512 bits, for tests of every width; the host itself when it has
/// no wider ones.
Target host_with_vectors(const Target& host, int vector_bits);

/// How addresses are formed: `any` can be loaded anywhere, `fixed` is for static executables.
enum class Placement { any, fixed };

/// How much the back end may think: `quick` for code that a process waits for, `thorough` for artefacts, whose
/// processors may not reorder operations themselves.
enum class Effort { quick, thorough };

/// LLVM's machine for a target. Never contracts, reassociates or otherwise changes floating-point results.
std::unique_ptr<llvm::TargetMachine> make_target_machine(const Target& target, Placement placement, Effort effort);

/// Gives the module the triple and the data layout of the machine.
void prepare_module(llvm::Module& module, const llvm::TargetMachine& machine);

}  // namespace mlw::codegen
