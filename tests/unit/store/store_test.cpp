#include "runtime/store/store.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "runtime/store/checksum.h"
#include "store_fixture.h"

using namespace mlw;
using namespace mlw::testing;

namespace {

std::string entry_file_of(const std::string& folder, const Key& key) { return folder + "/entries/" + key.hash(); }

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void overwrite(const std::string& path, const std::string& bytes) {
  std::filesystem::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

// Values of the reference implementation (xxhsum -H1).
TEST_CASE("the checksum is XXH64") {
  CHECK(checksum("", 0) == 0xEF46DB3751D8E999);
  CHECK(checksum("a", 1) == 0xD24EC4F1A98C6E5B);
  CHECK(checksum("abc", 3) == 0x44BC2CF5AD770999);
  const std::string long_text = "Nobody inspects the spammish repetition";
  CHECK(checksum(long_text.data(), long_text.size()) == 0xFBCEA83C8A378BF1);
}

TEST_CASE("what is saved is loaded, by this process and by the next") {
  const TemporaryFolder folder;
  const Entry entry = entry_of(7);
  {
    Store store(folder.path + "/a/store");
    CHECK_FALSE(store.contains(key_of("x")));
    CHECK_FALSE(store.load(key_of("x")));
    CHECK_FALSE(std::filesystem::exists(folder.path + "/a"));
    store.save(key_of("x"), entry);
    CHECK(store.contains(key_of("x")));
    CHECK(equal(*store.load(key_of("x")), entry));
    CHECK_FALSE(store.load(key_of("y")));
  }
  Store store(folder.path + "/a/store");
  const std::optional<Entry> loaded = store.load(key_of("x"));
  REQUIRE(loaded);
  CHECK(equal(*loaded, entry));
  CHECK(loaded->blob("values")->size == entry.blobs[0].size);
  CHECK(loaded->blob("nothing") == nullptr);
  CHECK(reinterpret_cast<uintptr_t>(loaded->blob("values")->bytes.get()) % 64 == 0);
  struct stat status;
  REQUIRE(stat(entry_file_of(store.folder(), key_of("x")).c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0444);
}

TEST_CASE("a mapped blob outlives its entry and its file") {
  const TemporaryFolder folder;
  Store store(folder.path);
  store.save(key_of("x"), entry_of(3));
  const Buffer bytes = store.load(key_of("x"))->blob("values")->bytes;
  std::filesystem::remove(entry_file_of(folder.path, key_of("x")));
  CHECK(std::memcmp(bytes.get(), entry_of(3).blobs[0].bytes.get(), entry_of(3).blobs[0].size) == 0);
}

TEST_CASE("damage anywhere in an entry is found, set aside and reported once") {
  const TemporaryFolder folder;
  const Entry entry = entry_of(11);
  Store writer(folder.path);
  writer.save(key_of("x"), entry);
  const std::string path = entry_file_of(folder.path, key_of("x")), whole = bytes_of(path);
  int harmless = 0;
  for (size_t at = 0; at < whole.size(); at += 1 + at / 400) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    overwrite(path, damaged);
    Store store(folder.path);
    const std::optional<Entry> loaded = store.load(key_of("x"));
    const std::vector<Diagnostic> reports = store.take_reports();
    if (loaded) {
      // Only bytes between the parts may be anything.
      CHECK(equal(*loaded, entry));
      ++harmless;
    } else if (at >= 8 && at < 12) {
      CHECK(reports.empty());  // another version of the format is a miss
    } else {
      REQUIRE(reports.size() == 1);
      CHECK(reports[0].kind->code == "R413");
      CHECK_FALSE(std::filesystem::exists(path));
      CHECK_FALSE(store.load(key_of("x")));
      CHECK(store.take_reports().empty());
    }
  }
  CHECK(harmless < 200);
}

TEST_CASE("a shortened or foreign file under a key's name is never used") {
  const TemporaryFolder folder;
  Store writer(folder.path);
  writer.save(key_of("x"), entry_of(1));
  writer.save(key_of("y"), entry_of(2));
  const std::string path = entry_file_of(folder.path, key_of("x")), whole = bytes_of(path);
  for (size_t length = 0; length < whole.size(); length += 13) {
    overwrite(path, whole.substr(0, length));
    Store store(folder.path);
    CHECK_FALSE(store.load(key_of("x")));
  }
  overwrite(path, bytes_of(entry_file_of(folder.path, key_of("y"))));
  Store store(folder.path);
  CHECK_FALSE(store.contains(key_of("x")));
  CHECK_FALSE(store.load(key_of("x")));
}

TEST_CASE("verify looks at every entry") {
  const TemporaryFolder folder;
  Store store(folder.path);
  for (int i = 0; i < 5; ++i) store.save(key_of(std::to_string(i)), entry_of(i));
  std::string bytes = bytes_of(entry_file_of(folder.path, key_of("2")));
  bytes[bytes.size() / 2] ^= 1;
  overwrite(entry_file_of(folder.path, key_of("2")), bytes);
  const Store::Verified verified = store.verify();
  CHECK(verified.entries == 5);
  CHECK(verified.damaged == 1);
  CHECK(store.take_reports().size() == 1);
  CHECK(store.verify().entries == 4);
}

TEST_CASE("collecting keeps what a workflow remembers, ledgers and journals") {
  const TemporaryFolder folder;
  {
    Store store(folder.path);
    for (int i = 0; i < 3; ++i) store.save(key_of(std::to_string(i)), entry_of(i));
    store.remember("wine", "split", key_of("1"));
    store.append_line("ledger", "opened");
    Store other(folder.path);
    REQUIRE_THROWS_AS(other.collect(), Failure);
    try {
      other.collect();
    } catch (const Failure& failure) {
      CHECK(failure.diagnostic.kind->code == "R415");
    }
  }
  Store store(folder.path);
  const Store::Collected collected = store.collect();
  CHECK(collected.entries == 2);
  CHECK(collected.kept == 1);
  CHECK(store.contains(key_of("1")));
  CHECK_FALSE(store.contains(key_of("0")));
  CHECK(store.read_lines("ledger") == std::vector<std::string>{"opened"});
}

TEST_CASE("remembered keys come back part by part, and a damaged one does not") {
  const TemporaryFolder folder;
  Store store(folder.path);
  const Key key{{{"settings", "linear(l2: 0.1)"}, {"input: split", "abc"}}};
  CHECK_FALSE(store.remembered("wine/2", "trial 12, fold 3"));
  store.remember("wine/2", "trial 12, fold 3", key);
  const std::optional<Key> back = store.remembered("wine/2", "trial 12, fold 3");
  REQUIRE(back);
  CHECK(back->hash() == key.hash());
  CHECK(back->parts[0].name == "settings");
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path + "/remembered"))
    if (file.is_regular_file()) {
      std::string text = bytes_of(file.path());
      text.replace(text.find("0.1"), 3, "0.2");
      overwrite(file.path(), text);
    }
  CHECK_FALSE(store.remembered("wine/2", "trial 12, fold 3"));
}

