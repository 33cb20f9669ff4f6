#include "runtime/store/code_cache.h"

#include <cstring>

#include "compiler/plan/key.h"
#include "runtime/store/checksum.h"
#include "runtime/store/file.h"

namespace mlw {

bool FolderCodeCache::load(const std::string& key, std::string& bytes) {
  std::optional<std::string> file;
  try {
    file = read_file(folder_ + "/" + sha256(key));
  } catch (const Failure&) {
    return false;
  }
  uint64_t sum = 0;
  if (!file || file->size() < sizeof sum) return false;
  std::memcpy(&sum, file->data(), sizeof sum);
  // The key is part of the sum: a file under another's name is not taken.
  if (sum != checksum(file->data() + sizeof sum, file->size() - sizeof sum, checksum(key.data(), key.size()))) return false;
  bytes = file->substr(sizeof sum);
  return true;
}

void FolderCodeCache::save(const std::string& key, std::string_view bytes) {
  const uint64_t sum = checksum(bytes.data(), bytes.size(), checksum(key.data(), key.size()));
  const std::string_view pieces[] = {{reinterpret_cast<const char*>(&sum), sizeof sum}, bytes};
  try {
    make_folders(folder_);
    write_file(folder_ + "/" + sha256(key), pieces, {.durable = false});
  } catch (const Failure&) {
    return;
  }
}

}  // namespace mlw
