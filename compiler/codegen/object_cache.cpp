#include "compiler/codegen/object_cache.h"

#include <elf.h>
#include <link.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/Support/BLAKE3.h>

#include <cstring>

namespace mlw::codegen {
namespace {

constexpr size_t hash_bytes = 16;

std::string hash_of(std::initializer_list<std::string_view> parts) {
  llvm::BLAKE3 hasher;
  for (const std::string_view part : parts) {
    const uint64_t size = part.size();
    hasher.update(llvm::StringRef(reinterpret_cast<const char*>(&size), sizeof size));
    hasher.update(llvm::StringRef(part.data(), part.size()));
  }
  const auto result = hasher.final<hash_bytes>();
  return std::string(reinterpret_cast<const char*>(result.data()), result.size());
}

/// The GNU build identity in the notes of the loaded file that holds `address`.
struct BuildIdentity {
  uintptr_t address;
  std::string bytes;
};

bool read_note(const dl_phdr_info& info, const ElfW(Phdr) & header, std::string& bytes) {
  // The loader gives addresses as integers.
  const char* at = reinterpret_cast<const char*>(info.dlpi_addr + header.p_vaddr);  // NOLINT(performance-no-int-to-ptr)
  const char* end = at + header.p_memsz;
  while (at + sizeof(ElfW(Nhdr)) <= end) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const char* name = at + sizeof note;
    const char* value = name + (note.n_namesz + 3) / 4 * 4;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
      bytes.assign(value, note.n_descsz);
      return true;
    }
    at = value + (note.n_descsz + 3) / 4 * 4;
  }
  return false;
}

int visit_file(dl_phdr_info* info, size_t, void* data) {
  auto& identity = *static_cast<BuildIdentity*>(data);
  bool holds = false;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = info->dlpi_phdr[i];
    const uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    holds |= header.p_type == PT_LOAD && identity.address >= begin && identity.address < begin + header.p_memsz;
  }
  if (!holds) return 0;
  for (int i = 0; i < info->dlpi_phnum; ++i)
    if (info->dlpi_phdr[i].p_type == PT_NOTE && read_note(*info, info->dlpi_phdr[i], identity.bytes)) break;
  return 1;
}

/// Changes whenever this module is built from other sources.
const std::string& build_identity() {
  static const std::string identity = [] {
    BuildIdentity found{reinterpret_cast<uintptr_t>(&visit_file), {}};
    dl_iterate_phdr(visit_file, &found);
    return found.bytes;
  }();
  return identity;
}

}  // namespace

std::string object_key(std::string_view description, const Target& target) {
  const std::string shape = std::to_string(target.vector_bits) + "," + std::to_string(target.vector_registers) + "," +
                            std::to_string(target.fused_multiply_add) + "," + std::to_string(target.level1_bytes) +
                            "," + std::to_string(target.level2_bytes);
  return llvm::toHex(
      hash_of({description, target.triple, target.cpu, target.features, shape, LLVM_VERSION_STRING, build_identity()}),
      /*LowerCase=*/true);
}

bool ObjectCache::load(const std::string& key, std::string& object) const {
  std::string bytes;
  if (!cache_ || build_identity().empty() || !cache_->load(key, bytes) || bytes.size() < hash_bytes) return false;
  object = bytes.substr(hash_bytes);
  return hash_of({key, object}) == std::string_view(bytes).substr(0, hash_bytes);
}

void ObjectCache::save(const std::string& key, std::string_view object) const {
  if (!cache_ || build_identity().empty()) return;
  cache_->save(key, hash_of({key, object}) + std::string(object));
}

}  // namespace mlw::codegen
