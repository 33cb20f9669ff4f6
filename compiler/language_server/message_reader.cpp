#include "compiler/language_server/message_reader.h"

#include <algorithm>
#include <charconv>

namespace mlw::language_server {
namespace {

constexpr std::string_view length_field = "content-length";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

bool is_length_field(std::string_view name) {
  return name.size() == length_field.size() &&
         std::equal(name.begin(), name.end(), length_field.begin(), [](char a, char b) { return lower(a) == b; });
}

/// Where the next header may begin, behind something that is none.
size_t next_header(std::string_view bytes) {
  const auto found = std::search(bytes.begin() + std::min<size_t>(1, bytes.size()), bytes.end(), length_field.begin(),
                                 length_field.end(), [](char a, char b) { return lower(a) == b; });
  if (found != bytes.end()) return static_cast<size_t>(found - bytes.begin());
  // Its first letters may have arrived.
  return bytes.size() - std::min(bytes.size(), length_field.size() - 1);
}

/// The length that a header states; none when it states none.
std::optional<uint64_t> length_of(std::string_view header) {
  std::optional<uint64_t> length;
  while (!header.empty()) {
    const size_t end = std::min(header.find('\n'), header.size());
    const std::string_view line = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      if (!line.empty()) return std::nullopt;
      continue;
    }
    if (!is_length_field(trimmed(line.substr(0, colon)))) continue;
    const std::string_view digits = trimmed(line.substr(colon + 1));
    uint64_t value = 0;
    const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || rest != digits.data() + digits.size() || digits.empty()) return std::nullopt;
    length = value;
  }
  return length;
}

}  // namespace

void MessageReader::drop(size_t bytes) { pending_.erase(0, bytes); }

/// A fault of the header; none when it was read or has not arrived.
std::optional<MessageReader::Message> MessageReader::read_header() {
  const size_t with_return = pending_.find("\r\n\r\n"), without = pending_.find("\n\n");
  const size_t end = std::min(with_return, without);
  if (end == std::string::npos || end > longest_header) {
    if (pending_.size() <= longest_header) return std::nullopt;
    drop(next_header(pending_));
    return Message{"", "a header without an end"};
  }
  const std::optional<uint64_t> length = length_of(std::string_view(pending_).substr(0, end));
  if (!length) {
    // The header of the next message may stand in what was taken for this one.
    const size_t next = next_header(std::string_view(pending_).substr(0, end));
    const bool found = next + length_field.size() <= end;
    drop(found ? next : end + (end == with_return ? 4 : 2));
    return Message{"", "a header without a valid Content-Length"};
  }
  drop(end + (end == with_return ? 4 : 2));
  if (*length > longest_content) {
    skip_ = *length;
    return Message{"", "a message of " + std::to_string(*length) + " bytes, which is too long"};
  }
  content_ = length;
  return std::nullopt;
}

std::optional<MessageReader::Message> MessageReader::next() {
  if (skip_ > 0) {
    const auto gone = static_cast<size_t>(std::min<uint64_t>(skip_, pending_.size()));
    drop(gone);
    skip_ -= gone;
    if (skip_ > 0) return std::nullopt;
  }
  if (!content_)
    if (std::optional<Message> fault = read_header()) return fault;
  if (!content_ || pending_.size() < *content_) return std::nullopt;
  Message message{pending_.substr(0, static_cast<size_t>(*content_)), ""};
  drop(static_cast<size_t>(*content_));
  content_.reset();
  return message;
}

std::string framed(std::string_view content) {
  std::string out = "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n";
  return out.append(content);
}

}  // namespace mlw::language_server
