// What happens to a store when processes are killed, disks are full and rights are missing.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "store_fixture.h"

using namespace mlw;
using namespace mlw::testing;

namespace {

/// Saves entry after entry, a journal line after each, until it is killed.
void write_for_ever(const std::string& folder, int first) {
  Store store(folder);
  for (int i = first;; ++i) {
    store.save(key_of(std::to_string(i % 50)), entry_of(i % 50));
    store.append_line("journal", std::to_string(i));
  }
}

void check_all(const std::string& folder) {
  Store store(folder);
  const Store::Verified verified = store.verify();
  CHECK(verified.damaged == 0);
  for (int i = 0; i < 50; ++i)
    if (const std::optional<Entry> entry = store.load(key_of(std::to_string(i)))) CHECK(equal(*entry, entry_of(i)));
}

}  // namespace

TEST_CASE("killed at random moments, nothing is torn and leftovers go") {
  const TemporaryFolder folder;
  size_t lines = 0;
  for (int round = 0; round < 60; ++round) {
    const pid_t child = in_child([&] { write_for_ever(folder.path, round * 1000); });
    std::this_thread::sleep_for(std::chrono::microseconds(500 + round * 977 % 20000));
    kill(child, SIGKILL);
    CHECK(wait_for(child) == 128 + SIGKILL);
    check_all(folder.path);
    const size_t now = Store(folder.path).read_lines("journal").size();
    CHECK(now >= lines);
    lines = now;
  }
  CHECK(lines > 0);
  Store store(folder.path);
  store.save(key_of("0"), entry_of(0));
  for (const auto& file : std::filesystem::directory_iterator(folder.path + "/entries"))
    CHECK(file.path().filename().string().size() == 64);
}

TEST_CASE("several processes write and read the same keys at once") {
  const TemporaryFolder folder;
  std::vector<pid_t> children;
  for (int process = 0; process < 4; ++process)
    children.push_back(in_child([&] {
      Store store(folder.path);
      for (int i = 0; i < 200; ++i) {
        store.save(key_of(std::to_string(i % 20)), entry_of(i % 20));
        const std::optional<Entry> entry = store.load(key_of(std::to_string((i * 7) % 20)));
        if (entry && !equal(*entry, entry_of(i * 7 % 20))) _exit(3);
        store.append_line("journal", std::to_string(i));
      }
      if (!store.take_reports().empty()) _exit(4);
    }));
  for (const pid_t child : children) CHECK(wait_for(child) == 0);
  check_all(folder.path);
  CHECK(Store(folder.path).read_lines("journal").size() == 4 * 200);
  CHECK(files_in(folder.path + "/entries") == 20);
}

TEST_CASE("threads of one process share a store") {
  const TemporaryFolder folder;
  Store store(folder.path);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 50; ++i) {
        store.save(key_of(std::to_string(i % 10)), entry_of(i % 10));
        const std::optional<Entry> entry = store.load(key_of(std::to_string((i + thread) % 10)));
        if (entry && !equal(*entry, entry_of((i + thread) % 10))) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(store.take_reports().empty());
}

TEST_CASE("no room: an error that says so, and nothing half-written") {
  const TemporaryFolder folder;
  // A limit on the size of files stops writes like a full disk, without rights to mount one.
  const pid_t child = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    Store store(folder.path);
    store.save(key_of("small"), entry_of(1));
    store.append_line("journal", "before");
    const rlimit limit{512, 512};
    setrlimit(RLIMIT_FSIZE, &limit);
    for (int attempt = 0; attempt < 3; ++attempt) try {
        store.save(key_of("big"), entry_of(2));
        _exit(1);
      } catch (const Failure& failure) {
        if (failure.diagnostic.kind->code != "R410") _exit(2);
      }
    try {
      store.append_line("journal", std::string(2000, 'x'));
      _exit(3);
    } catch (const Failure& failure) {
      if (failure.diagnostic.kind->code != "R410") _exit(4);
    }
    store.append_line("journal", "after");
  });
  CHECK(wait_for(child) == 0);
  Store store(folder.path);
  CHECK(store.load(key_of("small")));
  CHECK_FALSE(store.contains(key_of("big")));
  CHECK(files_in(folder.path + "/entries") == 1);
  CHECK(store.read_lines("journal") == std::vector<std::string>{"before", "after"});
}

TEST_CASE("no rights: results are still read, and a write is an error that names the path") {
  const TemporaryFolder folder;
  Store(folder.path + "/store").save(key_of("x"), entry_of(1));
  chmod(folder.path.c_str(), 0755);
  std::filesystem::permissions(folder.path + "/store/entries", std::filesystem::perms(0555));
  std::filesystem::permissions(folder.path + "/store", std::filesystem::perms(0555));
  const pid_t child = in_child([&] {
    // Rights mean nothing to the superuser.
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(9);
    Store store(folder.path + "/store");
    if (!store.load(key_of("x"))) _exit(1);
    try {
      store.save(key_of("y"), entry_of(2));
      _exit(2);
    } catch (const Failure& failure) {
      if (failure.diagnostic.kind->code != "R411") _exit(3);
      if (failure.diagnostic.message.find(folder.path) == std::string::npos) _exit(4);
    }
    try {
      Store fresh(folder.path + "/other");
      fresh.save(key_of("y"), entry_of(2));
      _exit(5);
    } catch (const Failure& failure) {
      if (failure.diagnostic.kind->code != "R411") _exit(6);
    }
  });
  CHECK(wait_for(child) == 0);
  std::filesystem::permissions(folder.path + "/store", std::filesystem::perms(0755));
  std::filesystem::permissions(folder.path + "/store/entries", std::filesystem::perms(0755));
}
