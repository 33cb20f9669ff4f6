#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <string>

#include "compiler/diagnostics/kinds/code.h"
#include "compiler/kernel/code_generator.h"

namespace mlw {
namespace {

constexpr const char* entry_name = "mlw_code_generator";
constexpr const char* module_name = "libmlw_codegen.so";
using Entry = CodeGenerator* (*)();

/// The folder of the running program with a slash behind it; empty when the system does not tell.
std::string program_folder() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0) return {};
  const std::string program(path, static_cast<size_t>(length));
  return program.substr(0, program.rfind('/') + 1);
}

Entry find_entry() {
  // A program that is linked against the module has it already.
  if (void* linked = dlsym(RTLD_DEFAULT, entry_name)) return reinterpret_cast<Entry>(linked);
  const std::string path = program_folder() + module_name;
  void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!module) {
    const char* reason = dlerror();
    fail(kinds::code_generator_not_loaded, {{"reason", reason ? reason : "unknown"}});
  }
  if (void* entry = dlsym(module, entry_name)) return reinterpret_cast<Entry>(entry);
  fail(kinds::code_generator_not_loaded, {{"reason", path + " is of another version"}});
}

}  // namespace

CodeGenerator& load_code_generator() {
  static CodeGenerator& generator = *find_entry()();
  return generator;
}

}  // namespace mlw
