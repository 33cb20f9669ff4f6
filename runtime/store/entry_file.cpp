#include "runtime/store/entry_file.h"

#include <cstring>

#include "runtime/store/checksum.h"

namespace mlw::entry_file {
namespace {

constexpr char magic[8] = {'m', 'l', 'w', 'e', 'n', 't', 'r', 'y'};
constexpr uint32_t version = 1;
constexpr uint64_t alignment = 64;
constexpr char zeros[alignment] = {};

struct Head {
  char magic[8];
  uint32_t version, parts;
  uint64_t file_length, header_length;
  char key[64];
};
struct Line {
  uint64_t offset, length, sum;
  uint32_t name_offset, name_length;  ///< in the header
};

uint64_t aligned(uint64_t offset) { return (offset + alignment - 1) / alignment * alignment; }

/// Whether [offset, offset + length) lies in [0, whole).
bool inside(uint64_t offset, uint64_t length, uint64_t whole) { return offset <= whole && length <= whole - offset; }

template <typename T>
T get(std::string_view bytes, uint64_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::string_view bytes_of(const Entry::Blob& blob) {
  return {reinterpret_cast<const char*>(blob.bytes.get()), blob.size};
}

}  // namespace

Encoded encode(const std::string& key_hash, const Entry& entry) {
  std::vector<std::pair<std::string_view, std::string_view>> parts = {{"document", entry.document},
                                                                      {"timings", entry.timings}};
  for (const Entry::Blob& blob : entry.blobs) parts.emplace_back(blob.name, bytes_of(blob));

  std::string names;
  std::vector<Line> lines;
  const uint64_t table_end = sizeof(Head) + parts.size() * sizeof(Line);
  for (const auto& [name, bytes] : parts) {
    lines.push_back({0, bytes.size(), checksum(bytes.data(), bytes.size()),
                     static_cast<uint32_t>(table_end + names.size()), static_cast<uint32_t>(name.size())});
    names += name;
  }
  const uint64_t header_length = table_end + names.size() + sizeof(uint64_t);
  uint64_t offset = header_length;
  for (Line& line : lines) line.offset = aligned(offset), offset = line.offset + line.length;

  Head head{};
  std::memcpy(head.magic, magic, sizeof magic);
  head.version = version;
  head.parts = static_cast<uint32_t>(parts.size());
  head.file_length = offset;
  head.header_length = header_length;
  std::memcpy(head.key, key_hash.data(), sizeof head.key);

  Encoded encoded;
  encoded.header.append(reinterpret_cast<const char*>(&head), sizeof head);
  encoded.header.append(reinterpret_cast<const char*>(lines.data()), lines.size() * sizeof(Line));
  encoded.header += names;
  const uint64_t sum = checksum(encoded.header.data(), encoded.header.size());
  encoded.header.append(reinterpret_cast<const char*>(&sum), sizeof sum);

  uint64_t at = header_length;
  for (size_t i = 0; i < parts.size(); ++i) {
    encoded.pieces.emplace_back(zeros, lines[i].offset - at);
    encoded.pieces.push_back(parts[i].second);
    at = lines[i].offset + lines[i].length;
  }
  return encoded;
}

State check_header(std::string_view file, const std::string& key_hash, std::string& why) {
  if (file.size() < sizeof(Head) || std::memcmp(file.data(), magic, sizeof magic) != 0) {
    why = "it does not begin like an entry";
    return State::damaged;
  }
  const Head head = get<Head>(file, 0);
  if (head.version != version) return State::other_version;
  const uint64_t table_end = sizeof(Head) + uint64_t{head.parts} * sizeof(Line);
  if (head.file_length != file.size()) {
    why = "it has " + std::to_string(file.size()) + " bytes instead of " + std::to_string(head.file_length);
  } else if (head.header_length > file.size() || head.header_length < table_end + sizeof(uint64_t) ||
             get<uint64_t>(file, head.header_length - sizeof(uint64_t)) !=
                 checksum(file.data(), head.header_length - sizeof(uint64_t))) {
    why = "the checksum of its header is wrong";
  } else if (std::string_view(head.key, sizeof head.key) != key_hash) {
    why = "it belongs to another key";
  } else {
    return State::intact;
  }
  return State::damaged;
}

std::optional<Entry> decode(const Mapping& file, bool verify, std::string& why) {
  const std::string_view bytes(reinterpret_cast<const char*>(file.bytes.get()), file.size);
  const Head head = get<Head>(bytes, 0);
  Entry entry;
  for (uint32_t i = 0; i < head.parts; ++i) {
    const Line line = get<Line>(bytes, sizeof(Head) + i * sizeof(Line));
    if (!inside(line.offset, line.length, bytes.size()) ||
        !inside(line.name_offset, line.name_length, head.header_length)) {
      why = "its table points outside the file";
      return std::nullopt;
    }
    const std::string_view part = bytes.substr(line.offset, line.length);
    const std::string name(bytes.substr(line.name_offset, line.name_length));
    if (verify && checksum(part.data(), part.size()) != line.sum) {
      why = "the checksum of its part `" + name + "` is wrong";
      return std::nullopt;
    }
    if (i == 0)
      entry.document = part;
    else if (i == 1)
      entry.timings = part;
    else
      entry.blobs.push_back({name, Buffer(file.bytes, file.bytes.get() + line.offset), line.length});
  }
  return entry;
}

}  // namespace mlw::entry_file
