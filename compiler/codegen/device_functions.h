#pragma once

#include <string>
#include <utility>
#include <vector>

namespace llvm {
class Function;
class IRBuilderBase;
}  // namespace llvm

namespace mlw::codegen {

/// The C functions of compiler/artefact/device that generated code calls: declared with the types of their headers.
enum class DeviceFunction {
  text_valid,
  text_length,
  text_word_count,
  text_trim,
  text_lower,
  text_upper,
  text_concat,
  text_equal,
  text_contains,
  text_starts_with,
  text_ends_with,
  text_position,
};

/// The declaration in the builder's module, made when it is not there yet.
llvm::Function* device_function(llvm::IRBuilderBase& builder, DeviceFunction function);

/// Names and addresses of all of them in this process, for the JIT.
std::vector<std::pair<std::string, void*>> device_function_addresses();

}  // namespace mlw::codegen
