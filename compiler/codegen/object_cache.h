#pragma once

#include <string>
#include <string_view>

#include "compiler/kernel/code_generator.h"
#include "compiler/kernel/target.h"

namespace mlw::codegen {

/// The key of an object: a hash of what was compiled (canonical text), for which processor, by which LLVM and by which
/// build of this module, so that a changed emitter never meets code of an older one.
std::string object_key(std::string_view description, const Target& target);

/// Objects between processes. What comes back from the cache carries a hash of its own; bytes that do not match it
/// count as absent.
class ObjectCache {
 public:
  void use(CodeCache* cache) { cache_ = cache; }
  bool load(const std::string& key, std::string& object) const;
  void save(const std::string& key, std::string_view object) const;

 private:
  CodeCache* cache_ = nullptr;
};

}  // namespace mlw::codegen
