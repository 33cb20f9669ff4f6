#pragma once

#include <string>

#include "compiler/kernel/target.h"

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace mlw::codegen {

/// The spare pass list: promotion to registers, common subexpressions, loop-invariant motion, light combining, dead
/// code. The emitters write vectors and loops themselves, so that the long road of -O2 buys nothing. The functions
/// inlined here are those marked `alwaysinline`.
void optimize(llvm::Module& module, llvm::TargetMachine& machine, const Target& target);

/// The module as a relocatable ELF object.
std::string emit_object(llvm::Module& module, llvm::TargetMachine& machine);

/// The module as assembly text.
std::string emit_assembly(llvm::Module& module, llvm::TargetMachine& machine);

/// The module as LLVM's own text.
std::string emit_text(const llvm::Module& module);

}  // namespace mlw::codegen
