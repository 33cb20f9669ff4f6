#include "compiler/codegen/jit.h"

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <cstring>

#include "compiler/codegen/device_functions.h"
#include "compiler/codegen/passes.h"
#include "compiler/diagnostics/kinds/code.h"

namespace mlw::codegen {
namespace {

template <typename T>
T must(llvm::Expected<T> value) {
  if (!value) fail(kinds::code_generation_failed, {{"reason", llvm::toString(value.takeError())}});
  return std::forward<T>(*value);
}

void must(llvm::Error error) {
  if (error) fail(kinds::code_generation_failed, {{"reason", llvm::toString(std::move(error))}});
}

}  // namespace

/// ORC, set up as small as it goes: objects come in, nothing of the process is visible to them but the three functions
/// that the back end itself may call and the device run time's functions of text. A call of any other function, such as
/// one of libm, fails to link.
struct Jit::Linker {
  std::unique_ptr<llvm::orc::LLJIT> orc;

  explicit Linker(const Target& target) {
    llvm::orc::JITTargetMachineBuilder machine{llvm::Triple(target.triple)};
    machine.setCPU(target.cpu);
    orc = must(llvm::orc::LLJITBuilder()
                   .setJITTargetMachineBuilder(std::move(machine))
                   .setDataLayout(make_target_machine(target, Placement::any, Effort::quick)->createDataLayout())
                   .setLinkProcessSymbolsByDefault(false)
                   .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                   .setObjectLinkingLayerCreator([](llvm::orc::ExecutionSession& session, const llvm::Triple&) {
                     return std::make_unique<llvm::orc::ObjectLinkingLayer>(session);
                   })
                   .create());
    llvm::orc::SymbolMap symbols;
    const auto define = [&](const char* name, auto* function) {
      symbols[orc->mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(function),
                                             llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
    };
    define("memcpy", &std::memcpy);
    define("memset", &std::memset);
    define("memmove", &std::memmove);
    for (const auto& [name, address] : device_function_addresses())
      symbols[orc->mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                             llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
    must(orc->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols))));
  }
};

Jit::Jit(Target target) : target_(std::move(target)) {}
Jit::~Jit() = default;

Jit::Linker& Jit::linker() {
  std::call_once(linker_once_, [&] { linker_ = std::make_unique<Linker>(target_); });
  return *linker_;
}

std::string Jit::make_object(const std::string& key, const Emit& emit) {
  llvm::LLVMContext context;
  llvm::Module module("mlw", context);
  const auto machine = make_target_machine(target_, Placement::any, Effort::quick);
  prepare_module(module, *machine);
  emit(module);
  llvm::Function* entry = module.getFunction(entry_name);
  if (!entry) fail(kinds::code_generation_failed, {{"reason", "the module has no entry"}});
  entry->setName("mlw_" + key);  // all pieces share one name space
  optimize(module, *machine, target_);
  return emit_object(module, *machine);
}

LoadedCode Jit::link(const std::string& key, const std::string& object) {
  llvm::orc::LLJIT& orc = *linker().orc;
  // A piece of code has a library of its own: names inside it meet nobody else's.
  llvm::orc::JITDylib& library = must(orc.createJITDylib("mlw_" + key));
  library.addToLinkOrder(orc.getMainJITDylib());
  must(orc.addObjectFile(library, llvm::MemoryBuffer::getMemBufferCopy(object, key)));
  return {must(orc.lookup(library, "mlw_" + key)).toPtr<void*>()};
}

LoadedCode Jit::load(std::string_view description, const Emit& emit) {
  const std::string key = object_key(description, target_);
  std::promise<LoadedCode> promise;
  std::shared_future<LoadedCode> other;
  {
    const std::lock_guard lock(mutex_);
    const auto [place, fresh] = loaded_.try_emplace(key);
    if (fresh)
      place->second = promise.get_future().share();
    else
      other = place->second;
  }
  if (other.valid()) return other.get();
  try {
    std::string object;
    if (!cache_.load(key, object)) {
      object = make_object(key, emit);
      cache_.save(key, object);
    }
    const LoadedCode code = link(key, object);
    promise.set_value(code);
    return code;
  } catch (...) {
    promise.set_exception(std::current_exception());
    const std::lock_guard lock(mutex_);
    loaded_.erase(key);
    throw;
  }
}

}  // namespace mlw::codegen
