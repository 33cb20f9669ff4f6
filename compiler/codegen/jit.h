#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "compiler/codegen/object_cache.h"
#include "compiler/codegen/target_machine.h"
#include "compiler/kernel/target.h"

namespace llvm {
class Module;
}

namespace mlw::codegen {

/// One piece of machine code mapped into this process, with its one entry.
struct LoadedCode {
  void* entry = nullptr;
};

/// Code for the machine at hand: from memory, from the cache, or emitted, optimised and linked by ORC. Thread safe;
/// different pieces are made in parallel, the same one once. Code stays for the life of the process: a workflow has a
/// bounded number of kernels, and trials share them.
class Jit {
 public:
  explicit Jit(Target target);
  ~Jit();

  const Target& target() const { return target_; }
  ObjectCache& cache() { return cache_; }

  /// Fills an empty module (triple and layout are set) with what `description` says; the function named
  /// `Jit::entry_name`, external, is the entry.
  using Emit = std::function<void(llvm::Module&)>;
  static constexpr const char* entry_name = "mlw_entry";

  /// The code that `description` (canonical text: equal texts are equal code) stands for; `emit` is called only when
  /// neither memory nor the cache has it. Fails with R452, or with what `emit` fails with.
  LoadedCode load(std::string_view description, const Emit& emit);

 private:
  struct Linker;
  std::string make_object(const std::string& key, const Emit& emit);
  LoadedCode link(const std::string& key, const std::string& object);
  Linker& linker();

  Target target_;
  ObjectCache cache_;
  std::mutex mutex_;
  std::map<std::string, std::shared_future<LoadedCode>> loaded_;
  std::once_flag linker_once_;
  std::unique_ptr<Linker> linker_;
};

}  // namespace mlw::codegen
