#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/store/checksum.h"
#include "runtime/store/store_state.h"

/// A journal is a file of lines, each behind the checksum of its text (16 hexadecimal digits). What a kill or a power
/// cut leaves of a line fails its checksum and is passed over.
namespace mlw {
namespace {

constexpr size_t sum_digits = 16;

std::string sum_of(std::string_view line) {
  const uint64_t sum = checksum(line.data(), line.size());
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[sum >> shift & 15];
  return text;
}

std::string journal_path(const std::string& folder, const std::string& journal) {
  return folder + "/journals/" + as_file_name(journal);
}

/// Where the last whole line ends; behind it stands what a kill left of a line that nobody was told of.
off_t end_of_lines(int file, off_t size) {
  char piece[4096];
  while (size > 0) {
    const off_t begin = std::max<off_t>(0, size - static_cast<off_t>(sizeof piece));
    const ssize_t got = pread(file, piece, static_cast<size_t>(size - begin), begin);
    for (ssize_t i = got; i > 0; --i)
      if (piece[i - 1] == '\n') return begin + i;
    size = begin;
  }
  return 0;
}

void make_folder_durable(const std::string& folder) {
  const Descriptor directory(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.open() || (fsync(directory.get()) != 0 && errno != EINVAL)) fail_write(folder, errno);
}

}  // namespace

void Store::append_line(const std::string& journal, std::string_view line) {
  prepare();
  make_folders(folder_ + "/journals");
  const std::string path = journal_path(folder_, journal);
  const Descriptor file(open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
  struct stat status;
  if (!file.open() || flock(file.get(), LOCK_EX) != 0 || fstat(file.get(), &status) != 0) fail_write(path, errno);
  const off_t end = end_of_lines(file.get(), status.st_size);
  if (end < status.st_size && ftruncate(file.get(), end) != 0) fail_write(path, errno);
  std::string text = sum_of(line);
  text.append(" ").append(line).append("\n");
  try {
    write_all(file.get(), text, path);
  } catch (const Failure&) {
    // What was written of the line goes again; should that fail too, its checksum keeps it from being read.
    if (ftruncate(file.get(), end) != 0) throw;
    throw;
  }
  if (fdatasync(file.get()) != 0) fail_write(path, errno);
  if (status.st_size == 0) make_folder_durable(folder_ + "/journals");
}

std::vector<std::string> Store::read_lines(const std::string& journal) {
  const std::optional<std::string> text = read_file(journal_path(folder_, journal));
  std::vector<std::string> lines;
  if (!text) return lines;
  for (size_t begin = 0; begin < text->size();) {
    const size_t end = text->find('\n', begin);
    if (end == std::string::npos) break;
    const std::string_view line(text->data() + begin, end - begin);
    if (line.size() > sum_digits && line[sum_digits] == ' ' &&
        line.substr(0, sum_digits) == sum_of(line.substr(sum_digits + 1)))
      lines.emplace_back(line.substr(sum_digits + 1));
    begin = end + 1;
  }
  return lines;
}

}  // namespace mlw
