#pragma once

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <string>

#include "runtime/store/store.h"

namespace mlw::testing {

/// A folder that goes away with the test.
struct TemporaryFolder {
  std::string path;
  TemporaryFolder() {
    char name[] = "/tmp/mlw_test_XXXXXX";
    path = mkdtemp(name);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

inline Buffer buffer_of(const std::string& bytes) {
  std::shared_ptr<std::byte[]> copy(new std::byte[bytes.size() + 1]);
  std::memcpy(copy.get(), bytes.data(), bytes.size());
  return copy;
}

inline Key key_of(const std::string& value) { return Key{{{"settings", value}}}; }

/// An entry whose content follows from its number, so that any reader can check all of it.
inline Entry entry_of(int number) {
  std::string big(1000 + number * 37 % 5000, 'x');
  for (size_t i = 0; i < big.size(); ++i) big[i] = static_cast<char>(i * 31 + number);
  Entry entry;
  entry.document = "{\"number\":" + std::to_string(number) + "}";
  entry.timings = "{\"seconds\":1}";
  entry.blobs = {{"values", buffer_of(big), big.size()}, {"empty", buffer_of(""), 0}};
  return entry;
}

inline bool equal(const Entry& a, const Entry& b) {
  if (a.document != b.document || a.timings != b.timings || a.blobs.size() != b.blobs.size()) return false;
  for (size_t i = 0; i < a.blobs.size(); ++i)
    if (a.blobs[i].name != b.blobs[i].name || a.blobs[i].size != b.blobs[i].size ||
        (a.blobs[i].size > 0 && std::memcmp(a.blobs[i].bytes.get(), b.blobs[i].bytes.get(), a.blobs[i].size) != 0))
      return false;
  return true;
}

/// Runs work in a child process; it must end by leaving the function.
inline pid_t in_child(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  return child;
}

inline int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

inline int files_in(const std::string& folder) {
  int count = 0;
  if (std::filesystem::exists(folder))
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

}  // namespace mlw::testing
