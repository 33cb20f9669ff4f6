#include "compiler/codegen/device_functions.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include "compiler/artefact/device/text.h"

namespace mlw::codegen {
namespace {

/// Result and parameters: p a pointer, l an i64, i an i32, v nothing.
struct Facts {
  const char* name;
  const char* types;
  void* address;
};

template <typename Function>
void* address(Function* function) {
  return reinterpret_cast<void*>(function);
}

/// In the order of `DeviceFunction`.
const Facts functions[] = {
    {"mlw_text_valid", "ipl", address(&mlw_text_valid)},
    {"mlw_text_length", "lpl", address(&mlw_text_length)},
    {"mlw_text_word_count", "lpl", address(&mlw_text_word_count)},
    {"mlw_text_trim", "vpp", address(&mlw_text_trim)},
    {"mlw_text_lower", "lplpl", address(&mlw_text_lower)},
    {"mlw_text_upper", "lplpl", address(&mlw_text_upper)},
    {"mlw_text_concat", "lplplpl", address(&mlw_text_concat)},
    {"mlw_text_equal", "iplpl", address(&mlw_text_equal)},
    {"mlw_text_contains", "iplpl", address(&mlw_text_contains)},
    {"mlw_text_starts_with", "iplpl", address(&mlw_text_starts_with)},
    {"mlw_text_ends_with", "iplpl", address(&mlw_text_ends_with)},
    {"mlw_text_position", "lplp", address(&mlw_text_position)},
};

llvm::Type* type_of(llvm::IRBuilderBase& builder, char letter) {
  switch (letter) {
    case 'p':
      return builder.getPtrTy();
    case 'l':
      return builder.getInt64Ty();
    case 'i':
      return builder.getInt32Ty();
    default:
      return builder.getVoidTy();
  }
}

}  // namespace

llvm::Function* device_function(llvm::IRBuilderBase& builder, DeviceFunction function) {
  const Facts& facts = functions[static_cast<size_t>(function)];
  llvm::Module& module = *builder.GetInsertBlock()->getModule();
  if (llvm::Function* found = module.getFunction(facts.name)) return found;
  std::vector<llvm::Type*> parameters;
  for (const char* letter = facts.types + 1; *letter; ++letter) parameters.push_back(type_of(builder, *letter));
  auto* type = llvm::FunctionType::get(type_of(builder, facts.types[0]), parameters, false);
  return llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, facts.name, module);
}

std::vector<std::pair<std::string, void*>> device_function_addresses() {
  std::vector<std::pair<std::string, void*>> addresses;
  for (const Facts& facts : functions) addresses.emplace_back(facts.name, facts.address);
  return addresses;
}

}  // namespace mlw::codegen
