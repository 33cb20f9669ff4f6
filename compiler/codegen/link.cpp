#include "compiler/codegen/link.h"

#include <lld/Common/CommonLinkerContext.h>
#include <lld/Common/Driver.h>
#include <llvm/Object/ArchiveWriter.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <vector>

#include "compiler/diagnostics/kinds/artefact.h"

LLD_HAS_DRIVER(elf)

namespace mlw::codegen {
namespace {

[[noreturn]] void not_linked(const std::string& artefact, const std::string& what) {
  fail(kinds::artefact_not_linked, {{"artefact", artefact}, {"what", what}});
}

/// A file in memory that the linker can open by a path of /proc.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& artefact)
      : artefact_(artefact), descriptor_(memfd_create("mlw", MFD_CLOEXEC)) {
    if (descriptor_ < 0) not_linked(artefact, std::strerror(errno));
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) not_linked(artefact_, std::strerror(errno));
      bytes.remove_prefix(static_cast<size_t>(count));
    }
  }

  std::string read() const {
    struct stat facts{};
    if (fstat(descriptor_, &facts) != 0) not_linked(artefact_, std::strerror(errno));
    std::string bytes(static_cast<size_t>(facts.st_size), '\0');
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t count = pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) not_linked(artefact_, "the linked file cannot be read back");
      at += static_cast<size_t>(count);
    }
    return bytes;
  }

 private:
  const std::string& artefact_;
  int descriptor_;
};

const char* emulation(const Target& target) {
  return llvm::Triple(target.triple).getArch() == llvm::Triple::aarch64 ? "aarch64linux" : "elf_x86_64";
}

std::string link(std::string_view object, const Target& target, const std::string& artefact,
                 const std::vector<std::string>& options) {
  const MemoryFile input(artefact), output(artefact);
  input.write(object);
  // The output is written through the path as it is: a temporary file beside it is not possible in /proc.
  std::vector<std::string> arguments = {"ld.lld",
                                        "-m",
                                        emulation(target),
                                        "--threads=1",
                                        "--no-mmap-output-file",
                                        "--gc-sections",
                                        "--build-id=none",
                                        "--strip-all",
                                        "-z",
                                        "noexecstack",
                                        "-o",
                                        output.path(),
                                        input.path()};
  arguments.insert(arguments.end(), options.begin(), options.end());
  std::vector<const char*> list;
  for (const std::string& argument : arguments) list.push_back(argument.c_str());
  std::string messages;
  llvm::raw_string_ostream stream(messages);
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const bool linked = lld::elf::link(list, stream, stream, /*exitEarly=*/false, /*disableOutput=*/false);
  lld::CommonLinkerContext::destroy();
  if (!linked) not_linked(artefact, messages);
  return output.read();
}

}  // namespace

std::string link_executable(std::string_view object, const Target& target, const std::string& artefact) {
  return link(object, target, artefact, {"-static", "-e", "_start"});
}

std::string link_shared_library(std::string_view object, const Target& target, const std::string& artefact) {
  return link(object, target, artefact, {"-shared", "-soname", artefact, "-z", "defs", "--hash-style=gnu"});
}

std::string make_archive(const std::string& member, std::string_view object, const std::string& artefact) {
  llvm::NewArchiveMember entry(llvm::MemoryBufferRef({object.data(), object.size()}, member));
  auto buffer = llvm::writeArchiveToBuffer({std::move(entry)}, llvm::SymtabWritingMode::NormalSymtab,
                                           llvm::object::Archive::K_GNU, /*Deterministic=*/true, /*Thin=*/false);
  if (!buffer) not_linked(artefact, llvm::toString(buffer.takeError()));
  return (*buffer)->getBuffer().str();
}

}  // namespace mlw::codegen
