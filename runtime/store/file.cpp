#include "runtime/store/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "compiler/diagnostics/kinds/store.h"

namespace mlw {
namespace {

constexpr std::string_view temporary_prefix = ".writing-";

std::string folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string error_text(int error) { return std::error_code(error, std::generic_category()).message(); }

/// A new file beside its place, locked for as long as it is being written, so that others see whether its writer still
/// lives.
struct Temporary {
  std::string path;
  Descriptor file;

  Temporary() = default;
  Temporary(Temporary&& other) noexcept : path(std::exchange(other.path, {})), file(std::move(other.file)) {}
  ~Temporary() {
    if (!path.empty()) unlink(path.c_str());
  }
};

bool still_there(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

Temporary make_temporary(const std::string& folder, const std::string& target) {
  static std::atomic<uint64_t> counter = 0;
  for (;;) {
    Temporary temporary;
    const std::string path =
        folder + "/" + std::string(temporary_prefix) + std::to_string(getpid()) + "-" + std::to_string(counter++);
    Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.open()) {
      if (errno == EEXIST || errno == EINTR) continue;
      fail_write(target, errno);
    }
    temporary.path = path;
    // Somebody who cleans up may have come between: then the file is gone and another one is made.
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0 || !still_there(file.get())) continue;
    temporary.file = std::move(file);
    return temporary;
  }
}

void make_durable(int descriptor, const std::string& path) {
  // After a failed synchronisation the kernel may claim that all is well: no second attempt.
  if (fsync(descriptor) != 0) fail_write(path, errno);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}
Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}
int Descriptor::release() { return std::exchange(number_, -1); }

void fail_write(const std::string& path, int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) fail(kinds::disk_full, {{"path", path}});
  if (error == EACCES || error == EPERM || error == EROFS) fail(kinds::write_denied, {{"path", path}});
  fail(kinds::write_failed, {{"path", path}, {"reason", error_text(error)}});
}

void make_folders(const std::string& path) {
  for (size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    struct stat status;
    if (stat(part.c_str(), &status) == 0) {
      if (!S_ISDIR(status.st_mode)) fail_write(part, ENOTDIR);
    } else if (mkdir(part.c_str(), 0777) != 0 && errno != EEXIST) {
      fail_write(part, errno);
    }
    if (end == std::string::npos) return;
  }
}

void write_all(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    // One call writes at most 2 GiB on Linux.
    const ssize_t written = write(descriptor, bytes.data(), std::min<size_t>(bytes.size(), 1 << 30));
    if (written < 0) {
      if (errno == EINTR) continue;
      fail_write(path, errno);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

void write_file(const std::string& path, std::span<const std::string_view> pieces, const WriteOptions& options) {
  const std::string folder = folder_of(path);
  Temporary temporary = make_temporary(folder, path);
  const int file = temporary.file.get();
  for (const std::string_view piece : pieces) write_all(file, piece, path);
  if (fchmod(file, options.mode) != 0) fail_write(path, errno);
  if (options.durable) make_durable(file, path);
  if (rename(temporary.path.c_str(), path.c_str()) != 0) fail_write(path, errno);
  temporary.path.clear();
  if (!options.durable) return;
  const Descriptor directory(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot synchronise a folder and say so with EINVAL; there a rename is durable by itself.
  if (!directory.open() || (fsync(directory.get()) != 0 && errno != EINVAL)) fail_write(path, errno);
}

void write_file(const std::string& path, std::string_view bytes, const WriteOptions& options) {
  write_file(path, std::span(&bytes, 1), options);
}

std::optional<std::string> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail(kinds::read_failed, {{"path", path}, {"reason", error_text(errno)}});
  }
  std::string bytes;
  char piece[1 << 16];
  for (;;) {
    const ssize_t size = read(file.get(), piece, sizeof piece);
    if (size == 0) return bytes;
    if (size > 0)
      bytes.append(piece, static_cast<size_t>(size));
    else if (errno != EINTR)
      fail(kinds::read_failed, {{"path", path}, {"reason", error_text(errno)}});
  }
}

std::optional<Mapping> map_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status;
  if (!file.open() || fstat(file.get(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail(kinds::read_failed, {{"path", path}, {"reason", error_text(errno)}});
  }
  if (!S_ISREG(status.st_mode)) fail(kinds::read_failed, {{"path", path}, {"reason", "it is no regular file"}});
  const auto size = static_cast<size_t>(status.st_size);
  if (size == 0) return Mapping{};
  void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (start == MAP_FAILED) fail(kinds::read_failed, {{"path", path}, {"reason", error_text(errno)}});
  return Mapping{Buffer(static_cast<const std::byte*>(start),
                        [size](const std::byte* at) { munmap(const_cast<std::byte*>(at), size); }),
                 size};
}

int64_t remove_leftovers(const std::string& folder) {
  int64_t removed = 0;
  list_folder(folder, [&](const std::string& name) {
    if (!name.starts_with(temporary_prefix)) return;
    const std::string path = folder + "/" + name;
    const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.open() && flock(file.get(), LOCK_EX | LOCK_NB) == 0 && unlink(path.c_str()) == 0) ++removed;
  });
  return removed;
}

void list_folder(const std::string& folder, const std::function<void(const std::string&)>& visit) {
  DIR* directory = opendir(folder.c_str());
  if (directory == nullptr) {
    if (errno == ENOENT || errno == ENOTDIR) return;
    fail(kinds::read_failed, {{"path", folder}, {"reason", error_text(errno)}});
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory))
    if (const std::string name = entry->d_name; name != "." && name != "..") names.push_back(name);
  closedir(directory);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) visit(name);
}

}  // namespace mlw
