#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <system_error>

#include "compiler/diagnostics/kinds/store.h"
#include "runtime/store/store_state.h"

/// Hashes of input files. A hash is believed while the file's status is what it was, unless the file was touched so
/// shortly before it was hashed that a later change could carry the same times.
namespace mlw {
namespace {

constexpr int64_t recent = 2'000'000'000;  // ns: the coarsest clock of a file system in use (FAT) counts two seconds

int64_t nanoseconds(const timespec& time) { return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

int64_t now() {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

std::string text_of(const struct stat& status) {
  std::string text;
  for (const int64_t value :
       {static_cast<int64_t>(status.st_dev), static_cast<int64_t>(status.st_ino), static_cast<int64_t>(status.st_size),
        nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)})
    text += std::to_string(value) + " ";
  return text;
}

bool settled(const struct stat& status, int64_t hashed_at) {
  return std::max(nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)) < hashed_at - recent;
}

std::string hash_all(int file, const std::string& path) {
  Sha256 hash;
  std::vector<char> piece(1 << 20);
  for (off_t at = 0;;) {
    const ssize_t size = pread(file, piece.data(), piece.size(), at);
    if (size == 0) return hash.finish();
    if (size > 0) {
      hash.add(piece.data(), static_cast<size_t>(size));
      at += size;
    } else if (errno != EINTR) {
      fail(kinds::read_failed, {{"path", path}, {"reason", std::generic_category().message(errno)}});
    }
  }
}

}  // namespace

std::optional<std::string> Store::hash_input(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status;
  if (!file.open() || fstat(file.get(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail(kinds::read_failed, {{"path", path}, {"reason", std::generic_category().message(errno)}});
  }
  if (!S_ISREG(status.st_mode)) fail(kinds::read_failed, {{"path", path}, {"reason", "it is no regular file"}});
  std::string absolute = path;
  if (char* real = realpath(path.c_str(), nullptr)) {
    absolute = real;
    std::free(real);
  }
  const std::string note = folder_ + "/inputs/" + sha256(absolute);
  if (const std::optional<std::string> known = read_file(note)) {
    const std::string before = text_of(status);
    if (known->starts_with(before) && known->size() > before.size() + 64) {
      const std::string hash = known->substr(before.size(), 64);
      // Behind the hash stands the moment at which hashing began.
      if (settled(status, std::strtoll(known->c_str() + before.size() + 65, nullptr, 10))) return hash;
    }
  }
  for (;;) {
    const int64_t begun = now();
    std::string hash = hash_all(file.get(), path);
    struct stat after;
    if (fstat(file.get(), &after) != 0)
      fail(kinds::read_failed, {{"path", path}, {"reason", std::generic_category().message(errno)}});
    if (text_of(after) != text_of(status)) {
      status = after;
      continue;
    }
    try {
      prepare();
      make_folders(folder_ + "/inputs");
      write_file(note, text_of(status) + hash + " " + std::to_string(begun) + "\n", {.durable = false});
    } catch (const Failure&) {
      // A hash that cannot be remembered is computed anew the next time; whoever must write says what is wrong.
    }
    return hash;
  }
}

}  // namespace mlw