TEST_CASE("a torn last line of a journal is passed over and the next line is whole") {
  const TemporaryFolder folder;
  Store store(folder.path);
  CHECK(store.read_lines("search").empty());
  store.append_line("search", "one");
  store.append_line("search", "two");
  const std::string path = folder.path + "/journals/search", whole = bytes_of(path);
  for (size_t length = whole.size() / 2; length < whole.size(); ++length) {
    overwrite(path, whole.substr(0, length));
    CHECK(store.read_lines("search") == std::vector<std::string>{"one"});
    store.append_line("search", "three");
    CHECK(store.read_lines("search") == std::vector<std::string>{"one", "three"});
  }
}

TEST_CASE("an input's hash follows its bytes, also when they change within the clock's grain") {
  const TemporaryFolder folder;
  Store store(folder.path + "/store");
  const std::string path = folder.path + "/data.csv";
  CHECK_FALSE(store.hash_input(path));
  for (int i = 0; i < 20; ++i) {
    const std::string bytes = "a,b\n" + std::to_string(10 + i) + ",2\n";
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    CHECK(store.hash_input(path) == sha256(bytes));
    CHECK(Store(folder.path + "/store").hash_input(path) == sha256(bytes));
  }
  CHECK_THROWS_AS(store.hash_input(folder.path), Failure);
}

TEST_CASE("the hash of a settled input is believed without reading it") {
  const TemporaryFolder folder;
  Store store(folder.path + "/store");
  const std::string path = folder.path + "/data.csv";
  std::ofstream(path) << "a\n1\n";
  store.hash_input(path);
  // The note is made to say that the file was hashed long after it was touched, and another hash: it must be the note
  // that answers.
  const std::string note = folder.path + "/store/inputs/" + sha256(std::filesystem::canonical(path).string());
  std::string text = bytes_of(note);
  const std::string hash = sha256("a\n1\n"), other(64, '7');
  text.replace(text.find(hash), std::string::npos, other + " 9000000000000000000\n");
  overwrite(note, text);
  CHECK(store.hash_input(path) == other);
  std::ofstream(path, std::ios::app) << "2\n";
  CHECK(store.hash_input(path) == sha256("a\n1\n2\n"));
}
