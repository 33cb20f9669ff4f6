#include "compiler/codegen/link.h"

#include <fcntl.h>
#include <lld/Common/CommonLinkerContext.h>
#include <lld/Common/Driver.h>
#include <llvm/Object/ArchiveWriter.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>
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
  MemoryFile(std::string_view bytes, const std::string& artefact) : descriptor_(memfd_create("mlw", MFD_CLOEXEC)) {
    if (descriptor_ < 0) not_linked(artefact, std::strerror(errno));
    while (!bytes.empty()) {
      const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) not_linked(artefact, std::strerror(errno));
      bytes.remove_prefix(static_cast<size_t>(count));
    }
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// A pipe into which the linker writes its output: what is no regular file it writes in one go, without temporary
/// files. A thread of its own takes the bytes out.
class OutputPipe {
 public:
  explicit OutputPipe(const std::string& artefact) {
    if (pipe2(ends_, O_CLOEXEC) != 0) not_linked(artefact, std::strerror(errno));
    reader_ = std::thread([this] {
      char piece[1 << 16];
      for (;;) {
        const ssize_t count = read(ends_[0], piece, sizeof piece);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        bytes_.append(piece, static_cast<size_t>(count));
      }
    });
  }
  ~OutputPipe() {
    if (reader_.joinable()) finish();
    close(ends_[0]);
  }
  OutputPipe(const OutputPipe&) = delete;
  OutputPipe& operator=(const OutputPipe&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(ends_[1]); }

  /// All that was written, once nobody writes any more.
  std::string finish() {
    close(ends_[1]);
    reader_.join();
    return std::move(bytes_);
  }

 private:
  int ends_[2] = {-1, -1};
  std::string bytes_;
  std::thread reader_;
};

const char* emulation(const Target& target) {
  return llvm::Triple(target.triple).getArch() == llvm::Triple::aarch64 ? "aarch64linux" : "elf_x86_64";
}

std::string link(std::string_view object, const Target& target, const std::string& artefact,
                 const std::vector<std::string>& options) {
  const MemoryFile input(object, artefact);
  OutputPipe output(artefact);
  std::vector<std::string> arguments = {"ld.lld",          "-m",
                                        emulation(target), "--threads=1",

                                        "--gc-sections",   "--build-id=none",
                                        "--strip-all",     "-z",
                                        "noexecstack",     "-o",
                                        output.path(),     input.path()};
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
  return output.finish();
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
