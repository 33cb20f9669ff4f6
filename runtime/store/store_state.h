#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "runtime/store/file.h"
#include "runtime/store/store.h"

/// What the parts of the store share in memory.
namespace mlw {

struct Store::State {
  std::mutex mutex;
  Descriptor lock;        ///< held shared for as long as the store is used, so that nothing is collected meanwhile
  bool prepared = false;  ///< folders made, leftovers removed
  std::set<std::string> verified;  ///< entries whose parts were checked by this process
  std::vector<Diagnostic> reports;
  std::map<std::string, std::string> input_hashes;  ///< of this process, by path and status
};

/// A name as one component of a path: letters, digits, `_` and `-` stay, the rest becomes %XX; very long names become
/// their hash.
std::string as_file_name(std::string_view name);

/// The result of `flock(LOCK_SH)` or `LOCK_EX` without waiting on the store's lock file; not open when another process
/// holds it otherwise.
Descriptor lock_store(const std::string& folder, int operation);

}  // namespace mlw
