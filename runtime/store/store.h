#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/plan/key.h"
#include "runtime/data/column.h"

namespace mlw {

/// A result: a document for people and programs (JSON), blobs of bytes, and readings of clocks that no key and no
/// comparison covers.
struct Entry {
  std::string document;
  struct Blob {
    std::string name;
    Buffer bytes;
    size_t size = 0;
  };
  std::vector<Blob> blobs;
  std::string timings;

  const Blob* blob(std::string_view name) const;
};

/// Content-addressed results in a folder (`.mlw/store` beside the workflow). Entries are written beside and renamed
/// into place, checked by their checksum on every first read, mapped into memory, and read-only. Any number of
/// processes and threads may use one folder; a process may be killed at any moment. A damaged entry is moved to
/// `quarantine/`, reported once, and counts as absent. Nothing is created before the first write.
class Store {
 public:
  explicit Store(std::string folder);
  ~Store();

  std::optional<Entry> load(const Key& key);
  /// Full disk or missing rights: a Failure (R), nothing half-written stays.
  void save(const Key& key, const Entry& entry);
  /// Whether there is an entry with an intact header; its parts are checked when they are loaded.
  bool contains(const Key& key);

  /// Under `name` ("trial 12"), which key was used last: what `mlwc why` compares with.
  void remember(const std::string& workflow, const std::string& name, const Key& key);
  std::optional<Key> remembered(const std::string& workflow, const std::string& name);

  /// Appends a line to a ledger or journal, durable when this returns; whole lines only survive a kill.
  void append_line(const std::string& journal, std::string_view line);
  std::vector<std::string> read_lines(const std::string& journal);

  /// SHA-256 of a file's bytes, remembered beside its size and times; a file touched within the last seconds before it
  /// was hashed is hashed again. None when there is no such file; another fault is a Failure (R).
  std::optional<std::string> hash_input(const std::string& path);

  /// Damage that was met since the last call, as warnings.
  std::vector<Diagnostic> take_reports();

  /// What `mlwc cache verify` says of all entries: how many there are, how many were damaged (they are in quarantine
  /// now).
  struct Verified {
    int64_t entries = 0, damaged = 0, bytes = 0;
  };
  Verified verify();
  /// Removes entries that no workflow remembers, what is in quarantine, and leftovers of killed processes. Ledgers and
  /// journals stay. While another process uses the store: a Failure (R).
  struct Collected {
    int64_t entries = 0, bytes = 0, kept = 0;
  };
  Collected collect();

  const std::string& folder() const { return folder_; }

 private:
  void prepare();  ///< before the first write: folders, the lock, leftovers of killed processes
  std::optional<Entry> load_hash(const std::string& hash);
  std::set<std::string> remembered_hashes();

  std::string folder_;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlw
