#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/store/file.h"
#include "runtime/store/store.h"

/// How an entry lies in a file (all numbers little-endian, XXH64 sums):
///
///   header  "mlwentry", version, number of parts, length of the file, length of the header, SHA-256 of the key as
///   text,
///           a table (offset, length, sum, offset and length of the name) with one line a part, the names, the sum of
///           the header
///   parts   document, timings, then the blobs, each at a multiple of 64 bytes
///
/// A file of a version that is not known counts as absent, never as damaged.
namespace mlw::entry_file {

enum class State { intact, damaged, other_version };

struct Encoded {
  std::string header;
  std::vector<std::string_view> pieces;  ///< what follows the header, in order: views into the entry
};
Encoded encode(const std::string& key_hash, const Entry& entry);

/// Checks the header alone; `why` says what is wrong.
State check_header(std::string_view file, const std::string& key_hash, std::string& why);

/// Reads a whole file after `check_header` found it intact; `verify` checks the sum of every part. None when one is
/// damaged.
std::optional<Entry> decode(const Mapping& file, bool verify, std::string& why);

}  // namespace mlw::entry_file
