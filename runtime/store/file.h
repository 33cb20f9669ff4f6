#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/data/column.h"

/// The few ways in which mlwc touches files, each safe against a kill at any moment. A fault is a Failure (R410 to
/// R414).
namespace mlw {

/// An open file that is closed when it goes out of sight.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return number_; }
  bool open() const { return number_ >= 0; }
  int release();

 private:
  int number_;
};

/// The Failure that belongs to an `errno` after a write to that path.
[[noreturn]] void fail_write(const std::string& path, int error);

/// Makes a folder and those above it.
void make_folders(const std::string& path);

/// Writes all bytes.
void write_all(int descriptor, std::string_view bytes, const std::string& path);

struct WriteOptions {
  unsigned mode = 0644;
  bool durable = true;  ///< synchronised before it is renamed; without it a power cut may lose the file, never tear it
                        ///< for readers that check
};
/// Puts a file into its place at once: a temporary beside it (O_EXCL), its bytes made durable, renamed, the folder made
/// durable. Readers see the old file or the new one. On a fault the temporary is removed.
void write_file(const std::string& path, std::span<const std::string_view> pieces, const WriteOptions& options = {});
void write_file(const std::string& path, std::string_view bytes, const WriteOptions& options = {});

/// The whole file; none when there is no such file.
std::optional<std::string> read_file(const std::string& path);

/// The whole file mapped into memory, read-only; none when there is no such file.
struct Mapping {
  Buffer bytes;
  size_t size = 0;
};
std::optional<Mapping> map_file(const std::string& path);

/// Removes temporaries in a folder whose writer is gone.
int64_t remove_leftovers(const std::string& folder);

/// Calls `visit` with the name of every entry of a folder, in the order of the names; no folder, no call.
void list_folder(const std::string& folder, const std::function<void(const std::string& name)>& visit);

}  // namespace mlw
