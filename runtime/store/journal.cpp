#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

/// Whether the file ends within a line, as after a kill.
bool torn(int file, off_t size) {
  char last = '\n';
  return size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n';
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
  std::string text = torn(file.get(), status.st_size) ? "\n" : "";
  text.append(sum_of(line)).append(" ").append(line).append("\n");
  try {
    write_all(file.get(), text, path);
  } catch (const Failure&) {
    // What was written of the line goes again; should that fail too, its checksum keeps it from being read.
    if (ftruncate(file.get(), status.st_size) != 0) throw;
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
