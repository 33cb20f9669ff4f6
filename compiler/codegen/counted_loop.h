#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace llvm {
class IRBuilderBase;
class Value;
}  // namespace llvm

namespace mlw::codegen {

/// for (index = begin; index < end; ++index) carried = body(index, carried);
/// `index` is an i64. `initial` are the carried values before the first round, the result those after the last; begin <
/// end. One round is no loop: straight code. The builder stands behind the loop afterwards.
using LoopBody = std::function<std::vector<llvm::Value*>(llvm::Value* index, std::span<llvm::Value* const> carried)>;
std::vector<llvm::Value*> emit_counted_loop(llvm::IRBuilderBase& builder, int64_t begin, int64_t end,
                                            std::span<llvm::Value* const> initial, const LoopBody& body);

/// The same for a body that carries nothing.
void emit_counted_loop(llvm::IRBuilderBase& builder, int64_t begin, int64_t end,
                       const std::function<void(llvm::Value* index)>& body);

}  // namespace mlw::codegen
