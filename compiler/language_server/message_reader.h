#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlw::language_server {

/// Cuts a stream of bytes into messages: header lines with `Content-Length`, an empty line, so many bytes of content.
/// Whatever comes, it finds the next message that is whole again.
class MessageReader {
 public:
  struct Message {
    std::string content;
    std::string fault;  ///< what is wrong with the header or its message, which was passed over; else empty
  };

  void feed(std::string_view bytes) { pending_ += bytes; }
  /// The next message; none while it has not arrived whole.
  std::optional<Message> next();

  static constexpr size_t longest_header = size_t{8} << 10;
  static constexpr uint64_t longest_content = uint64_t{64} << 20;

 private:
  std::optional<Message> read_header();
  void drop(size_t bytes);

  std::string pending_;
  uint64_t skip_ = 0;                ///< bytes of a content that is too long, still to come
  std::optional<uint64_t> content_;  ///< its length, once its header was read
};

/// A message as it goes over the wire.
std::string framed(std::string_view content);

}  // namespace mlw::language_server
