#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "compiler/diagnostics/kinds/store.h"
#include "runtime/store/entry_file.h"
#include "runtime/store/store_state.h"

/// What keeps a store in order: `mlwc cache verify` and `mlwc cache gc`.
namespace mlw {
namespace {

int64_t size_of(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 ? static_cast<int64_t>(status.st_size) : 0;
}

bool looks_like_entry(const std::string& name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

Store::Verified Store::verify() {
  Verified result;
  list_folder(folder_ + "/entries", [&](const std::string& name) {
    if (!looks_like_entry(name)) return;
    result.entries += 1;
    result.bytes += size_of(folder_ + "/entries/" + name);
    {
      const std::lock_guard guard(state_->mutex);
      state_->verified.erase(name);
    }
    if (!load_hash(name)) result.damaged += 1;
  });
  return result;
}

Store::Collected Store::collect() {
  Collected result;
  if (access(folder_.c_str(), F_OK) != 0) return result;
  const Descriptor lock = lock_store(folder_, LOCK_EX);
  if (!lock.open()) {
    if (errno == EWOULDBLOCK) fail(kinds::store_in_use, {{"path", folder_}});
    fail_write(folder_ + "/lock", errno);
  }
  const std::set<std::string> wanted = remembered_hashes();
  const auto drop = [&result](const std::string& path) {
    const int64_t bytes = size_of(path);
    if (unlink(path.c_str()) != 0) fail_write(path, errno);
    result.entries += 1;
    result.bytes += bytes;
  };
  list_folder(folder_ + "/entries", [&](const std::string& name) {
    if (!looks_like_entry(name)) return;
    if (wanted.contains(name))
      result.kept += 1;
    else
      drop(folder_ + "/entries/" + name);
  });
  list_folder(folder_ + "/quarantine", [&](const std::string& name) { drop(folder_ + "/quarantine/" + name); });
  list_folder(folder_ + "/code", [&](const std::string& name) { drop(folder_ + "/code/" + name); });
  remove_leftovers(folder_ + "/entries");
  return result;
}

}  // namespace mlw
