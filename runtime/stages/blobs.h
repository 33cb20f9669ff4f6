#pragma once

#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "runtime/store/store.h"

/// Vectors of plain values as blobs of an entry.
namespace mlw {

template <typename T>
void add_blob(Entry& entry, std::string name, std::span<const T> values) {
  std::shared_ptr<std::byte[]> bytes(new std::byte[values.size_bytes() + 1]);
  if (!values.empty()) std::memcpy(bytes.get(), values.data(), values.size_bytes());
  entry.blobs.push_back({std::move(name), bytes, values.size_bytes()});
}
template <typename T>
void add_blob(Entry& entry, std::string name, const std::vector<T>& values) {
  add_blob(entry, std::move(name), std::span<const T>(values));
}
inline void add_blob(Entry& entry, std::string name, const std::string& text) {
  add_blob(entry, std::move(name), std::span<const char>(text));
}

/// The blob's values; none when there is no such blob.
template <typename T>
std::vector<T> read_blob(const Entry& entry, std::string_view name) {
  const Entry::Blob* blob = entry.blob(name);
  std::vector<T> values(blob == nullptr ? 0 : blob->size / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), blob->bytes.get(), values.size() * sizeof(T));
  return values;
}
inline std::string read_text(const Entry& entry, std::string_view name) {
  const std::vector<char> bytes = read_blob<char>(entry, name);
  return {bytes.begin(), bytes.end()};
}

}  // namespace mlw
