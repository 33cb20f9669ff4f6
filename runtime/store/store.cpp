#include "runtime/store/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "compiler/diagnostics/kinds/store.h"
#include "runtime/store/entry_file.h"
#include "runtime/store/store_state.h"

namespace mlw {
namespace {

std::string entries_folder(const std::string& folder) { return folder + "/entries"; }
std::string entry_path(const std::string& folder, const std::string& hash) {
  return entries_folder(folder) + "/" + hash;
}

std::string_view view(const Mapping& file) { return {reinterpret_cast<const char*>(file.bytes.get()), file.size}; }

/// Sets a damaged entry aside. Where that is not allowed it stays, and is still not used.
Diagnostic quarantine(const std::string& folder, const std::string& hash, const std::string& why) {
  static std::atomic<int> counter = 0;
  const std::string aside = folder + "/quarantine";
  std::string place = aside + "/" + hash + "-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
  try {
    make_folders(aside);
    if (rename(entry_path(folder, hash).c_str(), place.c_str()) != 0) place = entry_path(folder, hash);
  } catch (const Failure&) {
    place = entry_path(folder, hash);
  }
  Diagnostics sink;
  return sink.report(kinds::damaged_entry, {}, {{"what", why}, {"quarantine", place}});
}

}  // namespace

const Entry::Blob* Entry::blob(std::string_view name) const {
  for (const Blob& blob : blobs)
    if (blob.name == name) return &blob;
  return nullptr;
}

std::string as_file_name(std::string_view name) {
  std::string safe;
  for (const char c : name) {
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    if (plain) {
      safe += c;
    } else {
      constexpr char digits[] = "0123456789abcdef";
      safe += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    }
  }
  return safe.empty() || safe.size() > 200 ? "%" + sha256(name) : safe;
}

Descriptor lock_store(const std::string& folder, int operation) {
  Descriptor lock(open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.open() && flock(lock.get(), operation | LOCK_NB) != 0) return Descriptor();
  return lock;
}

Store::Store(std::string folder) : folder_(std::move(folder)), state_(std::make_unique<State>()) {}
Store::~Store() = default;

bool Store::contains(const Key& key) {
  const std::string hash = key.hash();
  const std::optional<Mapping> file = map_file(entry_path(folder_, hash));
  std::string why;
  return file && entry_file::check_header(view(*file), hash, why) == entry_file::State::intact;
}

std::optional<Entry> Store::load(const Key& key) { return load_hash(key.hash()); }

std::optional<Entry> Store::load_hash(const std::string& hash) {
  const std::optional<Mapping> file = map_file(entry_path(folder_, hash));
  if (!file) return std::nullopt;
  bool verify;
  {
    const std::lock_guard guard(state_->mutex);
    verify = !state_->verified.contains(hash);
  }
  std::string why;
  std::optional<Entry> entry;
  const entry_file::State state = entry_file::check_header(view(*file), hash, why);
  if (state == entry_file::State::other_version) return std::nullopt;
  if (state == entry_file::State::intact) entry = entry_file::decode(*file, verify, why);
  const std::lock_guard guard(state_->mutex);
  if (entry) {
    state_->verified.insert(hash);
  } else {
    state_->verified.erase(hash);
    state_->reports.push_back(quarantine(folder_, hash, why));
  }
  return entry;
}

void Store::prepare() {
  const std::lock_guard guard(state_->mutex);
  if (state_->prepared) return;
  make_folders(entries_folder(folder_));
  state_->lock = lock_store(folder_, LOCK_SH);
  if (!state_->lock.open()) {
    if (errno == EWOULDBLOCK) fail(kinds::store_in_use, {{"path", folder_}});
    fail_write(folder_ + "/lock", errno);
  }
  remove_leftovers(entries_folder(folder_));
  state_->prepared = true;
}

void Store::save(const Key& key, const Entry& entry) {
  prepare();
  const std::string hash = key.hash();
  const entry_file::Encoded encoded = entry_file::encode(hash, entry);
  std::vector<std::string_view> pieces = {encoded.header};
  pieces.insert(pieces.end(), encoded.pieces.begin(), encoded.pieces.end());
  write_file(entry_path(folder_, hash), pieces, {.mode = 0444});
  const std::lock_guard guard(state_->mutex);
  state_->verified.erase(hash);
}

std::vector<Diagnostic> Store::take_reports() {
  const std::lock_guard guard(state_->mutex);
  return std::exchange(state_->reports, {});
}

}  // namespace mlw
