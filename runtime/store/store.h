#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/column.h"

namespace mlw {

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::string_view bytes);

/// A key is the hash of everything that a result depends on, each part under a name, so that two keys can be compared part by part (`mlwc why`).
struct KeyPart {
  std::string name;   ///< "settings", "input: split", "code", "llvm"
  std::string value;  ///< short text or a hash
};
struct Key {
  std::vector<KeyPart> parts;
  std::string hash() const;  ///< of all parts in order
};

/// A result: a document for people and programs (JSON), blobs of bytes, and readings of clocks that no key and no comparison covers.
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

/// Content-addressed results in a folder (`.mlw/store` beside the workflow). Entries are written beside and renamed into place, checked by their checksum on every
/// read, mapped into memory, and read-only. Any number of processes may use one folder; a process may be killed at any moment. A damaged entry is
/// moved to `quarantine/`, reported once, and counts as absent.
class Store {
 public:
  explicit Store(std::string folder);
  ~Store();

  std::optional<Entry> load(const Key& key);
  /// Full disk or missing rights: a Failure (R), nothing half-written stays.
  void save(const Key& key, const Entry& entry);
  bool contains(const Key& key);

  /// Under `name` ("trial 12"), which key was used last: what `mlwc why` compares with.
  void remember(const std::string& workflow, const std::string& name, const Key& key);
  std::optional<Key> remembered(const std::string& workflow, const std::string& name);

  /// Appends a line to a ledger or journal, durable when this returns; whole lines only survive a kill.
  void append_line(const std::string& journal, std::string_view line);
  std::vector<std::string> read_lines(const std::string& journal);

  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlw
